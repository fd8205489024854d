import { messageInput } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { ticketNoted } from './events.ts'
import { addMessage, filesOf } from './messages.ts'
import { recordAbout } from './record.ts'
import { acted, saveTicket } from './save.ts'
import { lockTicket, type Ticket, takeTicket } from './ticket.ts'

/** Writes an internal note. It may be written in every state: what was learnt later belongs to the ticket as well. */
export const noteTicket = verb('ticket.note', {
  permission: 'ticket.work',
  input: messageInput,
  async run(ctx, { id, body, attachments }) {
    const ticket = await takeTicket(ctx, id, 'note')
    const { message, saved } = await keepNote(ctx, ticket, body, attachments)
    return { ...(await acted(ctx, saved)), message }
  },
})

const keepNote = async (ctx: Context, ticket: Ticket, body: string, attachments: readonly string[] = []) => {
  const message = await addMessage(ctx, ticket.id, 'internal', body, attachments)
  const saved = await saveTicket(ctx, ticket, {})
  await recordAbout(ctx, saved, ticketNoted, { messageId: message.id, body: message.body, ...filesOf(message) })
  return { message, saved }
}

/** Writes an internal note in the name of whoever acts. Inner function; does nothing when there is no such ticket. */
export const noteOn = async (ctx: Context, ticketId: string, text: string): Promise<void> => {
  const ticket = await lockTicket(ctx, ticketId)
  if (ticket) await keepNote(ctx, ticket, text)
}
