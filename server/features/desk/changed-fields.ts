import type { z } from 'zod'
import type { changeTicketInput } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Basis } from './prioritise.ts'
import type { Ticket } from './ticket.ts'

/** What a change asks for; only what differs from what is there. */
export type Changes = Omit<z.output<typeof changeTicketInput>, 'id'>

/** Leaves away what is already so. */
export const changedFields = (ticket: Ticket, given: Changes): Changes => {
  const basis = ticket.priority_basis as Basis
  const c: Changes = {}
  if (given.title !== undefined && given.title !== ticket.title) c.title = given.title
  if (given.description !== undefined && given.description !== ticket.description) c.description = given.description
  if (given.serviceId !== undefined && given.serviceId !== ticket.service_id) c.serviceId = given.serviceId
  if (given.environment !== undefined && given.environment !== ticket.environment) c.environment = given.environment
  for (const field of ['impact', 'urgency'] as const) {
    const wanted = given[field]
    const byHand = basis[field]?.by === 'person'
    if (wanted !== undefined && (wanted === null ? byHand : !byHand || wanted !== ticket[field])) c[field] = wanted
  }
  const overridden = ticket.priority_overridden
  if (given.priority === null && overridden) c.priority = null
  if (
    given.priority &&
    !(overridden && given.priority === ticket.priority && given.reason === basis.override?.reason)
  ) {
    c.priority = given.priority
    c.reason = given.reason
  }
  return c
}

const serviceName = async (ctx: Context, id: string | null): Promise<string | null> =>
  id === null
    ? null
    : ((await ctx.db.selectFrom('services').select('name').where('id', '=', id).executeTakeFirst())?.name ?? null)

/** Before and after of the words that changed, as the event keeps them. */
export const wordChanges = async (ctx: Context, ticket: Ticket, c: Changes) => {
  const service =
    c.serviceId === undefined
      ? []
      : [
          {
            field: 'service',
            before: await serviceName(ctx, ticket.service_id),
            after: await serviceName(ctx, c.serviceId),
          },
        ]
  const plain = (['title', 'description', 'environment'] as const).flatMap((field) => {
    const after = c[field]
    return after === undefined ? [] : [{ field, before: ticket[field], after }]
  })
  return [...plain, ...service]
}
