import type { Context } from '../../platform/context.ts'
import type { EventType } from '../../platform/events.ts'
import { type HowRecorded, recordAbout } from './record.ts'
import { saveTicket } from './save.ts'
import { lockTicket } from './ticket.ts'

/**
 * Says in a sentence why a ticket cannot be resolved yet, for the verbs, the buttons and the API alike; null takes it
 * away. Requesters may read it. Inner function; the caller records the event about it.
 */
export const heldBack = async (ctx: Context, ticketId: string, why: string | null): Promise<void> => {
  const ticket = await lockTicket(ctx, ticketId)
  if (ticket && ticket.held !== why) await saveTicket(ctx, ticket, { held: why })
}

/** Records an event of another feature about a ticket, as the desk records its own. Inner function. */
export const recordOn = async <D extends { number: string }>(
  ctx: Context,
  ticketId: string,
  type: EventType<D>,
  data: Omit<D, 'number'>,
  how: HowRecorded = {},
): Promise<void> => {
  const ticket = await lockTicket(ctx, ticketId)
  if (ticket) await recordAbout(ctx, ticket, type, data, how)
}
