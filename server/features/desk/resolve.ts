import { can, isOpen, resolveInput, type TicketState } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { addChange } from '../catalog/index.ts'
import { endPages } from './brief.ts'
import { takeChildren } from './children.ts'
import { closeLater } from './close-by-itself.ts'
import { lapseEscalation } from './escalation/lapse.ts'
import { ticketResolved } from './events.ts'
import { holdLinks } from './link-rows.ts'
import { recordAboutAll } from './record.ts'
import { answersRequester } from './response.ts'
import { acted, saveTickets } from './save.ts'
import { keepText } from './search-text.ts'
import { lockTicket, ruled, ruledActor, type Ticket, takeTicket, ticketRef } from './ticket.ts'
import { asWaiting, notPending, wakeNoMore } from './wake.ts'

/** Resolves a ticket; the requester reads the resolution. It closes by itself some days later. */
export const resolveTicket = verb('ticket.resolve', {
  permission: 'ticket.work',
  input: resolveInput,
  async run(ctx, { id, resolution, children }) {
    if (children) await holdLinks(ctx)
    const ticket = await takeTicket(ctx, id, 'resolve')
    const under = children ? (await takeChildren(ctx, ticket)).filter(resolvable(ctx)) : []
    const [saved] = await resolveAll(ctx, [ticket, ...under], resolution, true)
    const waiting = [ticket, ...under].flatMap(asWaiting)
    const more = { ...(children ? { children } : {}), ...(waiting.length > 0 ? { waiting } : {}) }
    return acted(ctx, saved ?? ticket, { act: 'reopen', input: { id: ticket.id, ...more } })
  },
})

// What waits for an approval or a step of its own stays open.
const resolvable = (ctx: Context) => (t: Ticket) => can.resolve(ruled(t), ruledActor(ctx)).ok

/** Resolves one ticket, or one with a thousand children, with the same few statements. */
const resolveAll = async (
  ctx: Context,
  tickets: readonly Ticket[],
  resolution: string,
  byHand: boolean,
): Promise<Ticket[]> => {
  const saved = await saveTickets(
    ctx,
    tickets.map((ticket) => ({
      ticket,
      changes: {
        ...notPending,
        state: 'resolved',
        resolution,
        resolved_at: ctx.now(),
        ...(byHand ? { handled_at: ctx.now() } : {}),
        ...(answersRequester(ctx, ticket) ? { first_response_at: ctx.now() } : {}),
      },
    })),
  )
  await keepText(
    ctx,
    saved.map((t) => t.id),
  )
  for (const ticket of saved) wakeNoMore(ctx, ticket)
  await closeLater(ctx, ...saved)
  const all = saved.map((ticket) => ({ ticket, data: { resolution } }))
  await recordAboutAll(ctx, all, ticketResolved, { milestone: true, forRequester: true, mirrored: true })
  await endPages(ctx, saved, 'Resolved', resolution)
  const over = []
  for (const ticket of saved) {
    if (ticket.kind === 'change') await noteChangeOf(ctx, ticket, resolution)
    over.push(await lapseEscalation(ctx, ticket))
  }
  return over
}

/** A change that was done stands in the change log of its service, where those look who ask what changed. */
const noteChangeOf = async (ctx: Context, ticket: Ticket, resolution: string) => {
  if (!ticket.service_id) return
  await addChange(ctx, {
    serviceId: ticket.service_id,
    environment: ticket.environment,
    at: ctx.now(),
    title: `${ticket.number} ${ticket.title}`,
    details: resolution,
    origin: 'ticket',
    reference: ticketRef(ticket),
    links: [],
  })
}

/**
 * Resolves a ticket because what it was about is over, such as its last alert. Inner function; false when the ticket is
 * not open any more, which it leaves as it is.
 */
export const resolveByItself = async (
  ctx: Context,
  ticketId: string,
  given: { resolution: string },
): Promise<boolean> => {
  const ticket = await lockTicket(ctx, ticketId)
  if (!ticket || !isOpen(ticket.state as TicketState)) return false
  await resolveAll(ctx, [ticket], given.resolution, false)
  return true
}
