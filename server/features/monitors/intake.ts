import { type DueInput, writeDue } from '../../platform/due.ts'
import { isDatabaseAway, isRetryable } from '../../platform/errors.ts'
import { createIngest } from '../../platform/ingest.ts'
import type { Platform } from '../../platform/platform.ts'
import { applyLooks, type SeenLook } from './apply-looks.ts'
import { flipDue } from './flip.ts'

/** A minute of looks of 100,000 monitors; what is more is dropped, and shows as unobserved time. */
const MOST_PARKED = 100_000
const BATCH = 1_000
const RETRY_MS = 1_000
const TRIES = 4

export type Intake = {
  put(look: SeenLook): void
  /** Resolves when all is committed, or waits for the database to come back. */
  idle(): Promise<void>
  parked(): number
  dropped(): number
  stop(): Promise<void>
}

/**
 * Takes in what the looks saw. While the database is away they wait in memory, in order; nothing is decided before
 * they are committed.
 */
export const createIntake = (platform: Platform, most = MOST_PARKED): Intake => {
  const { log } = platform
  const ingest = createIngest('looks', log, (looks: SeenLook[]) => keep(platform, looks), BATCH)
  const parked: SeenLook[] = []
  let dropped = 0
  let isAway = false
  let timer: NodeJS.Timeout | null = null

  const park = (look: SeenLook) => {
    parked.push(look)
    if (parked.length <= most) return
    parked.shift()
    dropped++
  }

  const take = (look: SeenLook): Promise<void> =>
    ingest.put(look).then(noop, (error) => {
      if (!isDatabaseAway(error)) {
        log.error({ err: error, monitor: look.monitorId }, 'a look could not be kept')
        return
      }
      park(look)
      if (!isAway) log.warn({ err: error.message }, 'the database is away; what the monitors see waits in memory')
      isAway = true
      timer ??= setTimeout(retry, RETRY_MS)
    })

  const retry = async () => {
    timer = null
    // Several at once may have come back in any order.
    parked.sort((a, b) => (a.turn?.seq ?? 0) - (b.turn?.seq ?? 0))
    while (parked.length > 0) {
      const batch = parked.splice(0, BATCH)
      await Promise.all(batch.map(take))
      if (timer) return
    }
    isAway = false
    log.info({ dropped }, 'what the monitors saw while the database was away is kept now')
  }

  return {
    put(look) {
      if (isAway) park(look)
      else void take(look)
    },
    async idle() {
      // Two turns: what was rejected is parked in a turn of its own.
      await ingest.idle()
      await new Promise((done) => setImmediate(done))
    },
    parked: () => parked.length,
    dropped: () => dropped,
    async stop() {
      if (timer) clearTimeout(timer)
      await ingest.idle()
    },
  }
}

const noop = () => undefined

/** One transaction: the looks, and due work for each flip. */
const keep = async (platform: Platform, looks: SeenLook[]): Promise<boolean[]> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const { counted, flips } = await platform.db.transaction().execute(async (tx) => {
        const applied = await applyLooks(tx, looks)
        const due = applied.flips.map((f) => flipDue(f, platform.clock.now()))
        await writeDue(tx, new Map<string, DueInput>(due.map((d) => [d.key, d])))
        return applied
      })
      if (flips.length > 0) platform.committed()
      return counted
    } catch (error) {
      if (!isRetryable(error) || attempt >= TRIES) throw error
    }
  }
}
