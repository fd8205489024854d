import { type DueInput, writeDue } from '../../platform/due.ts'
import { isRetryable } from '../../platform/errors.ts'
import { createIngest, type Ingest } from '../../platform/ingest.ts'
import type { Platform } from '../../platform/platform.ts'
import { type Answer, applyPings, type TakenPing } from './apply-pings.ts'
import { flipDue } from './flip.ts'

const BATCH = 1_000
/** While one flush is at the states and commits, the next one reads. */
const FLUSHES_IN_FLIGHT = 2
const TRIES = 4

/** Keeps pings, many in one transaction; `put` resolves after the commit. */
export const createPingStore = (platform: Platform): Ingest<TakenPing, Answer> =>
  createIngest('pings', platform.log, (pings: TakenPing[]) => keep(platform, pings), BATCH, FLUSHES_IN_FLIGHT)

const keep = async (platform: Platform, pings: TakenPing[]): Promise<Answer[]> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const { answers, flips } = await platform.db.transaction().execute(async (tx) => {
        const applied = await applyPings(tx, pings)
        const due = applied.flips.map((f) => flipDue(f, platform.clock.now()))
        await writeDue(tx, new Map<string, DueInput>(due.map((d) => [d.key, d])))
        return applied
      })
      if (flips.length > 0) platform.committed()
      return answers
    } catch (error) {
      if (!isRetryable(error) || attempt >= TRIES) throw error
    }
  }
}
