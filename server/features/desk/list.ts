import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import { isOpen, type ListTicketsInput, listTicketsInput } from '../../../contract/desk/index.ts'
import { userOf } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import type { DB } from '../../platform/db/schema.gen.ts'
import { invalid } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { filtered, type ReadBefore, readBefore } from './filtered.ts'
import { type ListedTicket, selectRows, showRow } from './rows.ts'
import { visible } from './ticket.ts'

type Builder = ExpressionBuilder<DB, 'tickets'>

type View = NonNullable<ListTicketsInput['view']>

/** Who asks for a state in which no ticket is open means the list that has such as well. */
const viewOf = ({ view, state }: Pick<ListTicketsInput, 'view' | 'state'>): View =>
  view ?? (state?.every(isOpen) === false ? 'recent' : 'open')

/** Queues go by priority and by the clock that runs out first; the others by when they were opened, newest first. */
const isQueue = (view: View) => view !== 'requested' && view !== 'recent'

// Written out, so that the planner sees the condition of the partial indexes.
const open = sql<boolean>`tickets.open`
const dueOrLast = sql<string>`coalesce(tickets.due_at, 'infinity'::timestamptz)`

/** The statement behind a page of a view: one row more than the limit, so that one sees whether there is a next page. */
export const ticketsOf = (ctx: ReadContext, input: ListTicketsInput, units: ReadBefore) => {
  const { limit, cursor } = input
  const view = viewOf(input)
  return selectRows(ctx)
    .where(visible(ctx.scope))
    .where(inView(ctx, input))
    .where(filtered(ctx, input, units))
    .$if(cursor !== undefined, (q) => q.where(beyond(view, cursor ?? '')))
    .$if(isQueue(view), (q) => q.orderBy('tickets.priority').orderBy(dueOrLast).orderBy('tickets.id'))
    .$if(!isQueue(view), (q) => q.orderBy('tickets.opened_at', 'desc').orderBy('tickets.id', 'desc'))
    .limit(limit + 1)
}

/** Tickets of a view, under the reader's scope. */
export const listTickets = query('ticket.list', {
  permission: 'ticket.read',
  input: listTicketsInput,
  async run(ctx, input) {
    const found = await ticketsOf(ctx, input, await readBefore(ctx, input)).execute()
    const page = toPage(found, input.limit, placeOf(viewOf(input)))
    return { next: page.next, items: page.items.map((t) => showRow(t, ctx.scope.internal)) }
  },
})

const me = (ctx: ReadContext, view: string): string => {
  const userId = userOf(ctx.actor)
  if (!userId) throw invalid('view', `${view} needs a person who is signed in; with a key, choose open or recent`)
  return userId
}

/** What stands in a view, under the reader's eyes: what he left for later is in that view alone. */
export const inView =
  (ctx: ReadContext, input: Pick<ListTicketsInput, 'view' | 'state' | 'teamId'>) => (eb: Builder) => {
    const view = viewOf(input)
    return eb.and([placed(ctx, view, input.teamId)(eb), notSnoozed(ctx, view)])
  }

const placed = (ctx: ReadContext, view: View, teamId: ListTicketsInput['teamId']) => (eb: Builder) => {
  if (view === 'mine') return eb.and([open, eb('tickets.assignee_id', '=', me(ctx, view))])
  if (view === 'helping') return eb.and([open, helpedBy(eb, me(ctx, view))])
  if (view === 'unassigned') return eb.and([open, eb('tickets.assignee_id', 'is', null)])
  if (view === 'requested') return eb('tickets.requester_id', '=', me(ctx, view))
  if (view === 'recent') return eb.lit(true)
  if (view === 'team' && !teamId) return eb.and([open, ofMyTeams(me(ctx, view))])
  if (view === 'snoozed')
    return eb.and([open, sql<boolean>`tickets.id = any(array(${snoozedBy(me(ctx, view), ctx.now())}))`])
  if (view === 'escalated') return eb.and([open, escalatedToMine(me(ctx, view))])
  return open
}

const myTeams = (userId: string) => sql`array(select m.team_id from team_members m where m.user_id = ${userId}::uuid)`

/** What my teams have, and what they are to accept. An array, so that each side is found by its own index. */
export const ofMyTeams = (userId: string) =>
  sql<boolean>`(tickets.team_id = any(${myTeams(userId)}) or tickets.escalated_to = any(${myTeams(userId)}))`

export const escalatedToMine = (userId: string) => sql<boolean>`tickets.escalated_to = any(${myTeams(userId)})`

export const helpedBy = (eb: Builder, userId: string) =>
  eb(
    'tickets.id',
    'in',
    eb.selectFrom('ticket_helpers').select('ticket_helpers.ticket_id').where('ticket_helpers.user_id', '=', userId),
  )
const snoozedBy = (userId: string, now: Temporal.Instant) =>
  sql`select z.ticket_id from snoozes z where z.user_id = ${userId}::uuid and z.until > ${now}`

/** What somebody left for later is in none of his queues. Lists of everything have it. */
export const notSnoozed = (ctx: ReadContext, view: View = 'open') => {
  const userId = userOf(ctx.actor)
  return userId && isQueue(view) && view !== 'snoozed'
    ? // Hashed once, and the order of the list's index stays.
      sql<boolean>`tickets.id not in (${snoozedBy(userId, ctx.now())})`
    : sql<boolean>`true`
}

const instantText = z.string().refine((t) => {
  try {
    return Temporal.Instant.from(t) !== undefined
  } catch {
    return false
  }
})
const queuePlace = z.tuple([z.number().int(), instantText.nullable(), z.uuid()])
const recentPlace = z.tuple([instantText, z.uuid()])

const placeOf = (view: View) => (t: ListedTicket) =>
  isQueue(view) ? [t.priority, t.due_at, t.id] : [t.opened_at, t.id]

const beyond = (view: View, cursor: string) => {
  if (!isQueue(view)) {
    const [openedAt, id] = readCursor(cursor, recentPlace)
    return sql<boolean>`(tickets.opened_at, tickets.id) < (${openedAt}::timestamptz, ${id}::uuid)`
  }
  const [priority, dueAt, id] = readCursor(cursor, queuePlace)
  return sql<boolean>`(tickets.priority, ${dueOrLast}, tickets.id) > (${priority}::smallint, ${dueAt ?? 'infinity'}::timestamptz, ${id}::uuid)`
}
