import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, HOUR, loadOf, slownessOf, wallOf } from './hours.ts'
import { makeHistory, makeRuns } from './index.ts'
import { createRandom } from './random.ts'
import { pastRuns } from './runs.ts'

const now = Date.parse('2026-11-27T10:00:00Z')
const job = {
  id: crypto.randomUUID(),
  slug: 'ldn-risk',
  name: 'Risk batch London',
  schedule: { kind: 'cron' as const, expression: '15 20 * * 1-5', zone: 'Europe/London' },
  maxRunSeconds: 14_400,
  after: [],
}
const monitor = {
  id: crypto.randomUUID(),
  name: 'Client portal',
  target: 'portal',
  service: 'client-portal',
  intervalSeconds: 15,
  environment: 'prod',
  team: 'postTrade' as const,
  tier: 2,
}
const given = { monitors: [monitor, { ...monitor, id: crypto.randomUUID(), name: 'Margin' }], jobs: [job] }

test('the same number gives the same history, another one another', () => {
  const history = makeHistory(7, now, given)
  expect(makeHistory(7, now, given)).toEqual(history)
  expect(makeHistory(8, now, given).tickets.slice(0, 5)).not.toEqual(history.tickets.slice(0, 5))
})

test('for any number: nothing is told of the future, and everything in the order in which it happened', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
      const { tickets, disturbances, runs } = makeHistory(seed, now, given)
      for (const t of tickets) {
        const times = [t.openedAt, ...t.steps.map((s) => s.at)]
        expect(Math.max(...times)).toBeLessThan(now)
        expect(times, t.title).toEqual(times.toSorted((a, b) => a - b))
        for (const text of [t.title, t.description]) expect(text).not.toMatch(/[{}]/)
        if (t.steps.some((s) => s.what === 'moved')) expect(t.team).not.toBe('serviceDesk')
      }
      for (const d of disturbances) expect(d.from < d.to && d.to < now).toBe(true)
      for (const run of [...runs.values()].flat()) expect(run.startedAt).toBeLessThan(run.endedAt ?? now)
    }),
    { numRuns: 4 },
  )
})

test('has some 1,500 tickets of which a few dozen are open, and none of those is a P1', () => {
  const { tickets } = makeHistory(7, now, given)
  expect(tickets.length).toBeGreaterThan(1_150)
  expect(tickets.length).toBeLessThan(1_700)
  const open = tickets.filter((t) => !t.steps.some((s) => s.what === 'resolved'))
  expect(open.length).toBeGreaterThan(30)
  expect(open.length).toBeLessThan(110)
  expect(open.filter((t) => t.impact === 'high' && t.urgency === 'high')).toEqual([])
})

test('is busy at the open of each site, on Mondays and at the end of the month, and quiet at weekends', () => {
  expect(loadOf(Temporal.PlainDate.from('2026-11-30'))).toBeGreaterThan(loadOf(Temporal.PlainDate.from('2026-11-23')))
  const at = (text: string) => loadOf(Temporal.PlainDate.from(text))
  expect(at('2026-11-23')).toBeGreaterThan(at('2026-11-24'))
  expect(at('2026-11-28')).toBeLessThan(at('2026-11-24') / 4)
  const { tickets } = makeHistory(7, now, given)
  const hours = tickets.filter((t) => !('disturbance' in t)).map((t) => wallOf(t.openedAt, 'london').hour)
  const between = (from: number, to: number) => hours.filter((h) => h >= from && h < to).length
  expect(between(7, 10)).toBeGreaterThan(2 * between(0, 3))
})

test('a batch takes longer on Mondays and longest on the last working day of a month', () => {
  const slow = (text: string) => slownessOf(Temporal.PlainDate.from(text))
  expect([slow('2026-10-30'), slow('2026-11-23'), slow('2026-11-24')]).toEqual([1.7, 1.2, 1])
  const runs = pastRuns(createRandom(3), job, now, 90).filter((r) => r.exit === 0 && r.endedAt !== null)
  const mean = (list: typeof runs) => list.reduce((sum, r) => sum + (r.endedAt ?? 0) - r.startedAt, 0) / list.length
  const on = (wanted: (date: Temporal.PlainDate) => boolean) =>
    runs.filter((r) => wanted(wallOf(r.startedAt, 'london').toPlainDate()))
  expect(mean(on((d) => slownessOf(d) === 1.7))).toBeGreaterThan(1.3 * mean(on((d) => slownessOf(d) === 1)))
  expect(mean(on((d) => d.dayOfWeek === 1))).toBeGreaterThan(1.05 * mean(on((d) => d.dayOfWeek === 3)))
  expect(runs.every((r) => (r.endedAt ?? 0) - r.startedAt < 4 * HOUR)).toBe(true)
  expect(runs.length).toBeGreaterThan(55)
  expect((runs.at(-1)?.startedAt ?? 0) > now - DAY).toBe(true)
})

test('what waits for another begins when that has ended well, and on a few nights the end of a chain is late for it', () => {
  const pnl = {
    ...job,
    id: crypto.randomUUID(),
    slug: 'ldn-pnl',
    schedule: { ...job.schedule, expression: '30 22 * * 1-5' },
    maxRunSeconds: 5_400,
    after: ['ldn-risk'],
  }
  // Whoever stands first in the list need not be first in the night.
  const made = makeRuns(7, now, [pnl, job])
  const nights = (made.get(pnl.id) ?? []).filter(({ exit }) => exit === 0)
  const ends = new Map(
    (made.get(job.id) ?? []).flatMap((r) => (r.exit === 0 ? [[r.dueAt + 2.25 * HOUR, r.endedAt]] : [])),
  )
  for (const { dueAt, startedAt } of nights) expect(startedAt).toBeGreaterThan(Math.max(dueAt, ends.get(dueAt) ?? 0))
  const late = nights.filter(({ dueAt, endedAt }) => (endedAt ?? 0) > dueAt + 1.25 * HOUR)
  expect(late.length).toBeGreaterThanOrEqual(2)
  expect(late.length).toBeLessThan(nights.length / 5)
})
