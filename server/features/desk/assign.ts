import { assignInput, type TicketActed, takeInput, ticketInput } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { conflict } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { acknowledgeFor, giveBackFor } from '../oncall/index.ts'
import { ticketAssigned } from './events.ts'
import { findWorker, personOf, takerOf } from './people.ts'
import { recordAbout } from './record.ts'
import { acted, saveTicket } from './save.ts'
import { type Ticket, takeTicket, ticketRef } from './ticket.ts'
import { sinceWhen } from './who-did-it.ts'

type Person = { id: string; name: string }

const backTo = (t: Ticket): TicketActed['undo'] =>
  t.assignee_id === null
    ? { act: 'unassign', input: { id: t.id } }
    : { act: 'assign', input: { id: t.id, userId: t.assignee_id } }

/** Takes a ticket that nobody has: of two who take it at once, the second is told who has it. */
export const takeIt = verb('ticket.take', {
  permission: 'ticket.work',
  input: takeInput,
  async run(ctx, { id, assigneeId }) {
    const userId = takerOf(ctx, assigneeId, 'the person')
    const ticket = await takeTicket(ctx, id, 'take')
    if (ticket.assignee_id === userId) return ctx.unchanged(await acted(ctx, ticket))
    const taker = await findWorker(ctx, assigneeId ? 'assigneeId' : 'id', userId)
    const holder = await personOf(ctx, ticket.assignee_id)
    if (holder)
      throw conflict(
        `${holder.name} has had ${ticket.number}${await sinceWhen(ctx, ticket)}. Assign it to ${assigneeId ? taker.name : 'yourself'} if you want to take it over.`,
      )
    return give(ctx, ticket, taker)
  },
})

/** Gives a ticket to a person, whoever had it before. */
export const assignTicket = verb('ticket.assign', {
  permission: 'ticket.work',
  input: assignInput,
  async run(ctx, { id, userId }) {
    const ticket = await takeTicket(ctx, id, 'assign')
    if (ticket.assignee_id === userId) return ctx.unchanged(await acted(ctx, ticket))
    return give(ctx, ticket, await findWorker(ctx, 'userId', userId))
  },
})

const give = async (ctx: Context, ticket: Ticket, to: Person) => {
  const mine = ctx.actor.kind !== 'system' && 'id' in ctx.actor && ctx.actor.id === to.id
  const before = await personOf(ctx, ticket.assignee_id)
  const saved = await saveTicket(ctx, ticket, {
    assignee_id: to.id,
    handled_at: ctx.now(),
    ...(mine && ticket.state === 'new' ? { state: 'in_progress' } : {}),
    // With nobody to answer, taking it is the response.
    ...(mine && ticket.requester_id === null && ticket.first_response_at === null
      ? { first_response_at: ctx.now() }
      : {}),
  })
  await recordAbout(
    ctx,
    saved,
    ticketAssigned,
    { before, after: to, by: 'hand' },
    { milestone: true, about: had(before) },
  )
  // Whoever takes it says "I have it"; somebody to whom it is given has not said so yet.
  if (mine) await acknowledgeFor(ctx, ticketRef(saved), { userId: to.id, name: to.name, via: 'ticket' })
  return acted(ctx, saved, backTo(ticket))
}

const had = (person: Person | null) => (person ? [`user:${person.id}`] : [])

/** Gives a ticket back to the queue of its team. What nobody has answered yet is new again. */
export const unassignTicket = verb('ticket.unassign', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await takeTicket(ctx, id, 'unassign')
    const before = await personOf(ctx, ticket.assignee_id)
    if (!before) return ctx.unchanged(await acted(ctx, ticket))
    const untouched = ticket.state === 'in_progress' && ticket.first_response_at === null
    const saved = await saveTicket(ctx, ticket, {
      assignee_id: null,
      handled_at: ctx.now(),
      ...(untouched ? { state: 'new' } : {}),
    })
    const data = { before, after: null, by: 'hand' } as const
    await recordAbout(ctx, saved, ticketAssigned, data, { milestone: true, about: had(before) })
    await giveBackFor(ctx, ticketRef(saved), { userId: before.id, name: before.name })
    return acted(ctx, saved, backTo(ticket))
  },
})
