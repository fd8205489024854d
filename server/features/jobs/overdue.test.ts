import { describe, expect, it } from 'vitest'
import { freshState, type JobState, type Rule } from './job-state.ts'
import { type Observed, overdue, unobservedUntil } from './overdue.ts'
import { readSchedule } from './schedule/schedule.ts'

const at = (text: string) => Temporal.Instant.from(`2026-11-${text}:00Z`).epochMilliseconds
const show = (ms: number | null) =>
  ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(8, 16)
const rule: Rule = {
  after: readSchedule({ kind: 'cron', expression: '0 22 * * *', zone: 'UTC' }),
  isFixed: true,
  earlyMs: 60_000,
  graceMs: 600_000,
  maxRunMs: 3_600_000,
  paused: false,
  strict: false,
  lateUntil: null,
  minRunMs: null,
  minGapMs: null,
  failuresInARow: 1,
  resumesByHand: false,
}
const always: Observed[] = [{ from: at('01T00:00'), to: at('30T00:00') }]
const waiting: JobState = { ...freshState, dueAt: at('23T22:00'), lookAt: at('23T22:10') }
const open = (time: string, long = false) => ({ run: 'r', rid: null, at: at(time), due: null, long })

describe('what has not come', () => {
  it('is told at its deadline, whenever that is looked at, and looked for again the next night', () => {
    const { state, flips } = overdue(waiting, rule, at('23T22:12'), always)
    expect(flips).toMatchObject([{ kind: 'miss', on: true, at: at('23T22:10'), due: at('23T22:00'), flip: 1 }])
    expect([show(state.missedAt), show(state.dueAt), show(state.lookAt)]).toEqual(['23T22:00', '24T22:00', '24T22:10'])
  })
  it('one that is missed each minute is looked for again after an hour', () => {
    const minutely = {
      ...rule,
      after: readSchedule({ kind: 'cron', expression: '* * * * *', zone: 'UTC' }),
      graceMs: 60_000,
    }
    const { state } = overdue({ ...waiting, lookAt: at('23T22:01') }, minutely, at('23T22:01'), always)
    expect(show(state.dueAt)).toBe('23T23:02')
  })
  it('a look that comes too early only sets the next one', () => {
    const { state, flips } = overdue({ ...waiting, dueAt: at('24T22:00') }, rule, at('23T22:10'), always)
    expect([flips, show(state.lookAt)]).toEqual([[], '24T22:10'])
  })
  it('a restart hours before does not excuse a file that may come so early, one shortly before does', () => {
    const spans = (from: string) => [
      { from: at('01T00:00'), to: at(from) },
      { from: at(from) + 60_000, to: at('30T00:00') },
    ]
    const kinds = (from: string) =>
      overdue(waiting, { ...rule, earlyMs: 43_200_000 }, at('23T22:12'), spans(from)).flips.map((f) => f.kind)
    expect([kinds('23T11:00'), kinds('23T21:30')]).toEqual([['miss'], ['unheard']])
  })
  it('nothing is expected of one that is paused', () => {
    const { state, flips } = overdue(waiting, { ...rule, paused: true }, at('23T22:12'), always)
    expect([flips, state.lookAt]).toEqual([[], null])
  })
})

describe('a run that takes too long', () => {
  it('is told once, at its limit', () => {
    const s = { ...waiting, dueAt: at('24T22:00'), open: [open('23T22:00'), open('23T22:05')] }
    const { state, flips } = overdue(s, rule, at('23T23:20'), always)
    expect(flips).toMatchObject([{ kind: 'long', at: at('23T23:00') }])
    expect(state.open.map((r) => r.long)).toEqual([true, true])
    expect(overdue(state, rule, at('24T01:00'), always).flips).toEqual([])
  })
  it('one whose end may have come while nobody listened is given up, after its grace', () => {
    const away = [
      { from: at('01T00:00'), to: at('23T22:20') },
      { from: at('23T22:50'), to: at('30T00:00') },
    ]
    const s = { ...waiting, dueAt: at('24T22:00'), open: [open('23T22:00')] }
    expect(overdue(s, rule, at('23T23:00'), away)).toMatchObject({
      flips: [],
      lost: [{ run: 'r' }],
      state: { open: [] },
    })
  })
})

describe('time in which nobody listened', () => {
  const away: Observed[] = [
    { from: at('01T00:00'), to: at('23T21:50') },
    { from: at('23T22:30'), to: at('30T00:00') },
  ]
  it('is not held against a job: it has its grace anew, for what senders have kept', () => {
    const { state, flips } = overdue(waiting, rule, at('23T22:31'), away)
    expect([flips, show(state.lookAt), show(state.dueAt)]).toEqual([[], '23T22:40', '23T22:00'])
  })
  it('then nobody knows, and the next time is waited for', () => {
    const { state, flips } = overdue(waiting, rule, at('23T22:40'), away)
    expect(flips).toMatchObject([{ kind: 'unheard', due: at('23T22:00') }])
    expect([state.missedAt, show(state.unheardAt), show(state.dueAt), show(state.lookAt)]).toEqual([
      null,
      '23T22:00',
      '24T22:00',
      '24T22:10',
    ])
  })
  it.each([
    ['running all the time', always, null],
    [
      'away before',
      [
        { from: at('01T00:00'), to: at('23T21:00') },
        { from: at('23T21:30'), to: at('30T00:00') },
      ],
      null,
    ],
    [
      'away after',
      [
        { from: at('01T00:00'), to: at('23T22:15') },
        { from: at('23T22:20'), to: at('30T00:00') },
      ],
      null,
    ],
    ['away in between', away, '23T22:30'],
    ['back just now, and not yet recorded', [{ from: at('01T00:00'), to: at('23T21:50') }], '23T22:40'],
    ['the record is written each minute', [{ from: at('01T00:00'), to: at('23T22:38') }], null],
    ['no record at all', [], null],
  ] as [string, Observed[], string | null][])('%s', (_, spans, until) => {
    expect(show(unobservedUntil(spans, at('23T22:00'), at('23T22:10'), at('23T22:40')))).toBe(until)
  })
})
