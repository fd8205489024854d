import { quantile, type Sorted, sorted } from '../../../platform/robust.ts'
import type { DurationModel } from './durations.ts'

/** How long it takes, by chance, until a job that has failed is started again; null: nobody knows. Seconds. */
export type Repairs = (node: number) => Sorted | null

const ENOUGH = 3
const MOST = 32
const BEYOND = 1.1

/** By what is on record of the job itself, else of all jobs of the night together: it is the same people who mend. */
export const repairsOf = (models: readonly DurationModel[]): Repairs => {
  let pool: Sorted | null = null
  const pooled = (): Sorted => {
    const all = sorted(models.flatMap((model) => [...model.repairs]))
    return all.length <= MOST ? all : Float64Array.from({ length: MOST }, (_, k) => quantile(all, (k + 0.5) / MOST))
  }
  return (node) => {
    const own = models[node]?.repairs
    if (own && own.length >= ENOUGH) return own
    pool ??= pooled()
    return pool.length >= ENOUGH ? pool : null
  }
}

/** The median of pauses that are longer than what has gone by; one that is longer than all goes on for a tenth more. */
export const expectedPause = (repairs: Sorted | null, since: number): number => {
  const longer = (repairs ?? new Float64Array()).filter((pause) => pause > since)
  return longer.length > 0 ? quantile(longer, 0.5) : since * BEYOND
}
