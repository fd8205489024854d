import { requireScope, system } from '../../platform/access.ts'
import { createIngest, type Ingest } from '../../platform/ingest.ts'
import type { Platform } from '../../platform/platform.ts'
import { transact } from '../../platform/transact.ts'
import { createFloodGauge, dueOf } from './flip-due.ts'
import { countIntake, type JournalRow, journalInsert } from './journal.ts'
import type { Signal } from './signal.ts'
import { storeSignals } from './store-signals.ts'

/** One request: what was received, and what was read from it. */
export type Taken = { journal: JournalRow; signals: Signal[] }

/** Requests of a flush; their signals are bounded by the size of a request. */
const MOST_IN_A_FLUSH = 500

/**
 * Keeps what tools send, many requests in one transaction: journal, signals, states of their keys, due work for flips,
 * counters. `put` resolves after the commit. One transaction at a time in a process: two of them would mostly wait for
 * each other's keys (a source reports the same ones again and again), and meanwhile this process reads what comes next.
 */
export const createIntakeStore = (platform: Platform): Ingest<Taken, void> => {
  const priorityOf = createFloodGauge()
  const given = { actor: system, scope: requireScope(system, 'system') }
  const flush = (items: Taken[]) => {
    let tries = 0
    return transact(platform, given, async (ctx) => {
      const at = Temporal.Instant.fromEpochMilliseconds(ctx.now().epochMilliseconds)
      const journal = items.map((i) => i.journal)
      const received = items.flatMap((i) =>
        i.signals.map((signal) => ({ sourceId: i.journal.sourceId, signal, journalId: i.journal.id })),
      )
      const counted = journal.map((j) => ({ sourceId: j.sourceId, signals: j.signals, problem: j.problem }))
      const stored = await storeSignals(ctx.db, received, at, {
        // Another process may be at the same keys: then in turn.
        take: ++tries > 1,
        also: [journalInsert(journal, at), countIntake(counted, at)],
      })
      for (const work of dueOf(stored, at, priorityOf)) ctx.due(work)
      return items.map(() => undefined)
    })
  }
  return createIngest('signals', platform.log, flush, MOST_IN_A_FLUSH, 1)
}
