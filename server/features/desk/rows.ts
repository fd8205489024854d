import { sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import type { OpenedVia, PendingReason, TicketKind, TicketState } from '../../../contract/desk/index.ts'
import type { SlaClockName } from '../../../contract/sla/index.ts'
import type { ReadContext } from '../../platform/context.ts'
import { prepared } from '../../platform/db/prepared.ts'
import type { Ticket } from './ticket.ts'

type Names = {
  service_name: string | null
  team_name: string | null
  assignee_name: string | null
  requester_name: string | null
  escalated_name: string | null
  survivor_number: string | null
  survivor_state: string | null
  survivor_resolved_at: Temporal.Instant | null
  parent_number: string | null
  children: number
}

const columns = [
  'tickets.id',
  'tickets.number',
  'tickets.kind',
  'tickets.title',
  'tickets.state',
  'tickets.pending_reason',
  'tickets.pending_until',
  'tickets.priority',
  'tickets.service_id',
  'tickets.environment',
  'tickets.team_id',
  'tickets.assignee_id',
  'tickets.requester_id',
  'tickets.opened_via',
  'tickets.opened_at',
  'tickets.updated_at',
  'tickets.resolved_at',
  'tickets.reopened',
  'tickets.due_at',
  'tickets.escalated_to',
  'tickets.due_clock',
  'tickets.breached',
  'tickets.merged_into_id',
  'tickets.marks',
  'tickets.version',
] as const

export type ListedTicket = Pick<Ticket, StripTable<(typeof columns)[number]>> & Names
type StripTable<C extends string> = C extends `tickets.${infer K extends keyof Ticket}` ? K : never

/** Looked up for the rows of a page alone, each by one index. */
const family = {
  parent: sql<string | null>`(select p.number from ticket_links l join tickets p on p.id = l.to_id
    where l.from_id = tickets.id and l.kind = 'child_of')`,
  children: sql<number>`(select count(*) from (select from ticket_links l
    where l.to_id = tickets.id and l.kind = 'child_of' limit 1001) c)`,
}

/** Tickets with the names that a list shows. */
export const selectRows = (ctx: Pick<ReadContext, 'db'>) =>
  ctx.db
    .selectFrom('tickets')
    .leftJoin('services', 'services.id', 'tickets.service_id')
    .leftJoin('teams', 'teams.id', 'tickets.team_id')
    .leftJoin('users as assignee', 'assignee.id', 'tickets.assignee_id')
    .leftJoin('users as requester', 'requester.id', 'tickets.requester_id')
    .leftJoin('teams as receiver', 'receiver.id', 'tickets.escalated_to')
    .leftJoin('tickets as survivor', 'survivor.id', 'tickets.merged_into_id')
    .select(columns)
    .select([
      'services.name as service_name',
      'teams.name as team_name',
      'assignee.name as assignee_name',
      'requester.name as requester_name',
      'receiver.name as escalated_name',
      'survivor.number as survivor_number',
      'survivor.state as survivor_state',
      'survivor.resolved_at as survivor_resolved_at',
      family.parent.as('parent_number'),
      family.children.as('children'),
    ])

const pair = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

/** To whoever asked, a merged ticket stands where the one stands that goes on in its place; at the desk it is over. */
const standing = (t: ListedTicket, internal: boolean) =>
  !internal && t.survivor_state
    ? {
        state: t.survivor_state as TicketState,
        pendingReason: null,
        pendingUntil: null,
        resolvedAt: t.survivor_resolved_at,
      }
    : {
        state: t.state as TicketState,
        pendingReason: t.pending_reason as PendingReason | null,
        pendingUntil: t.pending_until,
        resolvedAt: t.resolved_at,
      }

/**
 * A ticket as lists show it. Which team has it is for everybody; which person works on it, its clocks and its marks are
 * the desk's own: others get none of them.
 */
export const showRow = (t: ListedTicket, internal: boolean) => ({
  id: t.id,
  number: t.number,
  kind: t.kind as TicketKind,
  title: t.title,
  ...standing(t, internal),
  priority: t.priority,
  service: pair(t.service_id, t.service_name),
  environment: t.environment as Environment,
  requester: pair(t.requester_id, t.requester_name),
  openedVia: t.opened_via as OpenedVia,
  openedAt: t.opened_at,
  updatedAt: t.updated_at,
  reopened: t.reopened,
  team: pair(t.team_id, t.team_name),
  assignee: internal ? pair(t.assignee_id, t.assignee_name) : null,
  dueAt: internal ? t.due_at : null,
  dueClock: internal ? (t.due_clock as SlaClockName | null) : null,
  breached: internal && t.breached,
  escalatedTo: internal ? pair(t.escalated_to, t.escalated_name) : null,
  parent: internal ? t.parent_number : null,
  children: internal ? t.children : 0,
  mergedInto:
    t.merged_into_id && t.survivor_number
      ? { id: internal ? t.merged_into_id : null, number: t.survivor_number }
      : null,
  marks: internal ? (t.marks as Record<string, unknown>) : {},
  version: t.version,
})

/** One ticket as lists show it, for a reader whose right to it was checked. */
export const findRow = async (ctx: ReadContext, id: string) =>
  showRow(
    await selectRows(ctx).modifyFront(prepared).where('tickets.id', '=', id).executeTakeFirstOrThrow(),
    ctx.scope.internal,
  )
