import { reasonInput } from '../../../contract/desk/index.ts'
import { verb } from '../../platform/verb.ts'
import { endPage } from './brief.ts'
import { lapseEscalation } from './escalation/lapse.ts'
import { ticketCancelled } from './events.ts'
import { recordAbout } from './record.ts'
import { acted, saveTicket } from './save.ts'
import { takeTicket } from './ticket.ts'
import { notPending, wakeNoMore } from './wake.ts'

/** Cancels a ticket that is not wanted any more: the desk, or the requester who withdraws it. */
export const cancelTicket = verb('ticket.cancel', {
  permission: 'ticket.reply',
  input: reasonInput,
  async run(ctx, { id, reason }) {
    const ticket = await takeTicket(ctx, id, 'cancel')
    const saved = await saveTicket(ctx, ticket, { ...notPending, state: 'cancelled', handled_at: ctx.now() })
    wakeNoMore(ctx, saved)
    await recordAbout(ctx, saved, ticketCancelled, { reason }, { milestone: true, forRequester: true })
    await endPage(ctx, saved, 'Cancelled', reason)
    return acted(ctx, await lapseEscalation(ctx, saved), { act: 'reopen', input: { id: ticket.id } })
  },
})
