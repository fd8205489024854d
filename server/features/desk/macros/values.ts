import { type FieldValues, firstNameOf, priorityName } from '../../../../contract/desk/index.ts'
import { actorRow } from '../../../platform/access.ts'
import type { ReadContext } from '../../../platform/context.ts'

/** What the fields of a canned reply become on a ticket. Without a requester one greets "there". */
export const valuesOf = async (ctx: Pick<ReadContext, 'db' | 'actor'>, ticketId: string): Promise<FieldValues> => {
  const t = await ctx.db
    .selectFrom('tickets as t')
    .leftJoin('users as u', 'u.id', 't.requester_id')
    .leftJoin('services as s', 's.id', 't.service_id')
    .leftJoin('teams as m', 'm.id', 't.team_id')
    .select(['t.number', 't.title', 't.priority', 'u.name as requester', 's.name as service', 'm.name as team'])
    .where('t.id', '=', ticketId)
    .executeTakeFirstOrThrow()
  const me = actorRow(ctx.actor).name
  return {
    'requester.name': t.requester ?? 'there',
    'requester.firstName': t.requester ? firstNameOf(t.requester) : 'there',
    'ticket.number': t.number,
    'ticket.title': t.title,
    'ticket.priority': priorityName(t.priority),
    'service.name': t.service ?? 'the service',
    'team.name': t.team ?? 'support',
    'me.name': me,
    'me.firstName': firstNameOf(me),
  }
}
