import { disturbanceInput } from '../../../../contract/desk/index.ts'
import { type Context, requireUser } from '../../../platform/context.ts'
import { notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { countCallers } from '../callers.ts'
import { ticketAffected } from '../events.ts'
import { personOf } from '../people.ts'
import { recordAbout } from '../record.ts'
import { lockTicket, named } from '../ticket.ts'
import { findDisturbance, isAffected, isKnown } from './known.ts'

const MOST_COUNTED = 1_001

/** Says of a known disturbance that it hurts me too, instead of a ticket of my own. I am told what the desk tells. */
export const joinDisturbance = verb('disturbance.join', {
  permission: 'ticket.open',
  input: disturbanceInput,
  run: (ctx, { id }) => change(ctx, id, true),
})

/** Takes that back. */
export const leaveDisturbance = verb('disturbance.leave', {
  permission: 'ticket.open',
  input: disturbanceInput,
  run: (ctx, { id }) => change(ctx, id, false),
})

const change = async (ctx: Context, given: string, affected: boolean) => {
  // What is known is everybody's to see, and only oneself is put down.
  void ctx.scope
  const userId = requireUser(ctx)
  const find = () =>
    findDisturbance(ctx, (eb) => eb.and([named(given)(eb), eb.or([isKnown(eb), isAffected(userId)(eb)])]))
  const before = await find()
  if (!before) throw notFound(`The disturbance ${given}`)
  // Two who say it at once are counted one after the other.
  const ticket = await lockTicket(ctx, before.row.id)
  if (!ticket || before.shown.mine === 'asked') return ctx.unchanged({ disturbance: before.shown })
  const changed = affected ? await put(ctx, ticket.id, userId) : await take(ctx, ticket.id, userId)
  if (!changed) return ctx.unchanged({ disturbance: before.shown })
  const count = await affectedCount(ctx, ticket.id)
  await countCallers(ctx, ticket.id)
  const person = await personOf(ctx, userId)
  await recordAbout(
    ctx,
    ticket,
    ticketAffected,
    { person: person ?? { id: userId, name: '' }, affected, count },
    { about: [ref('user', userId)] },
  )
  return { disturbance: { ...before.shown, mine: affected ? ('affected' as const) : null } }
}

const put = async (ctx: Context, ticketId: string, userId: string): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('affected_people')
    .values({ ticket_id: ticketId, user_id: userId, at: ctx.now() })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

const take = async (ctx: Context, ticketId: string, userId: string): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('affected_people')
    .where('ticket_id', '=', ticketId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** How many said that it hurts them too; 1,001 stands for more than 1,000. */
export const affectedCount = async (ctx: Pick<Context, 'db'>, ticketId: string): Promise<number> => {
  const rows = ctx.db.selectFrom('affected_people').select('user_id').where('ticket_id', '=', ticketId)
  const { count } = await ctx.db
    .selectFrom(rows.limit(MOST_COUNTED).as('counted'))
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
