import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { newId } from '../../platform/ids.ts'
import { storable } from './clean.ts'
import { type KeyName, type NamedKey, nameOf, readKeys, writeKeys } from './key-rows.ts'
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

type How = {
  /**
   * Lock the keys. Without it they are read and written only if nobody else wrote them meanwhile, which costs half; then
   * it throws (code 40001) when another transaction was faster, and must be done again with `take`.
   */
  take: boolean
  /** Statements that write what belongs to the signals; they go out with them. */
  also: RawBuilder<unknown>[]
  /** Waits until nobody else in this process is at the keys. */
  turn?: () => Promise<void>
}

/**
 * Keeps signals in the caller's transaction: a row each, and the newest state of their keys. A constant number of
 * statements, whatever the number of signals.
 *
 * @param at time of receipt, of all of them, in whole milliseconds
 */
export const storeSignals = async (db: Db, received: Received[], at: Instant, how: How): Promise<Stored> => {
  const now = millis(at)
  const rows: Row[] = received.map((r) => {
    const sent = plausible(r.signal.at, at)
    return { ...r, id: newId(), sent: sent === null ? null : millis(sent) }
  })
  await writeAll(db, rows.length > 0 ? [...how.also, signalInsert(rows, now)] : how.also)
  const byKey = groupByKey(rows)
  if (byKey.size === 0) return { flips: [], acknowledged: [] }
  await how.turn?.()
  return advanceKeys(db, byKey, now, how.take)
}

/** Writes different tables in one round trip. */
const writeAll = async (db: Db, writes: RawBuilder<unknown>[]): Promise<void> => {
  const parts = writes.map((w, i) => sql`${sql.id(`w${i}`)} as (${w})`)
  if (parts.length > 0) await sql`with ${sql.join(parts)} select`.execute(db)
}

type ByKey = Map<string, KeyName & { rows: Row[] }>

const groupByKey = (rows: Row[]): ByKey => {
  const byKey: ByKey = new Map()
  for (const row of rows) {
    if (!touchesKeys(row.signal)) continue
    const name = { sourceId: row.sourceId, dedupKey: row.signal.dedupKey }
    const known = byKey.get(nameOf(name))
    if (known) known.rows.push(row)
    else byKey.set(nameOf(name), { ...name, rows: [row] })
  }
  return byKey
}

const advanceKeys = async (db: Db, byKey: ByKey, now: number, take: boolean): Promise<Stored> => {
  const stored: Stored = { flips: [], acknowledged: [] }
  const changed: NamedKey[] = []
  for (const { key: before, turn, ...name } of await readKeys(db, [...byKey.values()], take)) {
    const own = byKey.get(nameOf(name))?.rows ?? []
    const key = own.reduce(
      (k, { id, signal, sent }) =>
        advance(k, { id, kind: signal.kind, severity: signal.severity, sent, received: now }),
      before,
    )
    if (key !== before) changed.push({ ...name, key, turn })
    if (key.flip !== before.flip) stored.flips.push({ ...name, flip: key.flip })
    if (key.state !== 'resolved' && own.some((r) => r.signal.kind === 'acknowledged'))
      stored.acknowledged.push({ ...name, flip: key.flip })
  }
  if (changed.length > 0 && (await writeKeys(db, changed, now)) < changed.length) throw new KeysMoved()
  return stored
}

/** What stands in `body`; the rest has columns of its own. */
const bodyOf = ({ details, service, host, team, environment, labels, links, notes }: Signal): string =>
  storable(JSON.stringify({ details, service, host, team, environment, labels, links, notes }))

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
