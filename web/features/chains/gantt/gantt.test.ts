import { expect, test } from 'vitest'
import type { Night, NightJob } from '../data.ts'
import { drawnOf } from './bars.ts'
import { placesOf, rowsOf } from './rows.ts'
import { moved, nearOf, ticksOf, wholeOf, zoomed } from './scale.ts'

const job = (id: string, more: Partial<NightJob> = {}): NightJob => ({
  id,
  name: id.toUpperCase(),
  service: null,
  team: null,
  isBox: false,
  box: null,
  level: 0,
  phase: 'waits',
  startedAt: null,
  endedAt: null,
  exitStatus: null,
  runs: [],
  startsAt: null,
  endsAt: null,
  band: null,
  usual: null,
  floatMs: null,
  critical: false,
  blocked: null,
  ...more,
})
const jobs = [job('box', { isBox: true }), job('a', { box: 'box' }), job('other'), job('b', { box: 'box' })]
const names = (closed: string[] = []) => rowsOf(jobs, new Set(closed)).map(({ job: { id }, depth }) => [id, depth])

test('members stand below their box, and go with it', () => {
  expect(names()).toEqual([
    ['box', 0],
    ['a', 1],
    ['b', 1],
    ['other', 0],
  ])
  expect(names(['box'])).toEqual([
    ['box', 0],
    ['other', 0],
  ])
  expect(Object.fromEntries(placesOf(rowsOf(jobs, new Set(['box'])), jobs))).toEqual({ box: 0, a: 0, b: 0, other: 1 })
})

test('boxes that are in each other are shown, each once', () => {
  const round = [job('x', { isBox: true, box: 'y' }), job('y', { isBox: true, box: 'x' })]
  expect(rowsOf(round, new Set()).map((row) => row.job.id)).toEqual(['x', 'y'])
})

const at = (time: string) => Date.parse(`2026-11-25T${time}:00Z`)
const iso = (time: string) => new Date(at(time)).toISOString()

test('all of a night is in sight: its first start, its last end with its band, and its deadline', () => {
  const night = {
    now: iso('07:12'),
    words: { dueAt: iso('07:45') },
    jobs: [
      job('ran', { runs: [{ startedAt: iso('05:00'), endedAt: iso('05:30'), outcome: 'succeeded' }] }),
      job('comes', {
        startsAt: iso('07:20'),
        endsAt: iso('07:40'),
        band: { p10: iso('07:35'), p50: iso('07:40'), p90: iso('08:00') },
      }),
    ],
  } as unknown as Night
  const whole = wholeOf(night)
  expect(whole.from).toBeLessThan(at('05:00'))
  expect(whole.from).toBeGreaterThan(at('04:45'))
  expect(whole.to).toBeGreaterThan(at('08:00'))
  expect(nearOf(night, whole)).toEqual({ from: at('05:42'), to: whole.to })
  const over = { ...night, words: { ...night.words, doneAt: iso('07:10') } }
  expect(nearOf(over, whole)).toEqual(whole)
})

test('a box is as long as what is in it, whatever its scheduler says of it', () => {
  const box = [job('box', { isBox: true }), job('in', { box: 'box', startsAt: iso('05:00'), endsAt: iso('05:40') })]
  expect(rowsOf(box, new Set(['box']))[0]?.inside).toEqual({ from: at('05:00'), to: at('05:40') })
})

test('a run that goes on is drawn to now, its rest faint, with its usual end and how long it runs', () => {
  const usual = { p10: 2_500_000, p50: 2_880_000, p90: 3_300_000, runs: 40, basis: 'class' as const, dayClass: 'any' }
  const prices = job('prices', { phase: 'running', startedAt: iso('06:10'), endsAt: iso('07:16'), usual })
  expect(drawnOf(prices, at('07:12'))).toEqual({
    bars: [
      { from: at('06:10'), to: at('07:12'), as: 'running' },
      { from: at('07:12'), to: at('07:16'), as: 'rest' },
    ],
    tick: at('06:58'),
    whisker: null,
    label: '62 min, usual 48',
  })
  expect(drawnOf({ ...prices, usual: { ...usual, p50: 4_320_000 } }, at('07:12')).label).toBe('62 of ~72')
})

const whole = { from: at('04:00'), to: at('08:00') }

test('what is looked at stays in its place when one zooms, and nothing beyond the night is shown', () => {
  const near = zoomed(whole, 0.5, at('05:00'), whole)
  expect([near.to - near.from, (at('05:00') - near.from) / (near.to - near.from)]).toEqual([2 * 3_600_000, 0.25])
  expect(zoomed(near, 99, at('05:00'), whole)).toEqual(whole)
  expect(zoomed(whole, 0.0001, at('05:00'), whole)).toMatchObject({ from: at('05:00') - 150_000 })
  expect(moved(near, 9, whole)).toEqual({ from: at('06:00'), to: at('08:00') })
  expect(moved(near, -9, whole).from).toBe(whole.from)
})

test('ticks are round times of the zone, also where its hours are not ours', () => {
  const times = (zone: string) => ticksOf(whole, 800, zone).map((one) => new Date(one).toISOString().slice(11, 16))
  expect(times('UTC')).toEqual(['04:00', '04:30', '05:00', '05:30', '06:00', '06:30', '07:00', '07:30', '08:00'])
  expect(ticksOf(whole, 300, 'Asia/Kolkata').map((one) => new Date(one).toISOString().slice(11, 16))).toEqual([
    '04:30',
    '06:30',
  ])
})
