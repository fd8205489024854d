import { escalateInput, packetParts, type TicketActed } from '../../../../contract/desk/index.ts'
import { actorRow, userOf } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { invalid } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { verb } from '../../../platform/verb.ts'
import { urgencyOf } from '../brief.ts'
import { findLiveTeam, isMember } from '../people.ts'
import { recordAbout } from '../record.ts'
import { acted, saveTicket } from '../save.ts'
import { type Ticket, takeTicket } from '../ticket.ts'
import { ticketEscalated } from './events.ts'
import { pageReceivers } from './page.ts'
import { type Before, type Escalation, eventData, latestOf, storedPacket } from './rows.ts'

/**
 * Escalates a ticket to another team with a packet. It stands in that team's queue as not accepted yet; the team that
 * sent it answers for it until then, and whoever sent it has it if nobody did.
 */
export const escalateTicket = verb('ticket.escalate', {
  permission: 'ticket.work',
  input: escalateInput,
  async run(ctx, { id, teamId, page, ...packet }) {
    if (packet.since.epochMilliseconds > ctx.now().epochMilliseconds + SKEW_MS)
      throw invalid('since', 'must not be in the future')
    const ticket = await takeTicket(ctx, id, 'escalate')
    const to = await findLiveTeam(ctx, 'teamId', teamId)
    if (ticket.team_id === to.id)
      throw invalid('teamId', `${ticket.number} is with ${to.name} already; choose another team`)
    const saved = await saveTicket(ctx, ticket, {
      ...(await sendersOwn(ctx, ticket)),
      escalated_to: to.id,
      handled_at: ctx.now(),
      ...(ticket.state === 'new' ? { state: 'in_progress' } : {}),
    })
    const last = await latestOf(ctx, ticket.id)
    const escalation = await insert(ctx, { ticket, saved, to: to.id, packet: storedPacket(packet), last })
    const again = last?.to_team_id === to.id
    const data = { ...(await eventData(ctx, escalation)), seen: packet.seen, again }
    await recordAbout(ctx, saved, ticketEscalated, data, { milestone: true, about: [`team:${to.id}`] })
    // After it: the timeline reads who is paged as what follows from it.
    const paged = await pageReceivers(ctx, saved, { to, page: page ?? urgencyOf(ticket) === 'high', packet })
    await ctx.db.updateTable('escalations').set({ paged }).where('id', '=', escalation.id).execute()
    return acted(ctx, saved, { act: 'withdrawEscalation', input: { id: ticket.id } })
  },
})

/** The clock of whoever filled in the form may be a little ahead. */
const SKEW_MS = 5 * 60_000

const sendersOwn = async (ctx: Context, ticket: Ticket) => {
  const userId = userOf(ctx.actor)
  const teamId = ticket.team_id ?? (userId ? await firstTeam(ctx, userId) : null)
  const holds = ticket.assignee_id === null && userId && teamId && (await isMember(ctx, teamId, userId))
  return { team_id: teamId, ...(holds ? { assignee_id: userId } : {}) }
}

const firstTeam = async (ctx: Context, userId: string): Promise<string | null> =>
  (
    await ctx.db
      .selectFrom('team_members as m')
      .innerJoin('teams as t', 't.id', 'm.team_id')
      .select('t.id')
      .where('m.user_id', '=', userId)
      .where('t.archived_at', 'is', null)
      .orderBy('t.name')
      .limit(1)
      .executeTakeFirst()
  )?.id ?? null

type Sending = { ticket: Ticket; saved: Ticket; to: string; packet: string; last: Escalation | null }

const insert = async (ctx: Context, { ticket, saved, to, packet, last }: Sending): Promise<Escalation> => {
  const before: Before = { teamId: ticket.team_id, assigneeId: ticket.assignee_id, state: ticket.state }
  return ctx.db
    .insertInto('escalations')
    .values({
      id: newId(),
      ticket_id: ticket.id,
      round: (last?.round ?? 0) + 1,
      from_team_id: saved.team_id,
      from_user_id: userOf(ctx.actor),
      from_name: actorRow(ctx.actor).name,
      to_team_id: to,
      packet,
      state: 'pending',
      sent_at: ctx.now(),
      before: JSON.stringify({ sent: before }),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The act that sends the same packet again. */
export const sendAgain = (e: Escalation): TicketActed['undo'] => ({
  act: 'escalate',
  input: {
    id: e.ticket_id,
    teamId: e.to_team_id,
    page: false,
    ...Object.fromEntries(packetParts.map((part) => [part, (e.packet as Record<string, unknown>)[part]])),
  },
})
