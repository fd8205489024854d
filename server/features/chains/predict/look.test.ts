import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { all, at, minutes, type NightJob, nightOf, s } from '../../../../test/harness/chains.ts'
import { type Drawer, startDrawer } from './draws-client.ts'
import { predictNight } from './forward.ts'
import { lookAhead, whatIf } from './look.ts'
import { rerunTimes } from './outlook.ts'
import type { DeadlineState } from './verdict.ts'
import type { Change, Night } from './what-if.ts'

let drawer: Drawer
beforeAll(() => {
  drawer = startDrawer()
})
afterAll(() => drawer.close())

const example = {
  PRICES: { gates: [170], takes: [25, 30, 35, 60], ran: [170, null] },
  TRADES: { gates: [120], takes: [45], ran: [120, 170] },
  CALC: { gates: [180], takes: [35, 38, 40, 42, 45], waits: { condition: all(s('PRICES'), s('TRADES')) } },
  REPORT: { takes: [50, 53, 55, 57, 60], waits: { condition: s('CALC') } },
} satisfies Record<string, NightJob>

const nightAt = (
  now: number,
  jobs: Record<string, NightJob>,
  target = 'REPORT',
  due: number | null = 330,
  units = {},
) => {
  const { place, ...night } = nightOf(now, jobs, units)
  return { night: { ...night, targets: [{ node: place(target), due: due === null ? null : at(due) }] } as Night, place }
}
const look = async (now: number, jobs: Record<string, NightJob>, before: DeadlineState | null = null, due = 330) => {
  const { night, place } = nightAt(now, jobs, 'REPORT', due)
  const [outlook] = (await lookAhead(drawer, night, { before: [before] })).outlooks
  if (!outlook) throw new Error('There is no outlook.')
  return { ...outlook, place }
}

describe('a night whose prices run long', () => {
  it('is told from on time to late, and what to act on', async () => {
    const states: (string | null)[] = []
    let before: DeadlineState | null = null
    for (const now of [175, 190, 210, 222, 250, 335]) {
      const found = await look(now, example, before)
      before = found.state
      states.push(found.state)
      if (now < 230) expect(found.odds.acts[0]?.node).toBe(found.place('PRICES'))
    }
    expect(states).toEqual(['at-risk', 'at-risk', 'predicted-late', 'predicted-late', 'predicted-late', 'late'])
    // By the forward pass 27.5 min; half of the nights take a little longer than its middle ways.
    expect(((await look(190, example)).slack ?? 0) / 60_000).toBeCloseTo(27.5, -1)
    expect((await look(190, example)).paths.map((path) => path.float / 60_000)).toEqual([0, 37.5])
    expect((await look(240, example)).outside).toEqual([0])
  })
  it('is on time when there is time, and done when it is done', async () => {
    expect((await look(175, example, null, 420)).state).toBe('on-time')
    const done = { ...example, REPORT: { ...example.REPORT, ran: [240, 295] as [number, number] } }
    expect((await look(300, done)).state).toBe('done')
  })
  it('is blocked by one that failed: the odds as if that were started now', async () => {
    const failed = { ...example, PRICES: { ...example.PRICES, ran: [170, 172, 'failed'] } } satisfies Record<
      string,
      NightJob
    >
    const found = await look(175, failed)
    expect([found.state, found.blocked, found.end]).toEqual(['blocked', { why: 'failed', by: 0 }, null])
    expect(found.odds.acts).toEqual([{ node: 0, missThen: expect.any(Number), gain: expect.any(Number) }])
    expect(found.odds.acts[0]?.missThen).toBeLessThan(0.6)
  })
  it('has no statistics where what decides has none, and says so', async () => {
    const { takes: _, ...calc } = example.CALC
    const found = await look(175, { ...example, CALC: { ...calc, takes: [] } })
    expect([found.state, found.withoutStatistics]).toEqual(['no-statistics', [2]])
  })
})

describe('what if', () => {
  const compared = async (
    changes: (place: (name: string) => number) => Change[],
    jobs: Record<string, NightJob> = example,
    units = {},
  ) => {
    const { night, place } = nightAt(190, jobs, 'REPORT', 330, units)
    const found = await whatIf(drawer, night, changes(place))
    const [base, after] = [found.base[0], found.changed[0]]
    if (!base || !after) throw new Error('There is nothing to compare.')
    return { base, after, moved: found.moved, end: after.end === null ? null : minutes(after.end) }
  }
  it.each<[string, (place: (name: string) => number) => Change[], number | null]>([
    ['PRICES is skipped', (p) => [{ kind: 'skip', node: p('PRICES') }], 285],
    ['PRICES ended now', (p) => [{ kind: 'finish-now', node: p('PRICES') }], 285],
    ['PRICES takes 70 minutes', (p) => [{ kind: 'takes', node: p('PRICES'), seconds: 4200 }], 335],
    ['CALC takes ten minutes', (p) => [{ kind: 'takes', node: p('CALC'), seconds: 600 }], 272.5],
    ['CALC is started at 03:20 by hand', (p) => [{ kind: 'start-at', node: p('CALC'), at: at(200) }], 295],
    ['what has still to come is ended now', (p) => [{ kind: 'finish-now', node: p('CALC') }], 245],
    [
      'both',
      (p) => [
        { kind: 'finish-now', node: p('PRICES') },
        { kind: 'takes', node: p('REPORT'), seconds: 600 },
      ],
      240,
    ],
  ])('%s', async (_, changes, end) => expect((await compared(changes)).end).toBeCloseTo(end ?? Number.NaN, -1))
  it('tells both sides, and which ends move', async () => {
    const { base, after, moved } = await compared((p) => [{ kind: 'finish-now', node: p('PRICES') }])
    expect([base.state, after.state]).toEqual(['at-risk', 'on-time'])
    expect(after.odds.miss ?? 1).toBeLessThan(base.odds.miss ?? 0)
    expect(moved.map(({ node }) => node).toSorted()).toEqual([0, 2, 3])
  })
  it('a later deadline changes its odds alone', async () => {
    const { base, after, moved } = await compared((p) => [{ kind: 'extend', node: p('REPORT'), due: at(400) }])
    expect([base.end, moved, after.state]).toEqual([after.end, [], 'on-time'])
  })
  it('one more host', async () => {
    const calc = { ...example.CALC.waits, resources: [{ name: 'grid', units: 1 }] }
    const jobs = {
      ...example,
      OTHER: { gates: [170], takes: [90], ran: [170, null], waits: { resources: [{ name: 'grid', units: 1 }] } },
      CALC: { ...example.CALC, waits: calc },
    } satisfies Record<string, NightJob>
    const { base, end } = await compared(() => [{ kind: 'units', resource: 'grid', units: 2 }], jobs, { grid: 1 })
    // On one host who is second waits, and which of them that is differs from night to night.
    expect(minutes(base.end ?? 0)).toBeGreaterThan(260 + 40 + 55)
    expect(minutes(base.end ?? 0)).toBeLessThan(260 + 90 + 55)
    expect(end).toBeCloseTo(302.5, -1)
  })
})

describe('when a job can be run again', () => {
  const times = (now: number, jobs: Record<string, NightJob>, name: string) => {
    const { night, place } = nightAt(now, jobs)
    const predicted = predictNight(night.graph, night.state, night.models)
    const found = rerunTimes(night, predicted, place(name), night.targets[0] as Night['targets'][number])
    return [minutes(found.earliest), found.after, found.latest === null ? null : minutes(found.latest)]
  }
  it.each<[string, number, Record<string, NightJob>, string, (number | null)[]]>([
    ['not while it runs', 190, example, 'PRICES', [207.5, 0, 202.5]],
    ['at once, and until when', 190, example, 'TRADES', [190, null, 190]],
    ['after what it waits for', 190, example, 'CALC', [207.5, 0, 235]],
    [
      'not under one that reads what it makes',
      240,
      { ...example, PRICES: { ...example.PRICES, ran: [170, 200] }, CALC: { ...example.CALC, ran: [200, null] } },
      'PRICES',
      [243.5, 2, null],
    ],
  ])('%s', (_, now, jobs, name, found) => expect(times(now, jobs, name)).toEqual(found))
})
