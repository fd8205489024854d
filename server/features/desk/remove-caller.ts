import { z } from 'zod'
import { ticketRef } from '../../../contract/desk/index.ts'
import { notFound } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { countCallers } from './callers.ts'
import { ticketCallerRemoved } from './events-links.ts'
import { holdLinks } from './link-rows.ts'
import { recordAbout } from './record.ts'
import { acted } from './save.ts'
import { takeTicket } from './ticket.ts'

/** A call was logged on the wrong ticket. What was said stands in the timeline. */
export const removeCaller = verb('ticket.remove_caller', {
  permission: 'ticket.work',
  input: z.object({ id: ticketRef, callerId: z.uuid() }),
  async run(ctx, { id, callerId }) {
    await holdLinks(ctx)
    const ticket = await takeTicket(ctx, id, 'note')
    const gone = await ctx.db
      .deleteFrom('ticket_callers')
      .where('id', '=', callerId)
      .where('ticket_id', '=', ticket.id)
      .returning('words')
      .executeTakeFirst()
    if (!gone) throw notFound('The call')
    await recordAbout(ctx, ticket, ticketCallerRemoved, { words: gone.words })
    await countCallers(ctx, ticket.id)
    return acted(ctx, ticket)
  },
})
