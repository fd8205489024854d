import { helperInput } from '../../../contract/desk/index.ts'
import { userOf } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { requireUser } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { tellUser } from '../notify/index.ts'
import { ticketHelper } from './events-links.ts'
import { findWorker, personOf } from './people.ts'
import { recordAbout } from './record.ts'
import { acted } from './save.ts'
import { type Ticket, takeTicket, ticketRef } from './ticket.ts'

/** Joins as a helper beside whoever has the ticket, or asks somebody to; whoever is asked is told. Who is accountable stays. */
export const helpWith = verb('ticket.help', {
  permission: 'ticket.work',
  input: helperInput,
  async run(ctx, given) {
    const ticket = await takeTicket(ctx, given.id, 'help')
    const me = userOf(ctx.actor)
    const person = await findWorker(ctx, 'userId', given.userId === 'me' ? requireUser(ctx) : given.userId)
    const joins = person.id === me
    const before = await helperRow(ctx, ticket, person.id)
    if (before && (!joins || before.joined_at)) return ctx.unchanged(await acted(ctx, ticket))
    await ctx.db
      .insertInto('ticket_helpers')
      .values({ ticket_id: ticket.id, user_id: person.id, asked_at: ctx.now(), joined_at: joins ? ctx.now() : null })
      .onConflict((c) => c.columns(['ticket_id', 'user_id']).doUpdateSet({ joined_at: ctx.now() }))
      .execute()
    const about = [`user:${person.id}`]
    await recordAbout(ctx, ticket, ticketHelper, { person, did: joins ? 'joined' : 'asked' }, { about })
    if (!joins) await askFor(ctx, ticket, person.id)
    return acted(ctx, ticket, { act: 'stopHelping', input: { id: ticket.id, userId: person.id } })
  },
})

/** Helps no longer, or releases somebody. */
export const stopHelping = verb('ticket.stop_helping', {
  permission: 'ticket.work',
  input: helperInput,
  async run(ctx, given) {
    const ticket = await takeTicket(ctx, given.id, 'note')
    const userId = given.userId === 'me' ? requireUser(ctx) : given.userId
    const { numDeletedRows } = await ctx.db
      .deleteFrom('ticket_helpers')
      .where('ticket_id', '=', ticket.id)
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow()
    const person = await personOf(ctx, userId)
    if (numDeletedRows !== 1n || !person) return ctx.unchanged(await acted(ctx, ticket))
    const did = userId === userOf(ctx.actor) ? 'left' : 'released'
    await recordAbout(ctx, ticket, ticketHelper, { person, did }, { about: [`user:${userId}`] })
    return acted(ctx, ticket, { act: 'help', input: { id: ticket.id, userId } })
  },
})

const helperRow = (ctx: Context, ticket: Ticket, userId: string) =>
  ctx.db
    .selectFrom('ticket_helpers')
    .select('joined_at')
    .where('ticket_id', '=', ticket.id)
    .where('user_id', '=', userId)
    .executeTakeFirst()

const askFor = (ctx: Context, ticket: Ticket, userId: string) =>
  tellUser(ctx, {
    userId,
    class: 'conversation',
    urgency: 'low',
    message: {
      title: `You are asked to help with ${ticket.number} ${ticket.title}`,
      lines: ['Whoever has it keeps it. Join on its page, or say that you cannot.'],
      links: [{ label: `Open ${ticket.number}`, url: `/tickets/${ticket.number}` }],
    },
    subject: ticketRef(ticket),
    about: [ticketRef(ticket)],
    reason: 'A colleague asked for your help.',
  })
