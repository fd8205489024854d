import type { Environment } from '../../../contract/base.ts'
import { addCallerInput } from '../../../contract/desk/index.ts'
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
    const child = await keepCall(ctx, ticket, call)
    return { ...(await acted(ctx, ticket)), child }
  },
})

export type Call = { userId?: string | undefined; businessUnitId?: string | undefined; words: string }

/** Inner function; the ticket's row and the links are held. Answers the child that was opened for a person. */
export const keepCall = async (ctx: Context, ticket: Ticket, call: Call) => {
  const person = call.userId ? await findPerson(ctx, 'userId', call.userId) : null
  const unit = call.businessUnitId ? await findUnit(ctx.db, call.businessUnitId) : null
  if (call.businessUnitId && !unit)
    throw invalid('businessUnitId', 'there is no such business unit; choose one from the list')
  const caller = [person?.name, unit?.name].filter(Boolean).join(', ') || 'somebody'
  const child = person && person.id !== ticket.requester_id ? await openChild(ctx, ticket, person.id, call.words) : null
  if (!child)
    await ctx.db
      .insertInto('ticket_callers')
      .values({
        id: newId(),
        ticket_id: ticket.id,
        user_id: person?.id ?? null,
        business_unit_id: unit?.id ?? null,
        words: call.words,
        at: ctx.now(),
      })
      .execute()
  await recordAbout(ctx, ticket, ticketCallerAdded, { caller, words: call.words })
  await countCallers(ctx, ticket.id)
  return child && { id: child.id, number: child.number }
}

const openChild = async (ctx: Context, parent: Ticket, requesterId: string, words: string) => {
  const child = await openTicket(ctx, {
    kind: parent.kind === 'request' ? 'request' : 'incident',
    title: words,
    description: '',
    via: 'phone',
    serviceId: parent.service_id,
    environment: parent.environment as Environment,
    teamId: parent.team_id,
    requesterId,
    page: false,
  })
  await insertLink(ctx, child.id, 'child_of', parent.id)
  const to = { id: parent.id, number: parent.number }
  await recordAbout(ctx, child.ticket, ticketLinked, { kind: 'child_of', to }, { about: [ticketRef(parent)] })
  return child
}
