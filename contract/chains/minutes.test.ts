import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tellDone, tellEnd, tellLeft, tellMoved, tellSlack } from './minutes.ts'

const at = (clock: string) => Date.parse(`2026-12-01T${clock}Z`)
const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16)
const minutes = (ms: number) => ms / 60_000

it.each([
  ['23:34:20', '23:59', '23:35', 24],
  ['23:34:00', '23:59', '23:34', 25],
  ['00:49:30', '00:50', '00:50', 0],
  ['00:50:20', '00:50', '00:51', -1],
  ['00:54:20', '00:50', '00:55', -5],
])('an end expected at %s, due at %s, is told as %s, with %d min', (end, due, told, slack) => {
  expect([clock(tellEnd(at(end))), minutes(tellSlack(at(due) - at(end)))]).toEqual([told, slack])
})

it.each([
  ['00:15:20', '00:50', 35],
  ['00:15:00', '00:50', 35],
  ['00:50:20', '00:50', -1 / 3],
  ['00:51:20', '00:50', -1],
])('done at %s, due at %s, is %d min before its time', (done, due, told) => {
  expect(minutes(tellDone(at(done), at(due)))).toBeCloseTo(told)
})

it('told times and what is told to lie between them never differ', () => {
  const minute = fc.integer({ min: 0, max: 5_000 }).map((n) => n * 60_000)
  const instant = fc.integer({ min: 0, max: 300_000_000 })
  fc.assert(
    fc.property(minute, instant, (due, end) => {
      expect(tellSlack(due - end)).toBe(due - tellEnd(end))
      // Late is told as late, in time as in time.
      expect(tellSlack(due - end) < 0).toBe(end > due)
      expect(tellDone(end, due) < 0).toBe(end > due)
    }),
  )
})

it('compares two nights by what is told of each', () => {
  const before = { doneAt: at('00:15:20'), dueAt: at('00:50') }
  // 35 min before its time then; expected at 00:55, and done at 00:54.
  expect(minutes(tellMoved(tellLeft(at('00:54:20'), at('00:50'), false), before))).toBe(40)
  expect(minutes(tellMoved(tellLeft(at('00:54:20'), at('00:50'), true), before))).toBe(39)
})
