import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import { plainArray } from '../../platform/db/plain-array.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { newId } from '../../platform/ids.ts'
import { storable } from './clean.ts'
import type { KeyCache } from './key-cache.ts'
import { byName, type KeyName, keysWrite, type NamedKey, nameOf, readKeys } from './key-rows.ts'
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
  /** Changes that a tool told of, by where they stand. */
  changes: { sourceId: string; dedupKey: string; id: string }[]
  /** The states as they now are, where they changed. */
  written: NamedKey[]
}

type Row = Received & { id: string; sent: number | null }

const changesKeys = (s: Signal) => s.kind === 'firing' || s.kind === 'blind' || s.kind === 'resolved'
const touchesKeys = (s: Signal) => changesKeys(s) || s.kind === 'acknowledged'

/** As in the database, whole milliseconds. */
const millis = (at: Instant) => at.epochMilliseconds

type How = {
  /**
   * Lock the keys. Without it they are read, and written only if nobody else wrote them meanwhile, which costs half; the
   * write fails, to be tried again, when another transaction was faster, and must be done again with `take`.
   */
  take: boolean
  /** States of keys that need not be read again. */
  known?: KeyCache
  /** When they came for the first time, if they could not be read then. */
  first?: Instant
}

/** What signals make of the states of their keys. Nothing of it is kept yet. */
export type Made = Stored & { rows: Row[]; at: number }

/** @param at time of receipt, of all of them, in whole milliseconds */
export const makeOf = async (db: Db, received: Received[], at: Instant, how: How): Promise<Made> => {
  const now = millis(at)
  const rows: Row[] = received.map((r) => {
    const sent = plausible(r.signal.at, how.first ?? at)
    return { ...r, id: newId(), sent: sent === null ? null : millis(sent) }
  })
  const stored = await nextStates(db, groupByKey(rows), now, how)
  return { ...stored, changes: rows.filter((r) => r.signal.kind === 'change').map(placeOf), rows, at: now }
}

/**
 * Writes a row for each signal, the newest state of their keys, and what else belongs to them, in one statement: of the
 * rows that others write as well, the keys in their order first, then those of `also`. Fails, to be tried again, when
 * somebody else wrote one of the keys meanwhile.
 */
export const writeMade = async (db: Db, { rows, written, at }: Made, also: RawBuilder<unknown>[]): Promise<void> => {
  const writes = rows.length > 0 ? [...also, signalInsert(rows, at)] : also
  const parts = writes.map((w, i) => sql`${sql.id(`w${i}`)} as (${w})`)
  if (written.length > 0) parts.push(sql`k as (${keysWrite(written, at)} returning 1)`)
  if (parts.length === 0) return
  const all = written.length > 0 ? sql`require_all((select count(*) from k), ${written.length}::int8)` : sql`1`
  await sql`${prepared} with ${sql.join(parts)} select ${all}`.execute(db)
}

/** Keeps signals in the caller's transaction. A constant number of statements, whatever the number of signals. */
export const storeSignals = async (
  db: Db,
  received: Received[],
  at: Instant,
  also: RawBuilder<unknown>[],
  how: How,
): Promise<Stored> => {
  const made = await makeOf(db, received, at, how)
  await writeMade(db, made, also)
  return made
}

const placeOf = ({ sourceId, signal, id }: Row) => ({ sourceId, dedupKey: signal.dedupKey, id })

const nextStates = async (db: Db, byKey: ByKey, now: number, { take, known, first }: How): Promise<Stored> => {
  const names: KeyName[] = [...byKey.values()]
  const found = take || !known ? [] : known.find(names)
  const have = new Set(found.map(nameOf))
  const missing = names.filter((name) => !have.has(nameOf(name)))
  const read = missing.length > 0 ? await readKeys(db, missing, take) : []
  const stored = advanceKeys(byKey, [...found, ...read], now, first)
  // A known state that was old is found out by its write. Where nothing is to be written, it must be read.
  const sure = found.length === 0 || stored.written.length === names.length
  return sure ? stored : advanceKeys(byKey, await readKeys(db, names, take), now, first)
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

const advanceKeys = (byKey: ByKey, keys: NamedKey[], now: number, first?: Instant): Stored => {
  const came = { received: now, first: first ? millis(first) : null }
  const stored: Stored = { flips: [], acknowledged: [], changes: [], written: [] }
  for (const { key: before, turn, ...name } of keys.sort(byName)) {
    const own = byKey.get(nameOf(name))?.rows ?? []
    const key = own.reduce(
      (k, { id, signal, sent }) =>
        advance(k, { id, kind: signal.kind, severity: signal.severity, sent, ...ownTimes(signal), ...came }),
      before,
    )
    if (key !== before) stored.written.push({ ...name, key, turn: turn + 1 })
    if (key.flip !== before.flip) stored.flips.push({ ...name, flip: key.flip })
    if (key.state !== 'resolved' && own.some((r) => r.signal.kind === 'acknowledged'))
      stored.acknowledged.push({ ...name, flip: key.flip })
  }
  return stored
}

const ownTimes = ({ at, spell }: Signal) => ({ said: at && millis(at), spell: spell ? millis(spell) : null })

/** What stands in `body`; the rest has columns of its own. */
const bodyOf = ({ details, told, service, host, team, environment, labels, links, notes }: Signal): string =>
  storable(JSON.stringify({ details, told, service, host, team, environment, labels, links, notes }))

const signalInsert = (rows: Row[], now: number): RawBuilder<unknown> => {
  const of = <T>(pick: (r: Row) => T) => rows.map(pick)
  const plain = (pick: (r: Row) => string | number | null) => plainArray(rows.map(pick))
  return sql`
    insert into signals (source_id, at, id, dedup_key, kind, happened_at, severity, summary, body, journal_id)
    select s, to_timestamp(${now}::float8 / 1000), i, d, k, to_timestamp(h / 1000.0), v, m, b::jsonb, j
    from unnest(${plain((r) => r.sourceId)}::uuid[], ${plain((r) => r.id)}::uuid[],
      ${of((r) => r.signal.dedupKey)}::text[], ${plain((r) => r.signal.kind)}::text[],
      ${plain((r) => (r.signal.at ? millis(r.signal.at) : now))}::float8[], ${plain((r) => r.signal.severity)}::text[],
      ${of((r) => r.signal.summary)}::text[], ${of((r) => bodyOf(r.signal))}::text[],
      ${plain((r) => r.journalId)}::uuid[]) as u(s, i, d, k, h, v, m, b, j)`
}
