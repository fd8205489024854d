import { requireScope, system } from '../../platform/access.ts'
import type { DueInput } from '../../platform/due.ts'
import { createIngest, type Ingest } from '../../platform/ingest.ts'
import type { Platform } from '../../platform/platform.ts'
import { transact } from '../../platform/transact.ts'
import { createFloodGauge, dueOf } from './flip-due.ts'
import { countIntake, insertJournal, type JournalRow } from './journal.ts'
import type { Signal } from './signal.ts'
import { storeSignals } from './store-signals.ts'

/** One request: what was received, and what was read from it. */
export type Taken = { journal: JournalRow; signals: Signal[] }

/** Requests of a flush; their signals are bounded by the size of a request. */
const MOST_IN_A_FLUSH = 500

/**
 * Keeps what tools send, many requests in one transaction: journal, signals, states of their keys, due work for flips,
 * counters. `put` resolves after the commit.
 */
export const createIntakeStore = (platform: Platform): Ingest<Taken, void> => {
  const priorityOf = createFloodGauge()
  const given = { actor: system, scope: requireScope(system, 'system') }
  const flush = (items: Taken[]) =>
    transact(platform, given, async (ctx) => {
      const at = Temporal.Instant.fromEpochMilliseconds(ctx.now().epochMilliseconds)
      await insertJournal(
        ctx.db,
        items.map((i) => i.journal),
        at,
      )
      const received = items.flatMap(({ journal, signals }) =>
        signals.map((signal) => ({ sourceId: journal.sourceId, signal, journalId: journal.id })),
      )
      const due: DueInput[] = received.length > 0 ? dueOf(await storeSignals(ctx.db, received, at), at, priorityOf) : []
      for (const work of due) ctx.due(work)
      await countIntake(
        ctx.db,
        items.map(({ journal, signals }) => ({
          sourceId: journal.sourceId,
          signals: signals.length,
          problem: journal.problem,
        })),
        at,
      )
      return items.map(() => undefined)
    })
  return createIngest('signals', platform.log, flush, MOST_IN_A_FLUSH)
}
