import { ticketInput } from '../../../contract/desk/index.ts'
import { verb } from '../../platform/verb.ts'
import { closeLater, closeNoMore } from './close-by-itself.ts'
import { ticketClosed, ticketClosureTakenBack } from './events.ts'
import { recordAbout } from './record.ts'
import { acted, saveTicket } from './save.ts'
import { takeTicket } from './ticket.ts'

/** Closes a resolved ticket: the desk, or the requester who confirms that it is solved. */
export const closeTicket = verb('ticket.close', {
  permission: 'ticket.reply',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await takeTicket(ctx, id, 'close')
    const saved = await saveTicket(ctx, ticket, { state: 'closed', closed_at: ctx.now(), handled_at: ctx.now() })
    closeNoMore(ctx, saved)
    await recordAbout(ctx, saved, ticketClosed, { afterDays: null }, { forRequester: true, mirrored: true })
    return acted(ctx, saved, { act: 'takeBackClosure', input: { id: ticket.id } })
  },
})

/** Takes a closing back that was a mistake. Work on it goes on only once it is reopened as well. */
export const takeBackClosure = verb('ticket.take_back_closure', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await takeTicket(ctx, id, 'takeBackClosure')
    const saved = await saveTicket(ctx, ticket, { state: 'resolved', closed_at: null, handled_at: ctx.now() })
    await closeLater(ctx, saved)
    await recordAbout(ctx, saved, ticketClosureTakenBack, {}, { forRequester: true })
    return acted(ctx, saved, { act: 'close', input: { id: ticket.id } })
  },
})
