import fc from 'fast-check'
import type { Condition } from '../../contract/jobs/waits.ts'
import { all, any, type NightJob, s } from './chains.ts'

/** Small nights by chance. Job k may wait for jobs before it; times are whole minutes. */

export type Shape = { or: boolean; windows: boolean; resources: boolean }

const conditionOn = (names: readonly string[], or: boolean): fc.Arbitrary<Condition | null> => {
  if (names.length === 0) return fc.constant(null)
  const atom = fc.constantFrom(...names).map((name) => s(name, 'same-date'))
  const some = fc.array(atom, { minLength: 1, maxLength: 3 })
  const ands = some.map((of) => all(...of))
  const mixed = fc
    .tuple(some, fc.array(atom, { minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([a, b, outer]) => (outer ? any(all(...a), ...b) : all(any(...a), ...b)))
  return fc.option(
    or
      ? fc.oneof(
          ands,
          mixed,
          some.map((of) => any(...of)),
        )
      : ands,
    { freq: 4 },
  )
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const jobAfter = (names: readonly string[], shape: Shape): fc.Arbitrary<NightJob> =>
  fc
    .record({
      gate: fc.integer({ min: -30, max: 60 }),
      gated: fc.boolean(),
      takes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
      condition: conditionOn(names, shape.or),
      window: fc.option(fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 })), { freq: 2 }),
      unit: fc.boolean(),
      host: fc.constantFrom('a', 'b'),
    })
    .map(({ gate, gated, takes, condition, window, unit, host }) => ({
      gates: gated || !condition ? [gate] : null,
      takes,
      shares: [`host:${host}`],
      waits: {
        condition,
        window: shape.windows && window ? { from: clock(window[0]), to: clock(window[1]) } : null,
        resources: shape.resources && unit ? [{ name: 'db', units: 1 }] : [],
      },
    }))

const names = Array.from({ length: 8 }, (_, k) => `J${k}`)

export const randomNight = (shape: Shape): fc.Arbitrary<Record<string, NightJob>> =>
  fc
    .tuple(...names.map((_, k) => jobAfter(names.slice(0, k), shape)))
    .map((jobs) => Object.fromEntries(jobs.map((job, k) => [names[k] as string, job])))
