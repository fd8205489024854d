import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { About, Tie } from './letters.ts'

export type Reader = { id: string; email: string; tie: Tie; atDesk: boolean }
type Actor = { kind: string; id: string | null }

const atDesk = sql<boolean>`u.role in ('responder', 'lead', 'admin') or exists (select from team_members m where m.user_id = u.id)`

const addressIn = (from: string): string => (/<([^<>]*)>\s*$/.exec(from)?.[1] ?? from).trim().toLowerCase()

/**
 * Who is written to: never whoever did it, and never the desk's own address, whose mail would come back for ever. What
 * the desk says goes to all; what a requester or a watcher says goes to the requester, to whoever has the ticket and to
 * those of the desk who watch, so that thirty people whom an outage hurts do not write to each other.
 */
export const readersOf = async (ctx: Context, ticketId: string, actor: Actor): Promise<Reader[]> => {
  const byDesk = await isAtDesk(ctx, actor)
  const { rows } = await sql<Reader>`
    select distinct on (u.id) u.id, u.email, tied.tie, (${atDesk}) as "atDesk"
    from (
      select requester_id as user_id, 'requester' as tie, 1 as rank from tickets where id = ${ticketId}
      union all select user_id, 'watcher', 2 from watchers where ticket_id = ${ticketId}
      union all select user_id, 'affected', 4 from affected_people where ticket_id = ${ticketId}
      union all select assignee_id, 'owner', 3 from tickets where id = ${ticketId} and not ${byDesk}
    ) tied join users u on u.id = tied.user_id
    where u.disabled_at is null and lower(u.email) <> ${addressIn(ctx.config.MAIL_FROM)}
    order by u.id, tied.rank`.execute(ctx.db)
  const others = rows.filter((r) => actor.kind !== 'user' || r.id !== actor.id)
  return byDesk ? others : others.filter((r) => r.tie !== 'affected' && (r.tie !== 'watcher' || r.atDesk))
}

/** Colleagues who have or had the ticket, but for whoever did it. */
export const colleagues = async (
  ctx: Context,
  ties: readonly { id: string | null; tie: Tie }[],
  actor: Actor,
): Promise<Reader[]> => {
  const wanted = new Map(ties.flatMap(({ id, tie }) => (id && id !== actor.id ? [[id, tie] as const] : [])))
  if (wanted.size === 0) return []
  const found = await ctx.db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('id', 'in', [...wanted.keys()])
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  return found.map(({ id, email }) => ({ id, email, tie: wanted.get(id) as Tie, atDesk: true }))
}

const isAtDesk = async (ctx: Context, actor: Actor): Promise<boolean> => {
  if (actor.kind !== 'user' || actor.id === null) return true
  const { rows } = await sql<{ at: boolean }>`select (${atDesk}) as at from users u where u.id = ${actor.id}`.execute(
    ctx.db,
  )
  return rows[0]?.at ?? false
}

export type TicketFacts = About & { id: string; state: string; requesterId: string | null }

export const ticketFacts = async (ctx: Context, ticketId: string): Promise<TicketFacts | null> =>
  (await ctx.db
    .selectFrom('tickets')
    .leftJoin('services', 'services.id', 'tickets.service_id')
    // A merged ticket stands where the one stands that goes on in its place.
    .leftJoin('tickets as survivor', 'survivor.id', 'tickets.merged_into_id')
    .select((eb) => [
      'tickets.id',
      'tickets.number',
      'tickets.title',
      'tickets.kind',
      eb.fn.coalesce('survivor.state', 'tickets.state').as('state'),
      'tickets.requester_id as requesterId',
      'services.name as service',
    ])
    .where('tickets.id', '=', ticketId)
    .executeTakeFirst()) ?? null
