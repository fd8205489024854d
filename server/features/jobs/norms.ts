import type { DayClass } from './day-class.ts'
import { type Measured, type Norm, normOf } from './statistics.ts'
import type { Volumes } from './volumes.ts'

/** A run that ended well, measured. `ms`: how long it took, where its start is known. */
export type MeasuredRun = { classes: readonly DayClass[]; ms: number | null; volumes: Volumes | null }

/** What is usual of a job, by measure (`duration`, or the name of a volume) and finest class of the day. */
export type Norms = { runs: number; of: Record<string, Partial<Record<DayClass, Norm>>> }

/** The classes of a day of each finest class, as days without a second reason have them. */
const chains: Record<Exclude<DayClass, 'any'>, readonly DayClass[]> = {
  weekday: ['weekday', 'any'],
  monday: ['monday', 'weekday', 'any'],
  'after-holiday': ['after-holiday', 'weekday', 'any'],
  'month-end': ['month-end', 'weekday', 'any'],
  'quarter-end': ['quarter-end', 'month-end', 'weekday', 'any'],
  'day-off': ['day-off', 'any'],
}
const finest = Object.keys(chains) as (keyof typeof chains)[]

export const DURATION = 'duration'

/** What a run is measured by. */
export const valuesOf = (r: Pick<MeasuredRun, 'ms' | 'volumes'>): Record<string, number> => ({
  ...r.volumes,
  ...(r.ms === null ? {} : { [DURATION]: r.ms }),
})

/** The norms of a job from its last runs, the newest first. */
export const normsOf = (runs: readonly MeasuredRun[]): Norms => {
  const byMeasure = new Map<string, Measured[]>()
  for (const run of runs)
    for (const [measure, value] of Object.entries(valuesOf(run)))
      byMeasure.set(measure, [...(byMeasure.get(measure) ?? []), { value, classes: run.classes }])
  const of: Norms['of'] = {}
  for (const [measure, values] of byMeasure) {
    const found: Partial<Record<DayClass, Norm>> = {}
    for (const dayClass of finest) {
      const norm = normOf(values, chains[dayClass], measure === DURATION ? 'duration' : 'volume')
      if (norm) found[dayClass] = norm
    }
    of[measure] = found
  }
  return { runs: runs.length, of }
}

/** What is usual of a day whose finest class this is, by measure: the duration first. */
export const usualOn = (norms: Norms | null, dayClass: DayClass | undefined): [measure: string, norm: Norm][] =>
  Object.entries(norms?.of ?? {})
    .flatMap(([measure, of]) => {
      const norm = dayClass && of[dayClass]
      return norm ? [[measure, norm] as [string, Norm]] : []
    })
    .toSorted(([a], [b]) => Number(b === DURATION) - Number(a === DURATION) || a.localeCompare(b))
