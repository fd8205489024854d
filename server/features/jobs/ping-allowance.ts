import type { Platform } from '../../platform/platform.ts'
import { createRate } from '../../platform/rate.ts'

const USUAL_PER_SECOND = 50
const MOST_REMEMBERED = 100_000
const REMEMBERED_MS = 3_000

/**
 * How often a job may ping: null while it may go on, else its limit. A limit that is not the usual one is learnt from
 * the first ping; once it is passed, it is looked up whether it was changed.
 */
export const createAllowance = ({ db }: Platform) => {
  const rate = createRate()
  const limits = new Map<string, { limit: number; at: number }>()
  const learn = (jobId: string, limit: number): number => {
    if (limits.size >= MOST_REMEMBERED) limits.clear()
    limits.set(jobId, { limit, at: performance.now() })
    return limit
  }
  const lookUp = async (jobId: string): Promise<number> => {
    const known = limits.get(jobId)
    if (known && performance.now() - known.at < REMEMBERED_MS) return known.limit
    const row = await db.selectFrom('jobs').select('pings_per_second').where('id', '=', jobId).executeTakeFirst()
    return learn(jobId, row?.pings_per_second ?? USUAL_PER_SECOND)
  }
  return {
    /** A promise only where it has to be looked up: most may go on, and nobody waits for that. */
    exceeded(jobId: string): null | Promise<number | null> {
      const count = rate(jobId)
      if (count <= (limits.get(jobId)?.limit ?? USUAL_PER_SECOND)) return null
      return lookUp(jobId).then((limit) => (count > limit ? limit : null))
    },
    /** The limit of a job, as its last ping found it. */
    learn(jobId: string, limit: number) {
      if (limit !== USUAL_PER_SECOND) learn(jobId, limit)
      else if (limits.size > 0) limits.delete(jobId)
    },
  }
}
