import { requireScope, system } from '../../platform/access.ts'
import { createIngest, type Ingest } from '../../platform/ingest.ts'
import type { Platform } from '../../platform/platform.ts'
import { transact } from '../../platform/transact.ts'
import { createFloodGauge, dueOf } from './flip-due.ts'
import { countIntake, type JournalRow, journalInsert } from './journal.ts'
import { createKeyCache } from './key-cache.ts'
import type { Signal } from './signal.ts'
import { storeSignals } from './store-signals.ts'

/** One request: what was received, and what was read from it. */
export type Taken = { journal: JournalRow; signals: Signal[] }

/** Requests of a flush; their signals are bounded by the size of a request. */
const MOST_IN_A_FLUSH = 500

/** While one flush is at the keys and commits, the next one begins; a large one writes its journal and signals. */
const FLUSHES_IN_FLIGHT = 2

/**
 * Keeps what tools send, many requests in one transaction: journal, signals, states of their keys, due work for flips,
 * counters. `put` resolves after the commit. In one process only one transaction at a time is at the keys: a source
 * reports the same ones again and again, and two of them would only wait for each other in the database.
 */
export const createIntakeStore = (platform: Platform): Ingest<Taken, void> => {
  const priorityOf = createFloodGauge()
  const given = { actor: system, scope: requireScope(system, 'system') }
  const turns = createTurns()
  const known = createKeyCache()
  const flush = async (items: Taken[]) => {
    const turn = turns()
    let tries = 0
    try {
      const written = await transact(platform, given, async (ctx) => {
        turn.end()
        const at = Temporal.Instant.fromEpochMilliseconds(ctx.now().epochMilliseconds)
        const journal = items.map((i) => i.journal)
        const received = items.flatMap((i) =>
          i.signals.map((signal) => ({ sourceId: i.journal.sourceId, signal, journalId: i.journal.id })),
        )
        const counted = journal.map((j) => ({ sourceId: j.sourceId, signals: j.signals, problem: j.problem }))
        const stored = await storeSignals(ctx.db, received, at, {
          // Another process may be at the same keys: then in turn.
          take: ++tries > 1,
          also: [journalInsert(journal, at)],
          counts: countIntake(counted, at),
          known,
          turn: turn.begin,
        })
        for (const work of dueOf(stored, at, priorityOf)) ctx.due(work)
        return stored.written
      })
      known.put(written)
      return items.map(() => undefined)
    } catch (error) {
      // Whether it was committed is not known when the connection broke.
      known.clear()
      throw error
    } finally {
      turn.end()
    }
  }
  return createIngest('signals', platform.log, flush, MOST_IN_A_FLUSH, FLUSHES_IN_FLIGHT)
}

/** One after the other: `begin` waits until all who began before have ended. */
const createTurns = () => {
  let last = Promise.resolve()
  return () => {
    let end = () => {}
    return {
      begin: async () => {
        const before = last
        last = new Promise((done) => {
          end = done
        })
        await before
      },
      end: () => end(),
    }
  }
}
