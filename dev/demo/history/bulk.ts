import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../server/platform/db/pool.ts'

const ROWS = 5_000

/**
 * Writes rows into a table, some thousand with each statement. `shape` names the columns with their types, as
 * `jsonb_to_recordset` wants them.
 */
export const insertRows = async (db: Db, table: string, shape: string, rows: readonly object[]): Promise<void> => {
  const columns = shape.split(', ').map((c) => c.slice(0, c.indexOf(' ')))
  for (let i = 0; i < rows.length; i += ROWS)
    await sql`
      insert into ${sql.table(table)} (${sql.raw(columns.join(', '))})
      select * from jsonb_to_recordset(${JSON.stringify(rows.slice(i, i + ROWS))}::jsonb) as r(${sql.raw(shape)})
      on conflict do nothing`.execute(db)
}

export const time = (ms: number): string => new Date(ms).toISOString()
export const maybeTime = (ms: number | null): string | null => (ms === null ? null : time(ms))

/** A past event, as the log keeps it. */
export type PastEvent = {
  at: number
  type: string
  actor: { kind: string; id: string | null; name: string }
  subject: string
  about?: (string | null)[]
  team: string | null
  audience: 'internal' | 'requester'
  data: object
}

/** Writes events in the order of their times, with the index of what they are about. */
export const insertEvents = async (db: Db, events: readonly PastEvent[]): Promise<void> => {
  const sorted = events.toSorted((a, b) => a.at - b.at)
  for (let i = 0; i < sorted.length; i += ROWS) {
    const rows = sorted.slice(i, i + ROWS).map((e) => ({
      ...e,
      at: time(e.at),
      about: [...new Set([e.subject, ...(e.about ?? []).filter((r) => r !== null)])],
    }))
    await statement(JSON.stringify(rows)).execute(db)
  }
}

const statement = (rows: string): RawBuilder<unknown> => sql`
  with written as (
    insert into events (id, at, type, actor_kind, actor_id, actor_name, subject, about, team_id, audience, data)
    select gen_random_uuid(), at, type, actor->>'kind', actor->>'id', actor->>'name', subject, about, team, audience, data
    from jsonb_to_recordset(${rows}::jsonb)
      as r(at timestamptz, type text, actor jsonb, subject text, about text[], team uuid, audience text, data jsonb)
    returning seq, at, about)
  insert into event_about (ref, at, seq) select unnest(about), at, seq from written`
