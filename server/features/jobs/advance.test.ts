import { describe, expect, it } from 'vitest'
import { advance, type Ping } from './advance.ts'
import { freshState, type JobState, type Rule } from './job-state.ts'
import { readSchedule } from './schedule/schedule.ts'

const at = (text: string) => Temporal.Instant.from(`2026-11-${text}:00Z`).epochMilliseconds
const show = (ms: number | null) =>
  ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(8, 16)
const [A, B] = ['aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000']

const nightly: Rule = {
  after: readSchedule({ kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' }),
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
const hourly: Rule = { ...nightly, after: (ms) => ms + 3_600_000, isFixed: false }

let n = 0
const ping = (kind: Ping['kind'], time: string, more: Partial<Ping> = {}): Ping => ({
  id: `ping-${++n}`,
  kind,
  rid: null,
  exit: null,
  received: at(time),
  happened: at(time),
  late: false,
  ...more,
})
/** A ping that its sender kept: it happened at `time` and was told at `told`. */
const kept = (kind: Ping['kind'], time: string, told: string, more: Partial<Ping> = {}) =>
  ping(kind, time, { received: at(told), late: true, ...more })

const run = (rule: Rule, pings: Ping[], from: Partial<JobState> = {}) => {
  let state: JobState = { ...freshState, ...from }
  const flips: string[] = []
  const lost: string[] = []
  let last = null as ReturnType<typeof advance> | null
  for (const p of pings) {
    last = advance(state, p, rule)
    state = last.state
    flips.push(...last.flips.map((f) => `${f.on ? '+' : '-'}${f.kind}`))
    lost.push(...last.lost.map((r) => r.rid ?? 'none'))
  }
  return { state, flips, lost, last }
}

describe('the vectors of healthchecks', () => {
  it('a first success makes it ok, without a word', () => {
    const { state, flips } = run(nightly, [ping('success', '23T22:01')])
    expect(state).toMatchObject({ outcome: 'success', pings: 1, lastMs: null })
    expect([flips, show(state.dueAt), show(state.lookAt)]).toEqual([[], '24T22:00', '24T22:10'])
  })
  it('a first failure is told', () => {
    expect(run(nightly, [ping('fail', '23T22:01')]).flips).toEqual(['+failure'])
  })
  it('a second failure within a minute is not told again; a success is', () => {
    const pings = [
      ping('fail', '23T22:01'),
      ping('fail', '23T22:01'),
      ping('success', '23T22:02'),
      ping('success', '23T22:03'),
    ]
    expect(run(nightly, pings).flips).toEqual(['+failure', '-failure'])
  })
  it('two runs at once: each has a clock of its own', () => {
    const both = [
      ping('start', '23T22:00', { rid: A }),
      ping('start', '23T22:01', { rid: B }),
      ping('success', '23T22:05', { rid: A }),
    ]
    const { state } = run(nightly, both)
    expect(state.open.map((r) => r.rid)).toEqual([B])
    expect(state.lastMs).toBe(300_000)
    const done = run(nightly, [...both, ping('success', '23T22:11', { rid: B })])
    expect(done.state).toMatchObject({ open: [], lastMs: 600_000 })
  })
  it('a success without a name ends what runs, and has no duration', () => {
    const { state, lost } = run(nightly, [ping('start', '23T22:00', { rid: A }), ping('success', '23T22:05')])
    expect(state).toMatchObject({ open: [], lastMs: null, outcome: 'success' })
    expect(lost).toEqual([A])
  })
  it('a failure of another run ends what runs; a success of another leaves it', () => {
    const start = ping('start', '23T22:00', { rid: A })
    expect(run(nightly, [start, ping('fail', '23T22:05', { rid: B })]).state).toMatchObject({ open: [], lastMs: null })
    expect(run(nightly, [start, ping('success', '23T22:05', { rid: B })]).state.open).toHaveLength(1)
  })
  it('start and success without names are one run', () => {
    const { state, last } = run(nightly, [ping('start', '23T22:00'), ping('success', '23T22:05', { exit: 0 })], {
      dueAt: at('23T22:00'),
    })
    expect(state).toMatchObject({ lastMs: 300_000, open: [], lastLateMs: 0 })
    expect(last?.startedAt).toBe(at('23T22:00'))
  })
  it('a line of log changes nothing but the count', () => {
    const before = run(nightly, [ping('start', '23T22:00', { rid: A })])
    const { state, last } = run(nightly, [ping('log', '23T22:01')], before.state)
    expect(state).toMatchObject({ outcome: null, open: before.state.open, dueAt: before.state.dueAt, pings: 2 })
    expect(last?.run).toBe(A)
  })
})

describe('when it is due next', () => {
  it.each([
    ['a start is enough for what was due', [ping('start', '23T22:00')], '24T22:00'],
    ['half a minute early, by a clock that is ahead, counts', [ping('success', '23T21:59')], '24T22:00'],
    ['an hour early is another run', [ping('success', '23T21:00')], '23T22:00'],
    ['after Friday comes Monday', [ping('success', '27T22:03')], '30T22:00'],
    ['a run over midnight', [ping('start', '23T22:00'), ping('success', '24T03:00')], '24T22:00'],
    ['a failure leaves the next one expected', [ping('fail', '23T22:03')], '24T22:00'],
  ])('%s', (_, pings, due) => {
    expect(show(run(nightly, pings).state.dueAt)).toBe(due)
  })
  it('a period counts from the last sign of life', () => {
    const { state } = run(hourly, [ping('success', '23T22:00'), ping('start', '23T22:30'), ping('success', '23T22:40')])
    expect([show(state.dueAt), show(state.lookAt)]).toEqual(['23T23:40', '23T23:10'])
  })
  it('while it is paused nothing is due, and nothing is told', () => {
    const { state, flips } = run({ ...nightly, paused: true }, [
      ping('start', '23T22:00'),
      ping('fail', '23T22:01', { exit: 1 }),
    ])
    expect([state.dueAt, state.lookAt, state.outcome, flips]).toEqual([null, null, 'fail', []])
  })
  it('pings that put the deadline off leave the look where it is, so that no index is written', () => {
    const first = run(hourly, [ping('success', '23T22:00')]).state
    const later = run(hourly, [ping('success', '23T22:10'), ping('success', '23T22:20')], first).state
    expect([later.lookAt, show(later.dueAt)]).toEqual([first.lookAt, '23T23:20'])
  })
})

describe('late, repeated and disordered', () => {
  const missed = { missedAt: at('23T22:00'), dueAt: at('24T22:00'), flip: 1 }
  it('a late success ends the miss and knows how late it is', () => {
    const { state, flips, last } = run(nightly, [ping('success', '23T22:41')], missed)
    expect(flips).toEqual(['-miss'])
    expect(last?.flips[0]).toMatchObject({ due: at('23T22:00'), at: at('23T22:41'), ended: 'success' })
    expect(state).toMatchObject({ missedAt: null, lastLateMs: 41 * 60_000 })
  })
  it('a late start keeps the miss until its end; a failure ends it and is told itself', () => {
    const started = run(nightly, [ping('start', '23T22:25')], missed)
    expect([started.flips, started.state.missedAt]).toEqual([[], at('23T22:00')])
    expect(run(nightly, [ping('fail', '23T22:41', { exit: 12 })], started.state).flips).toEqual(['-miss', '+failure'])
  })
  it('what was kept while we were away counts when it happened', () => {
    const pings = [
      kept('start', '23T22:00', '23T23:00', { rid: A }),
      kept('success', '23T22:05', '23T23:00', { rid: A, exit: 0 }),
    ]
    const { state, flips, last } = run(nightly, pings, missed)
    expect(flips).toEqual(['-miss'])
    expect(last?.flips[0]).toMatchObject({ heard: at('23T23:00') })
    expect(state).toMatchObject({ lastMs: 300_000, lastLateMs: 0, lastAt: at('23T22:05') })
  })
  it('yesterday’s success says nothing about tonight', () => {
    const { state, flips } = run(nightly, [kept('success', '22T22:05', '23T23:00')], missed)
    expect([flips, state.missedAt]).toEqual([[], at('23T22:00')])
  })
  it('an older end changes neither state nor what is due', () => {
    const now = run(nightly, [ping('fail', '23T22:10', { exit: 1 })]).state
    const { state, flips } = run(nightly, [kept('success', '23T22:05', '23T22:12')], now)
    expect([flips, state.outcome, state.pings]).toEqual([[], 'fail', 2])
  })
  it('a start that is told twice, or after its end, begins nothing', () => {
    const twice = [ping('start', '23T22:00', { rid: A }), ping('start', '23T22:01', { rid: A })]
    expect(run(nightly, twice).state.open).toMatchObject([{ at: at('23T22:00') }])
    expect(run(nightly, [kept('start', '23T22:00', '23T22:09', { rid: A, endedBefore: true })]).state.open).toEqual([])
  })
  it('a clock of ours that is set back does not lose the next pings', () => {
    const now = run(nightly, [ping('success', '23T22:10')]).state
    expect(run(nightly, [ping('fail', '23T22:05', { exit: 1 })], now).state.outcome).toBe('fail')
  })
  it('more than twenty open runs: the oldest is given up', () => {
    const many = Array.from({ length: 23 }, (_, i) => ping('start', '23T22:00', { rid: `${i}`, id: `${i}` }))
    const { state, lost } = run(nightly, many)
    expect([state.open.length, lost]).toEqual([20, ['0', '1', '2']])
  })
  it('the end of a run that took too long is told', () => {
    const long = { open: [{ run: A, rid: A, at: at('23T20:00'), due: null, long: true }] }
    expect(run(nightly, [ping('success', '23T22:05', { rid: A })], long).flips).toEqual(['-long'])
    expect(run(nightly, [ping('success', '23T22:05', { rid: B })], long).flips).toEqual([])
  })
})

describe('what else a job may be held to', () => {
  it('fails when it ends well too soon; a run whose start is not known cannot', () => {
    const rule = { ...hourly, minRunMs: 300_000 }
    const short = run(rule, [ping('start', '23T22:00'), ping('success', '23T22:02')])
    expect([short.flips, short.state.outcome]).toEqual([['+failure'], 'fail'])
    expect(short.last?.note).toBe('It ended within 2 min; at least 5 min are expected.')
    expect(run(rule, [ping('start', '23T22:00'), ping('success', '23T22:05')]).flips).toEqual([])
    expect(run(rule, [ping('success', '23T22:00')]).flips).toEqual([])
  })

  it('is told after so many failures in a row, and a good run begins the count anew', () => {
    const rule = { ...hourly, failuresInARow: 3 }
    const two = [ping('fail', '23T22:00'), ping('fail', '23T22:10')]
    const borne = run(rule, two)
    expect([borne.flips, borne.state.outcome, borne.state.fails]).toEqual([[], 'success', 2])
    expect(borne.last?.note).toBe('Failure 2 in a row; somebody is told after 3.')
    expect(run(rule, [...two, ping('success', '23T22:20'), ...two]).flips).toEqual([])
    const told = run(rule, [...two, ping('fail', '23T22:20'), ping('success', '23T22:30')])
    expect([told.flips, told.state.fails]).toEqual([['+failure', '-failure'], 0])
  })

  it('is told once while it runs too often, by starts or by ends alone, and not for what is told late', () => {
    const rule = { ...hourly, minGapMs: 1_800_000 }
    const times = ['22:00', '22:10', '22:20', '23:00']
    for (const kind of ['start', 'success'] as const)
      expect(
        run(
          rule,
          times.map((time) => ping(kind, `23T${time}`, { rid: crypto.randomUUID() })),
        ).flips,
      ).toEqual(['+often', '-often'])
    const one = [ping('start', '23T22:00'), ping('success', '23T22:05')]
    expect(run(rule, one).flips).toEqual([])
    expect(run(rule, [ping('success', '23T23:00'), kept('success', '23T22:50', '23T23:01')]).flips).toEqual([])
  })

  it('says of a run that another one was still going on', () => {
    const both = [ping('start', '23T22:00', { rid: A }), ping('start', '23T22:01', { rid: B })]
    expect(run(hourly, both).last?.note).toBe('Another run was still going on.')
  })
})
