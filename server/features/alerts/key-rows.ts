import { type RawBuilder, sql } from 'kysely'
import { plainArray } from '../../platform/db/plain-array.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { freshKey, type KeyState } from './key-state.ts'

export type KeyName = { sourceId: string; dedupKey: string }
export type NamedKey = KeyName & { key: KeyState; turn: number }

// Times cross as whole milliseconds: parsing thousands of timestamps a second costs more than all the rest.
const ms = (column: string) => sql`(date_part('epoch', k.${sql.ref(column)}) * 1000)::int8`
const at = (column: string) => sql`to_timestamp(u.${sql.ref(column)} / 1000.0)`

export const byName = (a: KeyName, b: KeyName) =>
  a.sourceId < b.sourceId
    ? -1
    : a.sourceId > b.sourceId
      ? 1
      : a.dedupKey < b.dedupKey
        ? -1
        : a.dedupKey > b.dedupKey
          ? 1
          : 0

export const nameOf = (n: KeyName): string => `${n.sourceId} ${n.dedupKey}`

const columns = sql`k.source_id as "sourceId", k.dedup_key as "dedupKey", k.state, k.severity, k.flip,
  k.fired_flip as "firedFlip", ${ms('fired_at')} as "firedAt", k.fired_before as "firedBefore",
  ${ms('ended_at')} as "endedAt", ${ms('last_firing_at')} as "lastFiringAt",
  ${ms('last_resolved_at')} as "lastResolvedAt", ${ms('fired_spell')} as "firedSpell", ${ms('shown_at')} as "shownAt", k.shown_id as "shownId",
  k.occurrences, k.turn`

type Row = KeyName & KeyState & { turn: number }

const named = ({ sourceId, dedupKey, turn, ...key }: Row): NamedKey => ({ sourceId, dedupKey, turn, key })

/**
 * The states of keys, sorted, new ones included. `names`: each once. With `take` their rows are locked until the transaction
 * ends: new ones and those that are there in one pass, so that all who do so take them in the same order and wait for each
 * other, never in a circle.
 */
export const readKeys = async (db: Db, names: KeyName[], take: boolean): Promise<NamedKey[]> => {
  const sorted = [...names].sort(byName)
  const wanted = sql`unnest(${sorted.map((n) => n.sourceId)}::uuid[], ${sorted.map((n) => n.dedupKey)}::text[]) as u(s, k)`
  const { rows } = await (take
    ? sql<Row>`${prepared}
      insert into alert_keys as k (source_id, dedup_key, last_signal_at) select u.s, u.k, 'epoch' from ${wanted}
      on conflict (source_id, dedup_key) do update set turn = k.turn returning ${columns}`
    : sql<Row>`${prepared}
      select ${columns} from ${wanted} join alert_keys k on k.source_id = u.s and k.dedup_key = u.k`
  ).execute(db)
  const found = new Map(rows.map((r) => [nameOf(r), r]))
  return sorted.map((n) => {
    const row = found.get(nameOf(n))
    return row ? named(row) : { ...n, turn: 0, key: freshKey }
  })
}

/**
 * Writes states, in the order given, of keys that nobody has written since they were read (their turn is one less), so
 * that fewer rows written than given mean that somebody has.
 */
export const keysWrite = (rows: NamedKey[], received: number): RawBuilder<unknown> => {
  const of = (pick: (r: NamedKey) => string | number | null) => plainArray(rows.map(pick))
  return sql`
    insert into alert_keys as k (source_id, dedup_key, state, severity, flip, fired_flip, fired_at, fired_before,
      ended_at, last_firing_at, last_resolved_at, fired_spell, last_signal_at, shown_at, shown_id, occurrences, turn)
    select source_id, dedup_key, state, severity, flip, fired_flip, ${at('fired_at')}, fired_before, ${at('ended_at')},
      ${at('last_firing_at')}, ${at('last_resolved_at')}, ${at('fired_spell')}, to_timestamp(${received}::float8 / 1000), ${at('shown_at')},
      shown_id, occurrences, turn
    from unnest(${of((r) => r.sourceId)}::uuid[], ${rows.map((r) => r.dedupKey)}::text[], ${of((r) => r.key.state)}::text[],
      ${of((r) => r.key.severity)}::text[], ${of((r) => r.key.flip)}::int[], ${of((r) => r.key.firedFlip)}::int[],
      ${of((r) => r.key.firedAt)}::float8[], ${of((r) => r.key.firedBefore)}::int8[],
      ${of((r) => r.key.endedAt)}::float8[], ${of((r) => r.key.lastFiringAt)}::float8[],
      ${of((r) => r.key.lastResolvedAt)}::float8[], ${of((r) => r.key.firedSpell)}::float8[], ${of((r) => r.key.shownAt)}::float8[],
      ${of((r) => r.key.shownId)}::uuid[], ${of((r) => r.key.occurrences)}::int8[], ${of((r) => r.turn)}::int8[])
      as u(source_id, dedup_key, state, severity, flip, fired_flip, fired_at, fired_before, ended_at, last_firing_at,
        last_resolved_at, fired_spell, shown_at, shown_id, occurrences, turn)
    on conflict (source_id, dedup_key) do update set state = excluded.state, severity = excluded.severity,
      flip = excluded.flip, fired_flip = excluded.fired_flip, fired_at = excluded.fired_at,
      fired_before = excluded.fired_before, ended_at = excluded.ended_at, last_firing_at = excluded.last_firing_at,
      last_resolved_at = excluded.last_resolved_at, fired_spell = excluded.fired_spell, last_signal_at = excluded.last_signal_at,
      shown_at = excluded.shown_at, shown_id = excluded.shown_id, occurrences = excluded.occurrences, turn = excluded.turn
      where k.turn = excluded.turn - 1`
}

/** The present state of a key, without taking it. */
export const readKey = async (db: Db, { sourceId, dedupKey }: KeyName): Promise<KeyState | null> => {
  const { rows } = await sql<Row>`${prepared}
    select ${columns} from alert_keys k where k.source_id = ${sourceId} and k.dedup_key = ${dedupKey}`.execute(db)
  return rows[0] ? named(rows[0]).key : null
}
