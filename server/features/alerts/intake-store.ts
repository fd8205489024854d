import type { RawBuilder } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import { type DueInput, writeDue } from '../../platform/due.ts'
import type { Ingest } from '../../platform/ingest.ts'
import { createLanes, laneOf } from '../../platform/lanes.ts'
import type { Platform } from '../../platform/platform.ts'
import { createFloodGauge, dueOf } from './flip-due.ts'
import { countIntake, type JournalRow, journalInsert } from './journal.ts'
import { createKeyCache } from './key-cache.ts'
import { nameOf } from './key-rows.ts'
import type { Signal } from './signal.ts'
import { makeOf, type Received, storeSignals, writeMade } from './store-signals.ts'

/** One request: what was received, and what was read from it. */
export type Taken = { journal: JournalRow; signals: Signal[] }

/** What of a request belongs into one lane. One of its parts keeps the journal. */
type Part = { sourceId: string; journalId: string; journal: JournalRow | null; signals: Signal[] }

/** Requests of a flush; their signals are bounded by the size of a request. */
const MOST_IN_A_FLUSH = 500

/**
 * Keeps what tools send, many requests in one statement: journal, signals, states of their keys, counters. A key has its
 * lane. `put` resolves after the commit; a request whose keys lie in several lanes is committed in as many parts, and
 * fails when one of them does: what was kept of it then comes once more, as after an answer that was lost.
 */
export const createIntakeStore = (platform: Platform): Ingest<Taken, void> => {
  const { db, clock, log } = platform
  const known = createKeyCache()
  const priorityOf = createFloodGauge()

  /** Onto what is remembered: in a transaction only where there is more than the one statement. */
  const keepOnto = async ({ received, at, also }: Flush) => {
    const made = await makeOf(db, received, at, { take: false, known })
    const due = dueOf(made, at, priorityOf)
    if (due.length === 0) await writeMade(db, made, also)
    else
      await db.transaction().execute(async (tx) => {
        await writeMade(tx, made, also)
        await writeDue(tx, byKey(due))
      })
    return { written: made.written, due }
  }

  /** Another process is at the same keys: in turn. */
  const keepLocked = ({ received, at, also }: Flush) =>
    db.transaction().execute(async (tx) => {
      const stored = await storeSignals(tx, received, at, also, { take: true })
      const due = dueOf(stored, at, priorityOf)
      await writeDue(tx, byKey(due))
      return { written: stored.written, due }
    })

  const write = async (parts: Part[], { lane, again }: { lane: number; again: boolean }) => {
    const flush = flushOf(parts, Temporal.Instant.fromEpochMilliseconds(clock.ms()), lane)
    try {
      const { written, due } = await (again ? keepLocked(flush) : keepOnto(flush))
      known.put(written)
      if (due.length > 0) platform.committed()
      return parts.map(() => undefined)
    } catch (error) {
      known.forget(flush.received.map((r) => ({ sourceId: r.sourceId, dedupKey: r.signal.dedupKey })))
      throw error
    }
  }
  const { put, ...lanes } = createLanes('signals', log, write, MOST_IN_A_FLUSH)
  return {
    ...lanes,
    // Most have one part, thousands a second.
    put: (taken) => {
      const parts = partsOf(taken)
      const [[lane, part]] = parts
      if (parts.length === 1) return put(lane, part)
      return Promise.all(parts.map(([to, one]) => put(to, one))).then(() => undefined)
    },
  }
}

type Flush = { received: Received[]; at: Instant; also: RawBuilder<unknown>[] }

const flushOf = (parts: Part[], at: Instant, lane: number): Flush => {
  const journal = parts.flatMap((p) => p.journal ?? [])
  return {
    received: parts.flatMap(({ sourceId, journalId, signals }) =>
      signals.map((signal) => ({ sourceId, signal, journalId })),
    ),
    at,
    also: journal.length > 0 ? [journalInsert(journal, at), countIntake(journal, at, lane)] : [],
  }
}

const byKey = (due: DueInput[]) => new Map(due.map((d) => [d.key, d]))

type Placed = [lane: number, part: Part]

/** By the lanes of the keys; without any it is one part, in whichever. */
const partsOf = ({ journal, signals }: Taken): [Placed, ...Placed[]] => {
  const { id: journalId, sourceId } = journal
  const placeOf = (signal: Signal) => laneOf(nameOf({ sourceId, dedupKey: signal.dedupKey }))
  const [first, ...others] = signals
  const own = first ? placeOf(first) : laneOf(journalId)
  const parts: [Placed, ...Placed[]] = [[own, { sourceId, journalId, journal, signals: first ? [first] : [] }]]
  for (const signal of others) {
    const lane = placeOf(signal)
    const known = parts.find(([of]) => of === lane)
    if (known) known[1].signals.push(signal)
    else parts.push([lane, { sourceId, journalId, journal: null, signals: [signal] }])
  }
  return parts
}
