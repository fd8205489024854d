import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../../contract/jobs/waits.ts'
import { minutes, type NightJob, nightOf } from '../../../../test/harness/chains.ts'
import { randomNight, type Shape } from '../../../../test/harness/random-nights.ts'
import { forwardPass, predictNight } from './forward.ts'
import { floatsOf } from './paths.ts'
import { simulate } from './simulate.ts'

const plain: Shape = { or: true, windows: false, resources: false }
const wholeMinutes = (jobs: Record<string, NightJob>) =>
  Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, { ...job, takes: job.takes?.slice(0, 1) ?? [] }]))

const endsOf = (jobs: Record<string, NightJob>, now = 0, units?: Record<string, number>) => {
  const { graph, state, models } = nightOf(now, jobs, units)
  const { times } = predictNight(graph, state, models)
  return graph.nodes.map((_, i) => minutes(times.end[i] as number))
}

/** The rules as they are told to a person, minute by minute, until nothing happens any more. */
const bruteForce = (jobs: Record<string, NightJob>): number[] => {
  const LAST = 4 * 1440
  const ends = new Map<string, number>()
  const holds = (condition: Condition | null, t: number): boolean => {
    if (!condition) return true
    if (condition.kind === 'all') return condition.of.every((one) => holds(one, t))
    if (condition.kind === 'any') return condition.of.some((one) => holds(one, t))
    return condition.kind === 'job' && (ends.get(condition.job) ?? Number.POSITIVE_INFINITY) <= t
  }
  const inWindow = (window: { from: string; to: string } | null | undefined, t: number) => {
    if (!window) return true
    const [from, to] = [window.from, window.to].map((w) => Number(w.slice(0, 2)) * 60 + Number(w.slice(3))) as [
      number,
      number,
    ]
    const m = t % 1440
    return from < to ? m >= from && m < to : m >= from || m < to
  }
  for (let t = 0; t < LAST && ends.size < Object.keys(jobs).length; t++)
    for (const [name, job] of Object.entries(jobs))
      if (
        !ends.has(name) &&
        (job.gates?.[0] ?? 0) <= t &&
        holds(job.waits?.condition ?? null, t) &&
        inWindow(job.waits?.window, t)
      )
        ends.set(name, t + (job.takes?.[0] as number))
  return Object.keys(jobs).map((name) => ends.get(name) ?? Number.POSITIVE_INFINITY)
}

describe('the forward pass', () => {
  it('is what one finds minute by minute', () => {
    fc.assert(
      fc.property(randomNight({ ...plain, windows: true }).map(wholeMinutes), (jobs) => {
        expect(endsOf(jobs)).toEqual(bruteForce(jobs))
      }),
      { numRuns: 40 },
    )
  })

  it('is what one finds by playing the night through, with the same order of what matters', () => {
    fc.assert(
      fc.property(randomNight({ ...plain, windows: true }), (jobs) => {
        const { graph, state, models } = nightOf(0, jobs)
        const { circuit, times } = predictNight(graph, state, models)
        const played = simulate(circuit)
        expect(played.end).toEqual(times.end)
        expect(played.begin).toEqual(times.begin)
        const target = graph.nodes.length - 1
        if (!Number.isFinite(times.end[target] as number)) return
        expect(floatsOf(circuit, played, target)).toEqual(floatsOf(circuit, times, target))
      }),
    )
  })

  it('never ends in the past what has not ended, and never sooner because something takes longer', () => {
    const changes = fc.record({
      which: fc.nat(7),
      more: fc.integer({ min: 1, max: 100 }),
      now: fc.integer({ min: 0, max: 90 }),
    })
    fc.assert(
      fc.property(randomNight({ ...plain, or: false }).map(wholeMinutes), changes, (jobs, { which, more, now }) => {
        const before = endsOf(jobs, now)
        for (const end of before) expect(end).toBeGreaterThanOrEqual(now)
        const name = `J${which}`
        const longer = { ...jobs, [name]: { ...jobs[name], takes: [(jobs[name]?.takes?.[0] as number) + more] } }
        endsOf(longer, now).forEach((end, i) => {
          expect(end).toBeGreaterThanOrEqual(before[i] as number)
        })
      }),
    )
  })

  it('has floats that tell when a slip begins to delay the target', () => {
    fc.assert(
      fc.property(randomNight({ ...plain, or: false }).map(wholeMinutes), fc.nat(7), (jobs, which) => {
        const { graph, state, models } = nightOf(0, jobs)
        const { circuit, times } = predictNight(graph, state, models)
        const target = graph.nodes.length - 1
        if (!Number.isFinite(times.end[target] as number)) return
        const float = floatsOf(circuit, times, target)[which] as number
        const endIfSlips = (by: number) => {
          const lasts = circuit.lasts.slice()
          lasts[which] = (lasts[which] as number) + by
          return forwardPass({ ...circuit, lasts }).end[target] as number
        }
        const end = times.end[target] as number
        if (float === Number.POSITIVE_INFINITY) expect(endIfSlips(1e9)).toBe(end)
        else {
          expect(endIfSlips(float)).toBe(end)
          expect(endIfSlips(float + 60_000)).toBeGreaterThan(end)
        }
      }),
    )
  })
})

describe('resources', () => {
  const night = randomNight({ or: true, windows: false, resources: true }).map(wholeMinutes)
  it('are never given twice, and none is kept from a job that is ready', () => {
    fc.assert(
      fc.property(night, fc.integer({ min: 1, max: 3 }), (jobs, units) => {
        const { graph, state, models } = nightOf(0, jobs, { db: units })
        const { circuit, times } = predictNight(graph, state, models)
        const users = graph.nodes.flatMap((_, i) => (circuit.needs.has(i) ? [i] : []))
        const inUse = (t: number) =>
          users.filter((i) => (times.begin[i] as number) <= t && t < (times.end[i] as number)).length
        const free = forwardPass({ ...circuit, needs: new Map() })
        for (const i of users) {
          const begin = times.begin[i] as number
          if (!Number.isFinite(begin)) continue
          expect(inUse(begin)).toBeLessThanOrEqual(units)
          expect(begin).toBeGreaterThanOrEqual(free.begin[i] as number)
          const operands = circuit.operands.subarray(circuit.first[i], circuit.first[i + 1])
          const ready = Math.max(circuit.floor[i] as number, ...Array.from(operands, (o) => times.end[o] as number))
          if (begin > ready) expect(inUse(begin - 1)).toBe(units)
        }
      }),
    )
  })
})
