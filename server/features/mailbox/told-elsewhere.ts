import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Reader } from './readers.ts'

/**
 * One reply may stand on many tickets, and somebody may follow several of them: he gets it once, on the ticket that was
 * answered if he follows that one, else on the first of the others. Answers those whose turn this message is.
 */
export const notToldElsewhere = async (
  ctx: Context,
  messageId: string,
  readers: readonly Reader[],
): Promise<Reader[]> => {
  if (readers.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with said as (select id, ticket_id, copy_of from messages where id = ${messageId}),
      earlier as (
        select m.ticket_id from said join messages m on m.id = said.copy_of
        union all
        select m.ticket_id from said join messages m on m.copy_of = said.copy_of
        where said.copy_of is not null and m.ticket_id < said.ticket_id)
    select u.id from unnest(${readers.map((r) => r.id)}::uuid[]) as u(id)
    where exists (select from earlier e join tickets t on t.id = e.ticket_id where t.requester_id = u.id)
      or exists (select from earlier e join watchers w on w.ticket_id = e.ticket_id where w.user_id = u.id)
      or exists (select from earlier e join affected_people a on a.ticket_id = e.ticket_id where a.user_id = u.id)`.execute(
    ctx.db,
  )
  const told = new Set(rows.map((r) => r.id))
  return readers.filter((r) => !told.has(r.id))
}
