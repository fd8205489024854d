import { sendBackInput, ticketInput } from '../../../../contract/desk/index.ts'
import { actorRow, userOf } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { verb } from '../../../platform/verb.ts'
import { findUser, teamMembers } from '../../identity/index.ts'
import { tellUser } from '../../notify/index.ts'
import { urgencyOf } from '../brief.ts'
import { isMember } from '../people.ts'
import { recordAbout } from '../record.ts'
import { acted, saveTicket } from '../save.ts'
import { type Ticket, takeTicket, ticketRef } from '../ticket.ts'
import { ticketEscalationRestored, ticketEscalationReturned } from './events.ts'
import { stopPaging } from './page.ts'
import { decide, type Escalation, eventData, latestIn, pendingOf, restore } from './rows.ts'
import { requireReceiver } from './who.ts'

/**
 * Sends an escalation back with a reason. The ticket is where it was: with the team that sent it and the person who
 * did, who is told; when he is gone, the leads of his team are. The packet stays.
 */
export const sendBackEscalation = verb('ticket.send_back_escalation', {
  permission: 'ticket.work',
  input: sendBackInput,
  async run(ctx, { id, reason }) {
    const ticket = await takeTicket(ctx, id, 'sendBackEscalation')
    const escalation = await pendingOf(ctx, ticket.id)
    await requireReceiver(ctx, escalation.to_team_id, 'send it back')
    const sender = await senderOf(ctx, escalation)
    const saved = await saveTicket(ctx, ticket, {
      escalated_to: null,
      handled_at: ctx.now(),
      ...(await holderOf(ctx, ticket, sender)),
    })
    const by = { id: userOf(ctx.actor), name: actorRow(ctx.actor).name }
    await decide(ctx, escalation, 'returned', by, { reason })
    const said = await eventData(ctx, escalation)
    await stopPaging(ctx, saved, `${by.name} sent ${ticket.number} back: ${reason}`)
    await tellSender(ctx, saved, { escalation, sender, by: by.name, team: said.to.name, reason })
    await recordAbout(
      ctx,
      saved,
      ticketEscalationReturned,
      { ...said, reason },
      {
        milestone: true,
        about: [`team:${said.to.id}`, ...(sender ? [`user:${sender}`] : [])],
      },
    )
    return acted(ctx, saved, { act: 'takeBackReturn', input: { id: ticket.id } })
  },
})

/** Who sent it, unless the person is gone. */
const senderOf = async (ctx: Context, { from_user_id: id }: Escalation): Promise<string | null> => {
  const user = id ? await findUser(ctx.db, id) : null
  return user && !user.disabled ? user.id : null
}

/** Whoever has it keeps it, unless he is gone; a sender who is still of the team has it then, else the queue. */
const holderOf = async (ctx: Context, ticket: Ticket, sender: string | null) => {
  const holder = ticket.assignee_id ? await findUser(ctx.db, ticket.assignee_id) : null
  if (holder && !holder.disabled) return {}
  const mayHold = sender && ticket.team_id && (await isMember(ctx, ticket.team_id, sender))
  return { assignee_id: mayHold ? sender : null }
}

type Return = { escalation: Escalation; sender: string | null; by: string; team: string; reason: string }

const tellSender = async (ctx: Context, ticket: Ticket, { escalation, sender, by, team, reason }: Return) => {
  const leads = async () => {
    if (!escalation.from_team_id) return []
    const members = await teamMembers(ctx.db, escalation.from_team_id)
    const leading = members.filter((m) => m.role === 'lead')
    return (leading.length > 0 ? leading : members).map((m) => m.id)
  }
  for (const userId of sender ? [sender] : await leads()) {
    if (userId === userOf(ctx.actor)) continue
    await tellUser(ctx, {
      userId,
      class: 'conversation',
      urgency: urgencyOf(ticket),
      message: {
        title: `Sent back: ${ticket.number} ${ticket.title}`,
        lines: [
          `${by} of ${team} sent your escalation back: ${reason}`,
          'The packet is on the ticket. Amend it and escalate again, or go on with it.',
        ],
        links: [{ label: `Open ${ticket.number}`, url: `/tickets/${ticket.number}` }],
      },
      subject: ticketRef(ticket),
      about: [ticketRef(ticket)],
      reason: sender ? 'You escalated it.' : 'Your team escalated it, and who did so has left.',
    })
  }
}

/** Takes a sending back back: it waits to be accepted again. */
export const takeBackReturn = verb('ticket.take_back_return', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await takeTicket(ctx, id, 'escalate')
    const escalation = await latestIn(ctx, ticket, 'returned')
    await requireReceiver(ctx, escalation.to_team_id, 'take that back')
    const saved = await saveTicket(ctx, ticket, { escalated_to: escalation.to_team_id, handled_at: ctx.now() })
    await restore(ctx, escalation)
    const { from: _, ...said } = await eventData(ctx, escalation)
    await recordAbout(ctx, saved, ticketEscalationRestored, said, { milestone: true, about: [`team:${said.to.id}`] })
    const { reason } = escalation
    return acted(ctx, saved, reason ? { act: 'sendBackEscalation', input: { id: ticket.id, reason } } : null)
  },
})
