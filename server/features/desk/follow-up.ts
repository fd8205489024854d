import type { Environment } from '../../../contract/base.ts'
import { stateWords, type TicketState } from '../../../contract/desk/index.ts'
import { userOf } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { cut } from '../../platform/text.ts'
import { ticketFollowedUp } from './events.ts'
import { callsForSomebody } from './open.ts'
import { openTicket } from './open-ticket.ts'
import { recordAbout } from './record.ts'
import { acted } from './save.ts'
import { type Ticket, ticketRef } from './ticket.ts'

/** Opens a new ticket for what is said after the old one was over; each names the other. */
export const followUp = async (
  ctx: Context,
  old: Ticket,
  body: string,
  state: TicketState,
  attachments: readonly string[],
) => {
  const opened = await openTicket(ctx, {
    kind: old.kind === 'incident' ? 'incident' : 'request',
    title: cut(`Again: ${old.title}`, 200),
    description: `Follows ${old.number} (${old.title}), which is ${stateWords[state]}.\n\n${body}`,
    via: ctx.actor.kind === 'key' ? 'api' : 'portal',
    serviceId: old.service_id,
    environment: old.environment as Environment,
    teamId: old.team_id,
    requesterId: userOf(ctx.actor),
    page: callsForSomebody,
    attachments,
  })
  const after = { id: opened.id, number: opened.number }
  await recordAbout(ctx, old, ticketFollowedUp, { after }, { forRequester: true, about: [ticketRef(opened)] })
  return { ...(await acted(ctx, old)), message: null, followUp: after }
}
