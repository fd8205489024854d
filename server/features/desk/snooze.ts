import { z } from 'zod'
import { snoozeInput, ticketInput } from '../../../contract/desk/index.ts'
import { isBefore } from '../../platform/clock.ts'
import { type Context, requireUser } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { eventType, ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { acted } from './save.ts'
import { loadTicket, type Ticket, ticketRef } from './ticket.ts'
import { utcWords } from './time-words.ts'

/**
 * Recorded about the person, not on the ticket: what somebody leaves for later is his own affair, and no news to the
 * others.
 */
export const ticketSnoozed = eventType(
  'ticket.snoozed',
  z.object({ number: z.string(), until: z.string() }),
  (d, who) => `${who} left ${d.number} for later, until ${utcWords(Temporal.Instant.from(d.until))}.`,
)
export const ticketSnoozeEnded = eventType(
  'ticket.snooze_ended',
  z.object({ number: z.string(), why: z.string() }),
  (d) => `${d.number} is back in the list: ${d.why}`,
)

const snoozed = (id: string, until: Temporal.Instant) => ({
  act: 'snooze' as const,
  input: { id, until: until.toString() },
})
const key = (userId: string, ticketId: string) => `snooze:${userId}:${ticketId}`
const MOST_DAYS = 366

/** Leaves a ticket out of my own lists until a time, or until something happens on it. Its clocks go on. */
export const snoozeTicket = verb('ticket.snooze', {
  permission: 'ticket.work',
  input: snoozeInput,
  async run(ctx, { id, until }) {
    const userId = requireUser(ctx)
    if (!isBefore(ctx.now(), until)) throw invalid('until', 'must be in the future; choose a later time')
    if (isBefore(ctx.now().add({ hours: MOST_DAYS * 24 }), until))
      throw invalid('until', 'must be within a year; choose an earlier time')
    const ticket = await loadTicket(ctx, id)
    if (!ticket.open) throw conflict(`${ticket.number} is over, so it is in no list to be left out of.`)
    const before = await ctx.db
      .selectFrom('snoozes')
      .select('until')
      .where('user_id', '=', userId)
      .where('ticket_id', '=', ticket.id)
      .where('until', '>', ctx.now())
      .forUpdate()
      .executeTakeFirst()
    await ctx.db
      .insertInto('snoozes')
      .values({ user_id: userId, ticket_id: ticket.id, until })
      .onConflict((c) => c.columns(['user_id', 'ticket_id']).doUpdateSet({ until }))
      .execute()
    ctx.due({
      key: key(userId, ticket.id),
      at: until,
      run: wakeSnoozer,
      input: { ticketId: ticket.id, userId },
      subject: ticketRef(ticket),
    })
    ctx.record(ticketSnoozed, {
      subject: ref('user', userId),
      data: { number: ticket.number, until: until.toString() },
    })
    return acted(ctx, ticket, before ? snoozed(ticket.id, before.until) : { act: 'unsnooze', input: { id: ticket.id } })
  },
})

/** Has it back in my lists at once. */
export const unsnoozeTicket = verb('ticket.unsnooze', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const userId = requireUser(ctx)
    const ticket = await loadTicket(ctx, id)
    const before = await ctx.db
      .deleteFrom('snoozes')
      .where('user_id', '=', userId)
      .where('ticket_id', '=', ticket.id)
      .returning('until')
      .executeTakeFirst()
    if (!before) return ctx.unchanged(await acted(ctx, ticket))
    ctx.cancelDue(key(userId, ticket.id))
    tell(ctx, ticket, userId, 'you wanted it back.')
    const later = isBefore(ctx.now(), before.until)
    return acted(ctx, ticket, later ? snoozed(ticket.id, before.until) : null)
  },
})

const tell = (ctx: Context, ticket: Pick<Ticket, 'number'>, userId: string, why: string) =>
  ctx.record(ticketSnoozeEnded, { subject: ref('user', userId), data: { number: ticket.number, why } })

/** The time has come. */
const wakeSnoozer = verb('ticket.wake_snoozer', {
  permission: 'system',
  input: z.object({ ticketId: z.uuid(), userId: z.uuid() }),
  async run(ctx, { ticketId, userId }) {
    const ended = await ctx.db
      .deleteFrom('snoozes')
      .where('ticket_id', '=', ticketId)
      .where('user_id', '=', userId)
      .where('until', '<=', ctx.now())
      .returning('user_id')
      .executeTakeFirst()
    const ticket = await numberOf(ctx, ticketId)
    if (!ended || !ticket) return ctx.unchanged(null)
    tell(ctx, ticket, userId, 'its time has come.')
    return null
  },
})

const numberOf = (ctx: Context, id: string) =>
  ctx.db.selectFrom('tickets').select('number').where('id', '=', id).executeTakeFirst()

/** Something happened that nobody should miss: all who left the ticket for later, but whoever did it, have it back. */
export const wakeSnoozers = async (
  ctx: Context,
  ticketId: string,
  why: string,
  but: string | null,
): Promise<number> => {
  const ended = await ctx.db
    .deleteFrom('snoozes')
    .where('ticket_id', '=', ticketId)
    .$if(but !== null, (q) => q.where('user_id', '!=', but ?? ''))
    .returning('user_id')
    .execute()
  const ticket = ended.length > 0 ? await numberOf(ctx, ticketId) : undefined
  for (const { user_id: userId } of ended) {
    ctx.cancelDue(key(userId, ticketId))
    if (ticket) tell(ctx, ticket, userId, why)
  }
  return ended.length
}

export const snoozeVerbs = [snoozeTicket, unsnoozeTicket, wakeSnoozer]
export const snoozeEvents = [ticketSnoozed, ticketSnoozeEnded]
