import { ticketInput } from '../../../../contract/desk/index.ts'
import { actorRow, userOf } from '../../../platform/access.ts'
import { verb } from '../../../platform/verb.ts'
import { recordAbout } from '../record.ts'
import { acted, saveTicket } from '../save.ts'
import { takeTicket } from '../ticket.ts'
import { sendAgain } from './escalate.ts'
import { ticketEscalationWithdrawn } from './events.ts'
import { stopPaging } from './page.ts'
import { type Before, decide, eventData, pendingOf } from './rows.ts'
import { requireSender } from './who.ts'

/** Takes an escalation back before it is accepted: the ticket is as it was before. */
export const withdrawEscalation = verb('ticket.withdraw_escalation', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await takeTicket(ctx, id, 'withdrawEscalation')
    const escalation = await pendingOf(ctx, ticket.id)
    await requireSender(ctx, escalation)
    const { sent } = escalation.before as { sent: Before }
    const { from_user_id: sender } = escalation
    const saved = await saveTicket(ctx, ticket, {
      escalated_to: null,
      handled_at: ctx.now(),
      // What escalating gave the sender goes back; what a person decided since stays.
      ...(ticket.assignee_id === sender && sent.assigneeId === null ? { assignee_id: null } : {}),
      ...(sent.teamId === null ? { team_id: null } : {}),
      ...(sent.state === 'new' && ticket.state === 'in_progress' ? { state: 'new' } : {}),
    })
    await decide(ctx, escalation, 'withdrawn', { id: userOf(ctx.actor), name: actorRow(ctx.actor).name })
    const { from: _, ...said } = await eventData(ctx, escalation)
    await stopPaging(ctx, saved, `The escalation of ${ticket.number} was taken back.`)
    await recordAbout(ctx, saved, ticketEscalationWithdrawn, said, { milestone: true, about: [`team:${said.to.id}`] })
    return acted(ctx, saved, sendAgain(escalation))
  },
})
