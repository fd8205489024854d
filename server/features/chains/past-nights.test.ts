import { describe, expect, it } from 'vitest'
import type { Due } from '../../../contract/chains/deadline.ts'
import { noWaits } from '../../../contract/jobs/waits.ts'
import type { JobDef } from './definitions.ts'
import { type OnRecord, pastNights } from './past-nights.ts'
import type { KnownRun } from './run-states.ts'

/** Two jobs, FEED and LAST, on some nights of November; the deadline is at 23:00 UTC. */

const job = (id: string): JobDef => ({
  ...{ id, slug: id, name: id, teamId: null, team: null, serviceId: null, service: null, environment: 'prod' as const },
  ...{ schedule: { kind: 'waits', zone: 'UTC' }, origin: null, host: null, waits: noWaits },
  before: new Set<string>(),
})
const run = (from: string, to: string): KnownRun => ({
  startedAt: Date.parse(from),
  endedAt: Date.parse(to),
  outcome: 'succeeded',
  exit: 0,
  host: null,
})
const by: Due = { kind: 'by', time: '23:00', days: 0, zone: 'UTC' }

const nightsOf = (runs: [feed: KnownRun[], last: KnownRun[]], more: Partial<OnRecord> & { due?: Due } = {}) => {
  const { due = by, ...rest } = more
  const given: OnRecord = {
    deadline: { due, cut: null, zoneCut: '17:00' },
    dates: { on: (date) => date !== '2026-11-14', works: () => true, knownUntil: null, exceptionOn: () => null },
    jobs: [job('FEED'), job('LAST')],
    target: 1,
    runs,
    told: new Map(),
    from: '2026-11-11',
    until: '2026-11-20',
    now: Date.parse('2026-11-21T12:00Z'),
    gatesOn: () => () => null,
    ...rest,
  }
  return new Map([...pastNights(given)].map((night) => [night.date, night]))
}
const on = (day: number, from: string, to: string) => run(`2026-11-${day}T${from}Z`, `2026-11-${day}T${to}Z`)

describe('nights on record', () => {
  it.each([
    ['its last job ran', [on(12, '20:00', '20:30')], [on(12, '21:00', '22:00')], {}, '2026-11-12T23:00Z', false],
    ['it is before the first date', [], [on(10, '21:00', '22:00')], {}, null, false],
    ['it does not hold', [], [on(14, '21:00', '22:00')], {}, null, false],
    ['it is not over', [], [on(12, '21:00', '22:00')], { now: Date.parse('2026-11-12T22:30Z') }, null, false],
    [
      'nobody was listening',
      [],
      [on(12, '21:00', '22:00')],
      { told: new Map([['2026-11-12', 'unknown']]) },
      null,
      true,
    ],
    ['its last job did not run', [on(12, '20:00', '20:30')], [], {}, null, true],
    ['nothing starts it', [on(12, '20:00', '20:30')], [], { gatesOn: () => () => [] }, null, false],
    [
      'it was told as late',
      [on(12, '20:00', '20:30')],
      [],
      { told: new Map([['2026-11-12', 'late']]) },
      '2026-11-12T23:00Z',
      false,
    ],
    [
      'it counts from its chain',
      [on(12, '20:00', '20:30')],
      [on(12, '21:00', '22:00')],
      { due: { kind: 'in', seconds: 3_600, from: 'chain', zone: 'UTC' } },
      '2026-11-12T21:00Z',
      false,
    ],
    [
      'it counts from its job',
      [on(12, '20:00', '20:30')],
      [on(12, '21:00', '22:00')],
      { due: { kind: 'in', seconds: 3_600, from: 'job', zone: 'UTC' } },
      '2026-11-12T22:00Z',
      false,
    ],
  ] as [string, KnownRun[], KnownRun[], Partial<OnRecord> & { due?: Due }, string | null, boolean][])(
    'where %s',
    (_, feed, last, more, due, unknown) => {
      const nights = nightsOf([feed, last], more)
      const night = [...nights.values()].find(({ runs }) => runs.some((own) => own.length > 0))
      expect([night?.due ?? null, night?.unknown]).toEqual([due && Date.parse(due), unknown])
    },
  )

  it('are asked of a deadline that counts from a start only once that is known', () => {
    const runs: [KnownRun[], KnownRun[]] = [[on(12, '20:00', '20:30')], [on(12, '21:00', '22:00')]]
    const night = nightsOf(runs, { due: { kind: 'in', seconds: 3_600, from: 'job', zone: 'UTC' } }).get('2026-11-12')
    expect(night?.asksFrom).toBe(Date.parse('2026-11-12T21:00Z'))
  })

  it('take what runs after midnight for the evening before', () => {
    const nights = nightsOf([[on(13, '02:00', '03:00')], [on(13, '18:00', '19:00')]])
    expect(nights.get('2026-11-12')?.runs.map((own) => own.length)).toEqual([1, 0])
    expect(nights.get('2026-11-13')?.runs.map((own) => own.length)).toEqual([0, 1])
  })
})
