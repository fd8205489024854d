import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { all, at, minutes, type NightJob, nightOf, s } from '../../../../test/harness/chains.ts'
import { randomNight } from '../../../../test/harness/random-nights.ts'
import { drawInput, usualDraws } from './draw-input.ts'
import { drawNight, rowOf } from './draws.ts'
import { type Drawer, startDrawer } from './draws-client.ts'
import { predictNight } from './forward.ts'
import { oddsOf } from './odds.ts'
import { nightIf } from './what-if.ts'

const inputFor = (
  now: number,
  jobs: Record<string, NightJob>,
  target: string,
  due: number | null,
  options = {},
  units = {},
) => {
  const { graph, state, models, place } = nightOf(now, jobs, units)
  const predicted = predictNight(graph, state, models)
  const targets = [{ node: place(target), due: due === null ? null : at(due) }]
  return { ...drawInput(graph, state, models, predicted, targets, { ...usualDraws, ...options }), place }
}
const odds = (...args: Parameters<typeof inputFor>) => {
  const { place, ...input } = inputFor(...args)
  const [found] = oddsOf(input) ?? []
  if (!found) throw new Error('Nothing was drawn.')
  return { ...found, place }
}

const example = {
  PRICES: { gates: [170], takes: [25, 30, 35, 60], ran: [170, null] },
  TRADES: { gates: [120], takes: [45], ran: [120, 170] },
  CALC: { gates: [180], takes: [35, 38, 40, 42, 45], waits: { condition: all(s('PRICES'), s('TRADES')) } },
  REPORT: { takes: [50, 53, 55, 57, 60], waits: { condition: s('CALC') } },
} satisfies Record<string, NightJob>

describe('the odds of the worked example', () => {
  it('lie around its forward pass; most is to be gained at PRICES', () => {
    const found = odds(190, example, 'REPORT', 330)
    expect(minutes(found.p50 ?? 0)).toBeGreaterThan(295)
    expect(minutes(found.p50 ?? 0)).toBeLessThan(310)
    expect(minutes(found.p80 ?? 0)).toBeGreaterThan(minutes(found.p50 ?? 0))
    expect(found.miss).toBeGreaterThan(0.1)
    expect(found.miss).toBeLessThan(0.4)
    expect(found.acts[0]?.node).toBe(found.place('PRICES'))
    expect(found.acts[0]?.missThen).toBeLessThan(0.05)
  })
  it('rise while PRICES runs on', () => {
    const miss = [190, 200, 205, 215, 230, 245].map((now) => odds(now, example, 'REPORT', 330).miss ?? 0)
    expect(miss).toEqual(miss.toSorted((a, b) => a - b))
    expect(miss.at(-1)).toBe(1)
  })
  it('are none to miss once it has ended in time, and all once it is blocked', () => {
    const done = { ...example, REPORT: { ...example.REPORT, ran: [240, 295] as [number, number] } }
    expect(odds(300, done, 'REPORT', 330)).toMatchObject({ miss: 0, p50: at(295), acts: [] })
    const failed = {
      ...example,
      PRICES: { ...example.PRICES, ran: [170, 180, 'failed'] as [number, number, 'failed'] },
    }
    expect(odds(190, failed, 'REPORT', 330)).toMatchObject({ miss: 1, p50: null, p95: null, acts: [] })
  })
})

describe('what is slow together', () => {
  const pair = (shares: string[][], now = 0, ran?: NightJob['ran']): Record<string, NightJob> => ({
    SEEN: {
      gates: [-100],
      takes: Array.from({ length: 30 }, (_, k) => 30 + k),
      shares: ['host:a'],
      ...(ran && { ran }),
    },
    A: { gates: [now], takes: Array.from({ length: 30 }, (_, k) => 30 + k), shares: shares[0] ?? [] },
    B: { gates: [now], takes: Array.from({ length: 30 }, (_, k) => 30 + k), shares: shares[1] ?? [] },
    END: { takes: [1], waits: { condition: all(s('A'), s('B')) } },
  })
  const correlation = (shares: string[][]) => {
    const { place, ...input } = inputFor(0, pair(shares), 'END', null)
    const drawing = drawNight(input, () => false)
    if (!drawing) throw new Error('Nothing was drawn.')
    const slotOf = (name: string) => input.nodeOf.indexOf(place(name))
    const [a, b] = [rowOf(drawing.rows, slotOf('A')), rowOf(drawing.rows, slotOf('B'))]
    const mean = (r: Float32Array) => r.reduce((sum, v) => sum + v, 0) / r.length
    const [ma, mb] = [mean(a), mean(b)]
    const cov = (x: Float32Array, mx: number, y: Float32Array, my: number) =>
      x.reduce((sum, v, k) => sum + (v - mx) * ((y[k] as number) - my), 0)
    return cov(a, ma, b, mb) / Math.sqrt(cov(a, ma, a, ma) * cov(b, mb, b, mb))
  }
  it('is so in part on one host, and not at all on two', () => {
    expect(correlation([['host:a'], ['host:a']])).toBeGreaterThan(0.25)
    expect(correlation([['host:a'], ['host:a']])).toBeLessThan(0.45)
    expect(Math.abs(correlation([['host:a'], ['host:b']]))).toBeLessThan(0.1)
    expect(Math.abs(correlation([[], []]))).toBeLessThan(0.1)
  })
  it('keeps the spread of each', () => {
    const { place, ...input } = inputFor(0, pair([['host:a'], ['host:a']]), 'A', null)
    const row = rowOf(
      (drawNight(input, () => false) as NonNullable<ReturnType<typeof drawNight>>).rows,
      input.nodeOf.indexOf(place('A')),
    ).toSorted()
    expect((row[500] as number) / 60).toBeCloseTo(44.5, -0.5)
    expect((row[100] as number) / 60).toBeCloseTo(33, -0.5)
    expect((row[900] as number) / 60).toBeCloseTo(56, -0.5)
  })
  it('is expected of a host whose runs were slow tonight', () => {
    const p50 = (ran?: NightJob['ran']) => minutes(odds(0, pair([['host:a'], ['host:b']], 0, ran), 'A', null).p50 ?? 0)
    expect(p50([-100, -42])).toBeGreaterThan(p50([-75, -30.5]) + 3)
    expect(p50([-75, -44])).toBeLessThan(p50([-75, -30.5]) - 3)
  })
})

describe('draws', () => {
  const night = randomNight({ or: true, windows: false, resources: false })
  it('give the same for the same seed, odds from 0 to 1, and lower ones for a later deadline', () => {
    fc.assert(
      fc.property(night, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 100 }), (jobs, due, more) => {
        const few = { draws: 100 }
        const early = odds(0, jobs, 'J7', due, few)
        expect(odds(0, jobs, 'J7', due, few)).toEqual({ ...early, place: expect.any(Function) })
        expect(early.miss).toBeGreaterThanOrEqual(0)
        expect(early.miss).toBeLessThanOrEqual(1)
        expect(odds(0, jobs, 'J7', due + more, few).miss).toBeLessThanOrEqual(early.miss as number)
        for (const act of early.acts) expect(act.missThen).toBeLessThan(1)
      }),
      { numRuns: 25 },
    )
  })
  it('say of the job to act on what they say once it has ended, and of no other that more would be gained', () => {
    const alone = night.map((jobs) =>
      Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, { ...job, shares: [] }])),
    )
    const few = { draws: 100 }
    fc.assert(
      fc.property(alone, fc.integer({ min: 20, max: 120 }), (jobs, due) => {
        const found = odds(0, jobs, 'J7', due, few)
        const { place, ...built } = nightOf(0, jobs)
        const targets = [{ node: place('J7'), due: at(due) }]
        const missOnce = (node: number) => {
          const { graph, state, models } = nightIf({ ...built, targets }, [{ kind: 'finish-now', node }])
          const predicted = predictNight(graph, state, models)
          return oddsOf(drawInput(graph, state, models, predicted, targets, { ...usualDraws, ...few }))?.[0]?.miss ?? -1
        }
        for (const act of found.acts) expect(missOnce(act.node)).toBeCloseTo(act.missThen, 5)
        const most = Math.max(0, ...found.acts.map((act) => act.gain))
        for (const [name, job] of Object.entries(jobs))
          if (!job.waits?.condition) expect((found.miss ?? 0) - missOnce(place(name))).toBeLessThanOrEqual(most + 0.011)
      }),
      { numRuns: 25 },
    )
  })
  it('are the same whether slot by slot or night by night', () => {
    fc.assert(
      fc.property(night, (jobs) => {
        const { place, ...input } = inputFor(0, jobs, 'J7', 60, { draws: 20 })
        const inOrder = drawNight(input, () => false)
        const played = drawNight({ ...input, circuit: { ...input.circuit, order: null } }, () => false)
        expect(place('J7')).toBe(7)
        played?.rows.ends.forEach((end, i) => {
          const other = inOrder?.rows.ends[i] as number
          if (end !== other) expect(end).toBeCloseTo(other, 1)
        })
        const target = input.targets[0]?.slot as number
        const slot = input.drawn[0] as number
        const [a, b] = [inOrder, played].map((one) => one?.withEnded(slot, target))
        a?.forEach((end, k) => {
          if (end !== b?.[k]) expect(end).toBeCloseTo(b?.[k] as number, 1)
        })
      }),
      { numRuns: 25 },
    )
  })
  it('with a resource that is short end later', () => {
    const job: NightJob = { gates: [0], takes: [10, 20], waits: { resources: [{ name: 'db', units: 1 }] } }
    const jobs = { A: job, B: job, X: { takes: [1], waits: { condition: all(s('A'), s('B')) } } }
    const p50 = (units: number) => minutes(odds(0, jobs, 'X', null, { draws: 100 }, { db: units }).p50 ?? 0)
    expect(p50(1)).toBeGreaterThan(p50(2) + 8)
  })
})

describe('a drawer', () => {
  let drawer: Drawer | undefined
  afterEach(() => drawer?.close())
  const { place: _, ...input } = inputFor(190, example, 'REPORT', 330)
  const long = { ...input, draws: 2_000_000, circuit: { ...input.circuit, order: null } }

  it('finds off the main thread what is found on it', async () => {
    drawer = startDrawer()
    expect(await drawer.draw(input)).toEqual(oddsOf(input))
  })
  it('stops drawing what nobody wants any more, and goes on with the next', async () => {
    drawer = startDrawer()
    const leave = new AbortController()
    const given = drawer.draw(long, leave.signal)
    leave.abort(new Error('not wanted'))
    await expect(given).rejects.toThrow('not wanted')
    expect(await drawer.draw(input)).toHaveLength(1)
    await expect(drawer.draw(input, leave.signal)).rejects.toThrow('not wanted')
  })
  it('draws again what its worker died of, and gives up at the second death', async () => {
    const born: Worker[] = []
    drawer = startDrawer(() => {
      const worker = new Worker(new URL('./draws-worker.ts', import.meta.url))
      born.push(worker)
      return worker
    })
    const given = drawer.draw(input)
    await born[0]?.terminate()
    expect(await given).toEqual(oddsOf(input))
    const hopeless = drawer.draw(long)
    const refused = expect(hopeless).rejects.toThrow('The night could not be drawn')
    await born[1]?.terminate()
    await born[2]?.terminate()
    await refused
    expect(await drawer.draw(input)).toHaveLength(1)
    expect(born).toHaveLength(4)
  })
  it('tells what went wrong with an input, and refuses once it is closed', async () => {
    drawer = startDrawer()
    await expect(
      drawer.draw({ ...input, causes: [{ name: 'x', mean: 0, sd: 1 }], causesOf: [[7], [7], [7]] }),
    ).rejects.toThrow('could not be drawn')
    await drawer.close()
    await expect(drawer.draw(input)).rejects.toThrow('closed')
  })
})
