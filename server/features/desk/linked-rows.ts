import type { OpenedVia, TicketKind, TicketState } from '../../../contract/desk/index.ts'
import type { ReadContext } from '../../platform/context.ts'

const columns = [
  'tickets.id',
  'tickets.number',
  'tickets.kind',
  'tickets.title',
  'tickets.state',
  'tickets.priority',
  'tickets.opened_via',
  'tickets.opened_at',
  'tickets.service_id',
  'tickets.requester_id',
  'tickets.assignee_id',
] as const

/** Tickets in as many words as a line about a link needs. */
export const selectLinked = (ctx: Pick<ReadContext, 'db'>) =>
  ctx.db
    .selectFrom('tickets')
    .leftJoin('services', 'services.id', 'tickets.service_id')
    .leftJoin('users as assignee', 'assignee.id', 'tickets.assignee_id')
    .leftJoin('users as requester', 'requester.id', 'tickets.requester_id')
    .select(columns)
    .select(['services.name as service_name', 'assignee.name as assignee_name', 'requester.name as requester_name'])

type Row = Awaited<ReturnType<ReturnType<typeof selectLinked>['executeTakeFirstOrThrow']>>

const pair = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

export const showLinked = (t: Row) => ({
  id: t.id,
  number: t.number,
  kind: t.kind as TicketKind,
  title: t.title,
  state: t.state as TicketState,
  priority: t.priority,
  service: pair(t.service_id, t.service_name),
  requester: pair(t.requester_id, t.requester_name),
  assignee: pair(t.assignee_id, t.assignee_name),
  openedVia: t.opened_via as OpenedVia,
  openedAt: t.opened_at,
})
