import { sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { newId } from '../../platform/ids.ts'
import { storable } from './clean.ts'
import { type KeyName, lockKeys, saveKeys } from './key-rows.ts'
import { advance } from './key-state.ts'
import type { Signal } from './signal.ts'
import { plausible } from './when.ts'

export type Received = { sourceId: string; signal: Signal; journalId: string | null }

export type Flip = KeyName & { flip: number }
export type Stored = {
  /** Keys whose state or severity changed, with the number of the change. */
  flips: Flip[]
  /** Open alerts that their sender says somebody looks after. */
  acknowledged: Flip[]
}

type Row = Received & { id: string; sent: number | null }

const changesKeys = (s: Signal) => s.kind === 'firing' || s.kind === 'blind' || s.kind === 'resolved'
const touchesKeys = (s: Signal) => changesKeys(s) || s.kind === 'acknowledged'

/** As in the database, whole milliseconds. */
const millis = (at: Instant) => at.epochMilliseconds

/**
 * Keeps signals in the caller's transaction: a row each, and the newest state of their keys. A constant number of
 * statements, whatever the number of signals.
 *
 * @param at time of receipt, of all of them
 */
export const storeSignals = async (db: Db, received: Received[], at: Instant): Promise<Stored> => {
  const now = millis(at)
  const rows: Row[] = received.map((r) => {
    const sent = plausible(r.signal.at, at)
    return { ...r, id: newId(), sent: sent === null ? null : millis(sent) }
  })
  const stored = await advanceKeys(db, rows, now)
  await insertSignals(db, rows, now)
  return stored
}

const nameOf = (r: KeyName) => `${r.sourceId} ${r.dedupKey}`

const advanceKeys = async (db: Db, rows: Row[], now: number): Promise<Stored> => {
  const byKey = new Map<string, KeyName & { rows: Row[] }>()
  for (const row of rows) {
    if (!touchesKeys(row.signal)) continue
    const name = { sourceId: row.sourceId, dedupKey: row.signal.dedupKey }
    const known = byKey.get(nameOf(name))
    if (known) known.rows.push(row)
    else byKey.set(nameOf(name), { ...name, rows: [row] })
  }
  const stored: Stored = { flips: [], acknowledged: [] }
  if (byKey.size === 0) return stored
  const changed = []
  for (const { key: before, ...name } of await lockKeys(db, [...byKey.values()], now)) {
    const own = byKey.get(nameOf(name))?.rows ?? []
    const key = own.reduce(
      (k, { id, signal, sent }) =>
        advance(k, { id, kind: signal.kind, severity: signal.severity, sent, received: now }),
      before,
    )
    if (key !== before) changed.push({ ...name, key })
    if (key.flip !== before.flip) stored.flips.push({ ...name, flip: key.flip })
    if (key.state !== 'resolved' && own.some((r) => r.signal.kind === 'acknowledged'))
      stored.acknowledged.push({ ...name, flip: key.flip })
  }
  await saveKeys(db, changed, now)
  return stored
}

/** What stands in `body`; the rest has columns of its own. */
const bodyOf = ({ details, service, host, environment, labels, links, notes }: Signal): string =>
  storable(JSON.stringify({ details, service, host, environment, labels, links, notes }))

const insertSignals = async (db: Db, rows: Row[], now: number): Promise<void> => {
  const of = <T>(pick: (r: Row) => T) => rows.map(pick)
  await sql`
    insert into signals (source_id, at, id, dedup_key, kind, happened_at, severity, summary, body, journal_id)
    select s, to_timestamp(${now}::float8 / 1000), i, d, k, to_timestamp(h / 1000.0), v, m, b::jsonb, j
    from unnest(${of((r) => r.sourceId)}::uuid[], ${of((r) => r.id)}::uuid[], ${of((r) => r.signal.dedupKey)}::text[],
      ${of((r) => r.signal.kind)}::text[], ${of((r) => (r.signal.at ? millis(r.signal.at) : now))}::float8[],
      ${of((r) => r.signal.severity)}::text[], ${of((r) => r.signal.summary)}::text[],
      ${of((r) => bodyOf(r.signal))}::text[], ${of((r) => r.journalId)}::uuid[]) as u(s, i, d, k, h, v, m, b, j)`.execute(
    db,
  )
}
