import type { Context } from '../../platform/context.ts'
import { ruledActor, type Ticket } from './ticket.ts'

/**
 * Is this act the first answer that the requester gets? Only a human's counts (specification of first response: the
 * first public message of a human), and never the requester's own.
 */
export const answersRequester = (ctx: Context, ticket: Ticket): boolean => {
  if (ticket.first_response_at !== null) return false
  const actor = ruledActor(ctx)
  const human = ctx.actor.kind === 'user' || ctx.actor.kind === 'link'
  return human && actor.desk && actor.userId !== ticket.requester_id
}
