import { type Selectable, sql } from 'kysely'
import type { Severity } from '../../../contract/alerts/words.ts'
import type { Context } from '../../platform/context.ts'
import type { Alerts } from '../../platform/db/schema.gen.ts'
import { ref } from '../../platform/events.ts'
import type { Held } from './holds.ts'

export type Alert = Omit<Selectable<Alerts>, 'held' | 'severity' | 'status'> & {
  held: Held | null
  severity: Severity
  status: 'firing' | 'resolved' | 'expired' | 'blind'
}

/** A row as it was read, in its own words. */
export const asAlert = (row: Selectable<Alerts>): Alert => row as unknown as Alert

export const alertRef = (a: Pick<Alert, 'id'>): string => ref('alert', a.id)

/** Whose timelines an event about this alert belongs to. */
export const aboutAlert = (a: Pick<Alert, 'service_id' | 'ticket_id' | 'source_id'>): string[] => [
  ref('source', a.source_id),
  ...(a.service_id ? [ref('service', a.service_id)] : []),
  ...(a.ticket_id ? [ref('ticket', a.ticket_id)] : []),
]

/** The newest alert of a key. */
export const lastAlert = async (ctx: Context, sourceId: string, dedupKey: string): Promise<Alert | null> => {
  const row = await ctx.db
    .selectFrom('alerts')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('dedup_key', '=', dedupKey)
    .orderBy('flip', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? asAlert(row) : null
}

/** Takes an alert for an act: its row is locked until the transaction ends. */
export const lockAlert = async (ctx: Context, id: string): Promise<Alert | null> => {
  const row = await ctx.db.selectFrom('alerts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asAlert(row) : null
}

type Changes = Partial<
  Pick<
    Alert,
    | 'status'
    | 'flip'
    | 'severity'
    | 'title'
    | 'summary'
    | 'labels'
    | 'links'
    | 'priority'
    | 'route'
    | 'ticket_id'
    | 'held'
    | 'ended_at'
    | 'occurrences_end'
    | 'acknowledged_at'
    | 'acknowledged_by'
  >
>

const jsonColumns = ['labels', 'links', 'route', 'held', 'acknowledged_by'] as const

/** Writes changes; answers the row as it stands. */
export const saveAlert = async (ctx: Context, id: string, changes: Changes): Promise<Alert> => {
  const json = Object.fromEntries(
    jsonColumns.flatMap((c) =>
      changes[c] === undefined ? [] : [[c, changes[c] === null ? null : JSON.stringify(changes[c])]],
    ),
  )
  const row = await ctx.db
    .updateTable('alerts')
    .set((eb) => ({ ...changes, ...json, updated_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return asAlert(row)
}

/** One at a time, over all processes, until the transaction ends. */
export const inTurn = async (ctx: Context, name: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`alerts ${name}`}, 0))`.execute(ctx.db)
}
