import { sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import { addCallerInput, type Level } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { findUnit } from '../catalog/index.ts'
import { countCallers } from './callers.ts'
import { ticketCallerAdded, ticketLinked } from './events-links.ts'
import { holdLinks, insertLink } from './link-rows.ts'
import { openTicket } from './open-ticket.ts'
import { findPerson } from './people.ts'
import { recordAbout } from './record.ts'
import { acted } from './save.ts'
import { type Ticket, takeTicket, ticketRef } from './ticket.ts'

/**
 * Somebody else called about the same. A person who has an account gets a ticket of his own, as a child, on which he
 * reads what all are told; of anybody else the call is counted and its words are kept.
 */
export const addCaller = verb('ticket.add_caller', {
  permission: 'ticket.work',
  input: addCallerInput,
  async run(ctx, { id, ...call }) {
    await holdLinks(ctx)
    const ticket = await takeTicket(ctx, id, 'addCaller')
    const { child, callerId } = await keepCall(ctx, ticket, call)
    const undo = callerId ? { act: 'removeCaller' as const, input: { id: ticket.id, callerId } } : null
    return { ...(await acted(ctx, ticket, undo)), child }
  },
})

export type Caller = { userId?: string | undefined; businessUnitId?: string | undefined }
type Who = Awaited<ReturnType<typeof whoCalled>>

/** Throws `invalid_input` for people and business units that there are not. */
export const whoCalled = async (ctx: Context, { userId, businessUnitId }: Caller) => {
  const person = userId ? await findPerson(ctx, 'userId', userId) : null
  const unit = businessUnitId ? await findUnit(ctx.db, businessUnitId) : null
  if (businessUnitId && !unit)
    throw invalid('businessUnitId', 'there is no such business unit; choose one from the list')
  return { person, unit, words: [person?.name, unit?.name].filter(Boolean).join(', ') || 'somebody' }
}

/** Inner function; the ticket's row and the links are held. Answers the child that was opened for a person. */
export const keepCall = async (
  ctx: Context,
  ticket: Ticket,
  call: Caller & { words: string; title?: string | undefined },
) => {
  const who = await whoCalled(ctx, call)
  const own = who.person && who.person.id !== ticket.requester_id ? who.person : null
  const child = own ? await childOf(ctx, ticket, own.id, call) : null
  const callerId = child ? null : await keepCaller(ctx, ticket, who, call.words)
  await recordAbout(ctx, ticket, ticketCallerAdded, { caller: who.words, words: call.words })
  await countCallers(ctx, ticket.id)
  return { child: child && { id: child.id, number: child.number }, callerId }
}

/** Keeps who called and what was said, on a ticket that is not one of his own. */
export const keepCaller = async (
  ctx: Context,
  ticket: Pick<Ticket, 'id'>,
  who: Who,
  words: string,
): Promise<string> => {
  const id = newId()
  await ctx.db
    .insertInto('ticket_callers')
    .values({
      id,
      ticket_id: ticket.id,
      user_id: who.person?.id ?? null,
      business_unit_id: who.unit?.id ?? null,
      words,
      at: ctx.now(),
    })
    .execute()
  return id
}

/** Whoever calls again about the same has his ticket under this one already. */
const childOf = async (
  ctx: Context,
  parent: Ticket,
  requesterId: string,
  call: { words: string; title?: string | undefined },
) => {
  const known = await ctx.db
    .selectFrom('ticket_links as l')
    .innerJoin('tickets as t', 't.id', 'l.from_id')
    .select(['t.id', 't.number'])
    .where('l.to_id', '=', parent.id)
    .where('l.kind', '=', 'child_of')
    .where('t.requester_id', '=', requesterId)
    .where(sql<boolean>`t.open`)
    .orderBy('t.opened_at')
    .limit(1)
    .executeTakeFirst()
  return known ?? openChild(ctx, parent, requesterId, call.title ?? call.words)
}

const openChild = async (ctx: Context, parent: Ticket, requesterId: string, title: string) => {
  const child = await openTicket(ctx, {
    kind: parent.kind === 'request' ? 'request' : 'incident',
    title,
    description: '',
    via: 'phone',
    serviceId: parent.service_id,
    environment: parent.environment as Environment,
    teamId: parent.team_id,
    // How many it hurts is said by the parent; this is one of them.
    impact: 'low',
    urgency: parent.urgency as Level,
    because: { impact: `one caller about ${parent.number}`, urgency: `as ${parent.number}` },
    requesterId,
    page: false,
  })
  await insertLink(ctx, child.id, 'child_of', parent.id)
  const to = { id: parent.id, number: parent.number }
  await recordAbout(ctx, child.ticket, ticketLinked, { kind: 'child_of', to }, { about: [ticketRef(parent)] })
  return child
}
