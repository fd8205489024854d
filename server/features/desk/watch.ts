import { watcherInput } from '../../../contract/desk/index.ts'
import { type Context, requireUser } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { ticketWatched } from './events.ts'
import { findPerson, personOf } from './people.ts'
import { recordAbout } from './record.ts'
import { acted } from './save.ts'
import { ruledActor, takeTicket } from './ticket.ts'

/** Adds a watcher: a requester himself, the desk anybody. Whoever watches reads what the requester reads. */
export const watchTicket = verb('ticket.watch', {
  permission: 'ticket.reply',
  input: watcherInput,
  async run(ctx, given) {
    const ticket = await takeTicket(ctx, given.id, 'watch')
    const person = await findPerson(ctx, 'userId', whom(ctx, given.userId))
    const { numInsertedOrUpdatedRows } = await ctx.db
      .insertInto('watchers')
      .values({ ticket_id: ticket.id, user_id: person.id })
      .onConflict((c) => c.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return ctx.unchanged(await acted(ctx, ticket))
    await recordAbout(ctx, ticket, ticketWatched, { person, watching: true }, { about: [`user:${person.id}`] })
    return acted(ctx, ticket, { act: 'unwatch', input: { id: ticket.id, userId: person.id } })
  },
})

/** Takes a watcher off. */
export const unwatchTicket = verb('ticket.unwatch', {
  permission: 'ticket.reply',
  input: watcherInput,
  async run(ctx, given) {
    const ticket = await takeTicket(ctx, given.id, 'watch')
    const userId = whom(ctx, given.userId)
    const { numDeletedRows } = await ctx.db
      .deleteFrom('watchers')
      .where('ticket_id', '=', ticket.id)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    const person = await personOf(ctx, userId)
    if (numDeletedRows !== 1n || !person) return ctx.unchanged(await acted(ctx, ticket))
    await recordAbout(ctx, ticket, ticketWatched, { person, watching: false }, { about: [`user:${person.id}`] })
    return acted(ctx, ticket, { act: 'watch', input: { id: ticket.id, userId: person.id } })
  },
})

const whom = (ctx: Context, given: string): string => {
  if (given === 'me') return requireUser(ctx)
  const actor = ruledActor(ctx)
  if (actor.desk || actor.userId === given) return given
  throw new AppError('forbidden', 'You may watch a ticket yourself; the support desk adds others.')
}
