import { can, isOpen, resolveInput, type TicketState } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { addChange } from '../catalog/index.ts'
import { endPage } from './brief.ts'
import { eachChild } from './children.ts'
import { closeLater } from './close-by-itself.ts'
import { lapseEscalation } from './escalation/lapse.ts'
import { ticketResolved } from './events.ts'
import { holdLinks } from './link-rows.ts'
import { recordAbout } from './record.ts'
import { answersRequester } from './response.ts'
import { acted, saveTicket } from './save.ts'
import { lockTicket, ruled, ruledActor, type Ticket, takeTicket, ticketRef } from './ticket.ts'
import { notPending, wakeNoMore } from './wake.ts'

/** Resolves a ticket; the requester reads the resolution. It closes by itself some days later. */
export const resolveTicket = verb('ticket.resolve', {
  permission: 'ticket.work',
  input: resolveInput,
  async run(ctx, { id, resolution, children }) {
    if (children) await holdLinks(ctx)
    const ticket = await takeTicket(ctx, id, 'resolve')
    const saved = await resolve(ctx, ticket, resolution, true)
    if (children) await eachChild(ctx, saved, resolvable(ctx), (child) => resolve(ctx, child, resolution, true))
    return acted(ctx, saved, { act: 'reopen', input: { id: ticket.id, ...(children ? { children } : {}) } })
  },
})

// What waits for an approval or a step of its own stays open.
const resolvable = (ctx: Context) => (t: Ticket) => can.resolve(ruled(t), ruledActor(ctx)).ok

const resolve = async (ctx: Context, ticket: Ticket, resolution: string, byHand: boolean): Promise<Ticket> => {
  const saved = await saveTicket(ctx, ticket, {
    ...notPending,
    state: 'resolved',
    resolution,
    resolved_at: ctx.now(),
    ...(byHand ? { handled_at: ctx.now() } : {}),
    ...(answersRequester(ctx, ticket) ? { first_response_at: ctx.now() } : {}),
  })
  wakeNoMore(ctx, saved)
  await closeLater(ctx, saved)
  await recordAbout(ctx, saved, ticketResolved, { resolution }, { milestone: true, forRequester: true, mirrored: true })
  await endPage(ctx, saved, 'Resolved', resolution)
  if (saved.kind === 'change') await noteChangeOf(ctx, saved, resolution)
  return lapseEscalation(ctx, saved)
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
  await resolve(ctx, ticket, given.resolution, false)
  return true
}
