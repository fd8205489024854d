import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import type { KeyState } from './key-state.ts'

export type KeyName = { sourceId: string; dedupKey: string }
export type NamedKey = KeyName & { key: KeyState }

// Times cross as whole milliseconds: parsing thousands of timestamps a second costs more than all the rest.
const ms = (column: string) => sql`(date_part('epoch', k.${sql.ref(column)}) * 1000)::int8`
const at = (column: string) => sql`to_timestamp(u.${sql.ref(column)} / 1000.0)`

const byName = (a: KeyName, b: KeyName) =>
  a.sourceId < b.sourceId
    ? -1
    : a.sourceId > b.sourceId
      ? 1
      : a.dedupKey < b.dedupKey
        ? -1
        : a.dedupKey > b.dedupKey
          ? 1
          : 0

/** Keys that are known to have a row, so that most batches need not try to make any. */
const made = new Set<string>()
const MOST_REMEMBERED = 100_000

export const nameOf = (n: KeyName): string => `${n.sourceId} ${n.dedupKey}`

/**
 * Takes keys for this transaction, making those that are new, and answers their states. Keys are sorted, and made before
 * any is taken, so that two batches wait for each other and never in a circle.
 */
export const lockKeys = async (db: Db, names: KeyName[], received: number): Promise<NamedKey[]> => {
  const sorted = [...names].sort(byName)
  await makeKeys(
    db,
    sorted.filter((n) => !made.has(nameOf(n))),
    received,
  )
  const taken = await takeKeys(db, sorted)
  if (taken.length === sorted.length) return taken
  // Remembered, but from a transaction that was rolled back.
  const found = new Set(taken.map(nameOf))
  await makeKeys(
    db,
    sorted.filter((n) => !found.has(nameOf(n))),
    received,
  )
  return takeKeys(db, sorted)
}

const makeKeys = async (db: Db, names: KeyName[], received: number): Promise<void> => {
  if (names.length === 0) return
  await sql`
    insert into alert_keys (source_id, dedup_key, last_signal_at)
    select s, k, to_timestamp(${received}::float8 / 1000)
    from unnest(${names.map((n) => n.sourceId)}::uuid[], ${names.map((n) => n.dedupKey)}::text[]) as u(s, k)
    on conflict do nothing`.execute(db)
  if (made.size + names.length > MOST_REMEMBERED) made.clear()
  for (const n of names) made.add(nameOf(n))
}

const columns = sql`k.source_id as "sourceId", k.dedup_key as "dedupKey", k.state, k.severity, k.flip,
  k.fired_flip as "firedFlip", ${ms('fired_at')} as "firedAt", k.fired_before as "firedBefore",
  ${ms('ended_at')} as "endedAt", ${ms('last_firing_at')} as "lastFiringAt",
  ${ms('last_resolved_at')} as "lastResolvedAt", ${ms('shown_at')} as "shownAt", k.shown_id as "shownId", k.occurrences`

const named = ({ sourceId, dedupKey, ...key }: KeyName & KeyState): NamedKey => ({ sourceId, dedupKey, key })

const takeKeys = async (db: Db, sorted: KeyName[]): Promise<NamedKey[]> => {
  const { rows } = await sql<KeyName & KeyState>`
    select ${columns}
    from unnest(${sorted.map((n) => n.sourceId)}::uuid[], ${sorted.map((n) => n.dedupKey)}::text[])
      with ordinality as u(s, k, n)
    join alert_keys k on k.source_id = u.s and k.dedup_key = u.k
    order by u.n for update of k`.execute(db)
  return rows.map(named)
}

/** Writes states back that this transaction took. */
export const keyUpdate = (rows: NamedKey[], received: number): RawBuilder<unknown> => {
  const of = <T>(pick: (r: NamedKey) => T) => rows.map(pick)
  return sql`
    update alert_keys k set state = u.state, severity = u.severity, flip = u.flip, fired_flip = u.fired_flip,
      fired_at = ${at('fired_at')}, fired_before = u.fired_before, ended_at = ${at('ended_at')},
      last_firing_at = ${at('last_firing_at')}, last_resolved_at = ${at('last_resolved_at')},
      last_signal_at = to_timestamp(${received}::float8 / 1000), shown_at = ${at('shown_at')}, shown_id = u.shown_id,
      occurrences = u.occurrences
    from unnest(${of((r) => r.sourceId)}::uuid[], ${of((r) => r.dedupKey)}::text[], ${of((r) => r.key.state)}::text[],
      ${of((r) => r.key.severity)}::text[], ${of((r) => r.key.flip)}::int[], ${of((r) => r.key.firedFlip)}::int[],
      ${of((r) => r.key.firedAt)}::float8[], ${of((r) => r.key.firedBefore)}::int8[],
      ${of((r) => r.key.endedAt)}::float8[], ${of((r) => r.key.lastFiringAt)}::float8[],
      ${of((r) => r.key.lastResolvedAt)}::float8[], ${of((r) => r.key.shownAt)}::float8[],
      ${of((r) => r.key.shownId)}::uuid[], ${of((r) => r.key.occurrences)}::int8[])
      as u(source_id, dedup_key, state, severity, flip, fired_flip, fired_at, fired_before, ended_at, last_firing_at,
        last_resolved_at, shown_at, shown_id, occurrences)
    where k.source_id = u.source_id and k.dedup_key = u.dedup_key`
}

/** The present state of a key, without taking it. */
export const readKey = async (db: Db, { sourceId, dedupKey }: KeyName): Promise<KeyState | null> => {
  const { rows } = await sql<KeyName & KeyState>`
    select ${columns} from alert_keys k where k.source_id = ${sourceId} and k.dedup_key = ${dedupKey}`.execute(db)
  return rows[0] ? named(rows[0]).key : null
}
