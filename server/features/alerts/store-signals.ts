import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { newId } from '../../platform/ids.ts'
import { storable } from './clean.ts'
import { type KeyName, keyUpsert, type NamedKey, nameOf, readKeys } from './key-rows.ts'
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

/** Somebody else wrote one of the keys meanwhile; the code is PostgreSQL's for "try the transaction again". */
class KeysMoved extends Error {
  readonly code = '40001'
  constructor() {
    super('The state of a key was changed by another batch.')
  }
}

/**
 * Keeps signals in the caller's transaction: a row each, and the newest state of their keys. A constant number of
 * statements, whatever the number of signals. Without `take` the keys are read but not locked, which costs half; then it
 * throws (code 40001) when another transaction was faster, and must be done again with `take`.
 *
 * @param at time of receipt, of all of them, in whole milliseconds
 * @param also statements that write what belongs to them; everything goes out as one
 */
export const storeSignals = async (
  db: Db,
  received: Received[],
  at: Instant,
  { take, also }: { take: boolean; also: RawBuilder<unknown>[] },
): Promise<Stored> => {
  const now = millis(at)
  const rows: Row[] = received.map((r) => {
    const sent = plausible(r.signal.at, at)
    return { ...r, id: newId(), sent: sent === null ? null : millis(sent) }
  })
  const { changed, ...stored } = await advanceKeys(db, rows, now, take)
  const writes = rows.length > 0 ? [...also, signalInsert(rows, now)] : also
  if ((await allAtOnce(db, changed, now, writes)) < changed.length) throw new KeysMoved()
  return stored
}

/** Writes different tables in one round trip; answers how many keys were written. */
const allAtOnce = async (db: Db, keys: NamedKey[], now: number, writes: RawBuilder<unknown>[]): Promise<number> => {
  const parts = writes.map((w, i) => sql`${sql.id(`w${i}`)} as (${w})`)
  if (keys.length > 0) parts.push(sql`keys as (${keyUpsert(keys, now)})`)
  if (parts.length === 0) return 0
  const { rows } = await sql<{ n: number }>`
    with ${sql.join(parts)} select ${keys.length > 0 ? sql`(select count(*) from keys)` : sql`0`} as n`.execute(db)
  return rows[0]?.n ?? 0
}

const advanceKeys = async (
  db: Db,
  rows: Row[],
  now: number,
  take: boolean,
): Promise<Stored & { changed: NamedKey[] }> => {
  const byKey = new Map<string, KeyName & { rows: Row[] }>()
  for (const row of rows) {
    if (!touchesKeys(row.signal)) continue
    const name = { sourceId: row.sourceId, dedupKey: row.signal.dedupKey }
    const known = byKey.get(nameOf(name))
    if (known) known.rows.push(row)
    else byKey.set(nameOf(name), { ...name, rows: [row] })
  }
  const stored: Stored & { changed: NamedKey[] } = { flips: [], acknowledged: [], changed: [] }
  if (byKey.size === 0) return stored
  for (const { key: before, turn, ...name } of await readKeys(db, [...byKey.values()], take)) {
    const own = byKey.get(nameOf(name))?.rows ?? []
    const key = own.reduce(
      (k, { id, signal, sent }) =>
        advance(k, { id, kind: signal.kind, severity: signal.severity, sent, received: now }),
      before,
    )
    if (key !== before) stored.changed.push({ ...name, key, turn })
    if (key.flip !== before.flip) stored.flips.push({ ...name, flip: key.flip })
    if (key.state !== 'resolved' && own.some((r) => r.signal.kind === 'acknowledged'))
      stored.acknowledged.push({ ...name, flip: key.flip })
  }
  return stored
}

/** What stands in `body`; the rest has columns of its own. */
const bodyOf = ({ details, service, host, environment, labels, links, notes }: Signal): string =>
  storable(JSON.stringify({ details, service, host, environment, labels, links, notes }))

const signalInsert = (rows: Row[], now: number): RawBuilder<unknown> => {
  const of = <T>(pick: (r: Row) => T) => rows.map(pick)
  return sql`
    insert into signals (source_id, at, id, dedup_key, kind, happened_at, severity, summary, body, journal_id)
    select s, to_timestamp(${now}::float8 / 1000), i, d, k, to_timestamp(h / 1000.0), v, m, b::jsonb, j
    from unnest(${of((r) => r.sourceId)}::uuid[], ${of((r) => r.id)}::uuid[], ${of((r) => r.signal.dedupKey)}::text[],
      ${of((r) => r.signal.kind)}::text[], ${of((r) => (r.signal.at ? millis(r.signal.at) : now))}::float8[],
      ${of((r) => r.signal.severity)}::text[], ${of((r) => r.signal.summary)}::text[],
      ${of((r) => bodyOf(r.signal))}::text[], ${of((r) => r.journalId)}::uuid[]) as u(s, i, d, k, h, v, m, b, j)`
}
