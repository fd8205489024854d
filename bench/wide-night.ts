import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { type Condition, noWaits } from '../contract/jobs/waits.ts'
import { type DurationModel, durationModel } from '../server/features/chains/predict/durations.ts'
import { buildGraph } from '../server/features/chains/predict/graph.ts'
import type { ChainNode, NightState } from '../server/features/chains/predict/night.ts'

const FIRST = 50
const NEAR = 200
const SAMPLES = 60
const NOW = Date.UTC(2026, 10, 24)

/** So many jobs, each but the first waits for two of those shortly before it, and the last for all that nobody waits for. */
export const wideNight = (count: number) => {
  const random = xoroshiro128plus(3)
  for (let i = 0; i < 50; i++) random.next()
  const chance = () => (random.next() >>> 0) / 2 ** 32
  const awaited = new Set<number>()
  const on = (places: Iterable<number>): Condition => ({
    kind: 'all',
    of: Array.from(places, (k) => ({ kind: 'job', job: `J${k}`, is: 'succeeded', within: 'same-date' })),
  })
  const nodes = Array.from({ length: count }, (_, i): ChainNode => {
    const before = new Set<number>()
    while (i >= FIRST && i < count - 1 && before.size < 2) before.add(i - 1 - Math.floor(chance() * Math.min(i, NEAR)))
    for (const one of before) awaited.add(one)
    const last = i === count - 1
    const ends = last ? Array.from({ length: i }, (_, k) => k).filter((k) => !awaited.has(k)) : [...before]
    return {
      id: `J${i}`,
      name: `J${i}`,
      origin: null,
      key: null,
      waits: { ...noWaits, condition: ends.length > 0 ? on(ends) : null },
      zone: 'UTC',
      gates: i < FIRST ? [NOW + i * 60_000] : null,
      shares: [`host:${i % 40}`],
    }
  })
  const models = nodes.map((): DurationModel => {
    const usual = 60 + 240 * chance()
    const past = Array.from({ length: SAMPLES }, () => ({
      date: '',
      classes: ['any' as const],
      startedAt: 0,
      seconds: usual * (0.7 + chance()),
      outcome: 'succeeded' as const,
    }))
    return durationModel(past, ['any'], null)
  })
  const state: NightState = {
    now: NOW,
    date: '2026-11-24',
    previousDate: '2026-11-23',
    nodes: nodes.map(() => ({ runs: [], hold: 'none', notBefore: null, startAt: null })),
    units: new Map(),
    globals: new Map(),
    files: new Map(),
  }
  return { graph: buildGraph(nodes), state, models, target: count - 1 }
}

/**
 * The least that so many draws can cost: for each job and draw one number by chance, one time looked up, an addition, and
 * the latest of its operands; noWaits else.
 */
export const bareDraws = (jobs: number, edges: number, draws: number) => {
  const random = xoroshiro128plus(1)
  const times = Float32Array.from({ length: 256 }, (_, k) => k)
  const ends = new Float32Array(jobs * draws)
  const each = Math.max(1, Math.round(edges / jobs))
  return () => {
    for (let job = 0; job < jobs; job++) {
      const row = ends.subarray(job * draws, (job + 1) * draws)
      row.fill(0)
      for (let e = 1; e <= each; e++) {
        const operand = Math.max(0, job - 37 * e)
        const other = ends.subarray(operand * draws, (operand + 1) * draws)
        for (let k = 0; k < draws; k++) if ((other[k] as number) > (row[k] as number)) row[k] = other[k] as number
      }
      for (let k = 0; k < draws; k++) row[k] = (row[k] as number) + (times[random.next() >>> 24] as number)
    }
  }
}
