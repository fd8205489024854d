import { sql } from 'kysely'
import { z } from 'zod'
import {
  childrenInput,
  isOpen,
  type LinkKind,
  linkWords,
  type TicketState,
  ticketInput,
} from '../../../contract/desk/index.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { query } from '../../platform/query.ts'
import { followersOf, relatives } from './family.ts'
import { selectLinked, showLinked } from './linked-rows.ts'
import { loadTicket, type Ticket } from './ticket.ts'

const SHOWN = 200
const MOST_COUNTED = 1_001

/** What a ticket has to do with others. Internal: requesters read of none but their own. */
export const readLinks = query('ticket.links', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await loadTicket(ctx, id)
    const [links, parent] = await linksOf(ctx, ticket)
    return {
      links,
      parent,
      children: await countChildren(ctx, ticket.id),
      merged: await countMerged(ctx, ticket.id),
      family: await countFamily(ctx, ticket.id),
      callers: await callersOf(ctx, ticket.id),
    }
  },
})

const linksOf = async (ctx: ReadContext, ticket: Ticket) => {
  const { rows } = await sql<{
    kind: LinkKind
    way: 'out' | 'back'
    other: string
    at: Temporal.Instant
    merged: boolean
  }>`
    select * from (
      select kind, 'out' as way, to_id as other, at, merge is not null as merged from ticket_links where from_id = ${ticket.id}
      union all
      select kind, 'back', from_id, at, merge is not null from ticket_links where to_id = ${ticket.id} and kind <> 'child_of') l
    order by at desc, other limit ${SHOWN}`.execute(ctx.db)
  const others =
    rows.length === 0
      ? []
      : await selectLinked(ctx)
          .where(
            'tickets.id',
            'in',
            rows.map((r) => r.other),
          )
          .execute()
  const byId = new Map(others.map((t) => [t.id, showLinked(t)]))
  const all = rows.flatMap(({ other, ...l }) => {
    const shown = byId.get(other)
    return shown ? [{ ...l, words: linkWords[l.kind][l.way], ticket: shown }] : []
  })
  return [all.filter((l) => l.kind !== 'child_of'), all.find((l) => l.kind === 'child_of')?.ticket ?? null] as const
}

const countChildren = async (ctx: ReadContext, id: string) => {
  const { rows } = await sql<{ state: TicketState; count: number }>`
    select t.state, count(*)::int as count from (
      select from_id from ticket_links where to_id = ${id} and kind = 'child_of' limit ${MOST_COUNTED}) l
    join tickets t on t.id = l.from_id group by t.state order by t.state`.execute(ctx.db)
  const sum = (of: typeof rows) => of.reduce((n, r) => n + r.count, 0)
  return { total: sum(rows), open: sum(rows.filter((r) => isOpen(r.state))), states: rows }
}

const countMerged = async (ctx: ReadContext, id: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from tickets where merged_into_id = ${id} limit ${MOST_COUNTED}) m`.execute(
    ctx.db,
  )
  return rows[0]?.n ?? 0
}

/** The people are those who follow a ticket under this one and not this one itself. */
const countFamily = async (ctx: ReadContext, id: string) => {
  const family = await relatives(ctx, id, true)
  if (family.length === 0) return { tickets: 0, people: 0, ofMerged: 0 }
  const merged = new Set((await relatives(ctx, id, false)).map((t) => t.id))
  const followers = await followersOf(ctx, [id, ...family.map((t) => t.id)], true)
  const own = new Set(followers.get(id))
  const peopleOf = (tickets: typeof family) =>
    new Set(tickets.flatMap((t) => followers.get(t.id) ?? []).filter((user) => !own.has(user))).size
  return {
    tickets: family.length,
    people: peopleOf(family),
    ofMerged: peopleOf(family.filter((t) => merged.has(t.id))),
  }
}

const callersOf = async (ctx: ReadContext, id: string) => {
  const rows = await ctx.db
    .selectFrom('ticket_callers as c')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .leftJoin('business_units as b', 'b.id', 'c.business_unit_id')
    .select(['c.id', 'c.user_id', 'c.business_unit_id', 'c.words', 'c.at', 'u.name as person', 'b.name as unit'])
    // A call stays with the ticket that it was logged on, also when that is merged into this one.
    .where('c.ticket_id', 'in', (eb) =>
      eb
        .selectFrom('tickets')
        .select('tickets.id')
        .where((t) => t.or([t('tickets.id', '=', id), t('tickets.merged_into_id', '=', id)])),
    )
    .orderBy('c.at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(SHOWN)
    .execute()
  return rows.map((c) => ({
    id: c.id,
    person: c.user_id ? { id: c.user_id, name: c.person ?? '' } : null,
    unit: c.business_unit_id ? { id: c.business_unit_id, name: c.unit ?? '' } : null,
    words: c.words,
    at: c.at,
  }))
}

const place = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

/** The children of a ticket, those that became it last first. */
export const listChildren = query('ticket.children', {
  permission: 'ticket.work',
  input: childrenInput,
  async run(ctx, { id, cursor, limit }) {
    const ticket = await loadTicket(ctx, id)
    const after = cursor ? readCursor(cursor, place) : null
    const rows = await selectLinked(ctx)
      .innerJoin('ticket_links as l', 'l.from_id', 'tickets.id')
      .select('l.at')
      .where('l.to_id', '=', ticket.id)
      .where('l.kind', '=', 'child_of')
      .$if(after !== null, (q) =>
        q.where(sql<boolean>`(l.at, l.from_id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
      )
      .orderBy('l.at', 'desc')
      .orderBy('l.from_id', 'desc')
      .limit(limit + 1)
      .execute()
    const page = toPage(rows, limit, (t) => [t.at, t.id])
    return { next: page.next, items: page.items.map(showLinked) }
  },
})
