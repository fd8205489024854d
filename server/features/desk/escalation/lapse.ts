import { sql } from 'kysely'
import { isOpen, type TicketState } from '../../../../contract/desk/index.ts'
import { actorRow, userOf } from '../../../platform/access.ts'
import { millisBetween } from '../../../platform/clock.ts'
import type { Context } from '../../../platform/context.ts'
import { recordAbout } from '../record.ts'
import { saveTicket } from '../save.ts'
import { ruledActor, type Ticket } from '../ticket.ts'
import { ticketEscalationLapsed, ticketEscalationRestored } from './events.ts'
import { decide, eventData, latestOf, pendingOf, restore } from './rows.ts'

/** A ticket that is over is escalated no longer. Inner function, for whatever ends a ticket. */
export const lapseEscalation = async (ctx: Context, ticket: Ticket): Promise<Ticket> => {
  if (ticket.escalated_to === null || isOpen(ticket.state as TicketState)) return ticket
  const escalation = await pendingOf(ctx, ticket.id)
  const saved = await saveTicket(ctx, ticket, { escalated_to: null })
  await decide(ctx, escalation, 'lapsed', { id: userOf(ctx.actor), name: actorRow(ctx.actor).name })
  const { from: _, ...said } = await eventData(ctx, escalation)
  await recordAbout(ctx, saved, ticketEscalationLapsed, said, { about: [`team:${said.to.id}`] })
  return saved
}

/** Of these tickets, those that an escalation lapsed with. */
export const lapsedOf = async (ctx: Context, ticketIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ id: string }>`
    select distinct ticket_id as id from escalations
    where ticket_id = any(${[...ticketIds]}::uuid[]) and state = 'lapsed'`.execute(ctx.db)
  return new Set(rows.map((r) => r.id))
}

const SLIP_MS = 60_000

/** An ending that the desk takes back within a minute was a slip: what lapsed with it waits to be accepted again. */
export const unlapseEscalation = async (ctx: Context, ticket: Ticket): Promise<Ticket> => {
  const last = await latestOf(ctx, ticket.id)
  const slip = last?.decided_at && ruledActor(ctx).desk && millisBetween(last.decided_at, ctx.now()) < SLIP_MS
  if (last?.state !== 'lapsed' || !slip) return ticket
  const saved = await saveTicket(ctx, ticket, { escalated_to: last.to_team_id })
  await restore(ctx, last)
  const { from: _, ...said } = await eventData(ctx, last)
  await recordAbout(ctx, saved, ticketEscalationRestored, said, { about: [`team:${said.to.id}`] })
  return saved
}
