/** How much jobs of the same host, database or night are slow together. */

/** What is known of a common cause of slowness: a bell curve, in its own measure (0 and 1 before anything is known). */
export type Cause = { name: string; mean: number; sd: number }

/** A run that has ended: how slow it was for its kind, as a place on the bell curve; and which causes it has. */
export type Slowness = { z: number; causes: readonly number[] }

const SWEEPS = 4

/**
 * What tonight's runs say of the causes that they have in common. Each run's slowness is taken as the sum of its causes',
 * each with `weight` of the whole, and of chance. One cause after the other is set to what the others leave to explain,
 * a few times over.
 */
export const causesFrom = (names: readonly string[], seen: readonly Slowness[], together: number): Cause[] => {
  const causes = names.map((name) => ({ name, mean: 0, sd: 1 }))
  const runsOf: Slowness[][] = names.map(() => [])
  for (const run of seen) for (const cause of run.causes) runsOf[cause]?.push(run)
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    causes.forEach((cause, c) => {
      let precision = 1
      let pull = 0
      for (const run of runsOf[c] ?? []) {
        const weight = weightOf(run.causes.length, together)
        const others = run.causes.reduce((sum, o) => sum + (o === c ? 0 : weight * (causes[o]?.mean ?? 0)), 0)
        precision += (weight * weight) / (1 - together)
        pull += (weight * (run.z - others)) / (1 - together)
      }
      cause.mean = pull / precision
      cause.sd = Math.sqrt(1 / precision)
    })
  return causes
}

/** `together` is the share of a job's slowness that its causes explain, divided equally among them. */
export const weightOf = (causes: number, together: number): number => (causes === 0 ? 0 : Math.sqrt(together / causes))
