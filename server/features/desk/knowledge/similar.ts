import { type RawBuilder, sql } from 'kysely'
import { similarInput, type TicketKind, type TicketState } from '../../../../contract/desk/index.ts'
import { type Instant, millisBetween } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { query } from '../../../platform/query.ts'
import {
  allOf,
  anyOf,
  because,
  gistOf,
  isLike,
  likeness,
  type Word,
  withoutName,
  wordsOf,
} from '../../knowledge/index.ts'
import { loadTicket } from '../ticket.ts'

/** Of the same service so many of the newest are looked at, of the others so many that share a rare word. */
const [NEAR, FAR] = [1_500, 3_000]
/** The best of either by the database's rank are judged closely. */
const CLOSELY = 40
const MONTH_MS = 30 * 86_400_000

/** Tickets that read like what is told: the same service first, those that were solved before those that are open. */
export const similarTickets = query('ticket.similar', {
  permission: 'ticket.work',
  input: similarInput,
  async run(ctx, input) {
    const words = await wordsOf(ctx.db, input.text, { table: 'ticket_words', column: 'search' })
    const any = anyOf(words)
    if (!any || ctx.scope.rows !== 'all') return { items: [] }
    const rows = await readRows(ctx, any, farQuery(words), input.serviceId ?? null)
    const known = input.except ? await knownWith(ctx, input.except) : new Set<string>()
    const items = rows
      .filter((r) => !known.has(r.id))
      .flatMap((r) => judged(r, words, input.serviceId, ctx.now()))
      .sort((a, b) => b.score - a.score || b.ticket.openedAt.epochMilliseconds - a.ticket.openedAt.epochMilliseconds)
      .slice(0, input.limit)
    return { items }
  },
})

/** The ticket itself, and what stands beside it as belonging to it: to be told that these are like it helps nobody. */
const knownWith = async (ctx: ReadContext, given: string): Promise<Set<string>> => {
  const { id } = await loadTicket(ctx, given)
  const { rows } = await sql<{ id: string }>`
    with parent as (select to_id as id from ticket_links where from_id = ${id} and kind = 'child_of')
    select ${id}::uuid as id
    union all select to_id from ticket_links where from_id = ${id}
    union all select from_id from ticket_links where to_id = ${id}
    union all select l.from_id from ticket_links l join parent p on p.id = l.to_id where l.kind = 'child_of'`.execute(
    ctx.db,
  )
  return new Set(rows.map((row) => row.id))
}

/** Among a million tickets a word that stands in many would bring tens of thousands: so many in a thousand are read. */
const READ_SHARE = FAR / 1_000_000

/**
 * What to look for among all tickets: any of the rarest words, as many as bring few enough; when even the rarest is
 * common, tickets that have several of them together. While nothing is known of the words there are few tickets.
 */
export const farQuery = (words: readonly Word[]): string => {
  if (words.some((w) => w.frequency === null)) return anyOf(words) ?? ''
  const byRarity = words.toSorted((a, b) => (a.frequency ?? 0) - (b.frequency ?? 0))
  const rare: Word[] = []
  let share = 0
  for (const w of byRarity) {
    share += w.frequency ?? 0
    if (share > READ_SHARE) break
    rare.push(w)
  }
  if (rare.length > 0) return anyOf(rare) ?? ''
  const together: Word[] = []
  let expected = 1
  for (const w of byRarity) {
    together.push(w)
    expected *= w.frequency ?? 0
    if (expected <= READ_SHARE) break
  }
  return allOf(together)
}

type Row = {
  id: string
  number: string
  kind: TicketKind
  title: string
  state: TicketState
  priority: number
  opened_at: Instant
  resolved_at: Instant | null
  resolution: string | null
  service_id: string | null
  service_name: string | null
  assignee_id: string | null
  assignee_name: string | null
  lexemes: string[]
}

/** The statement of both ways: by the service, and by rare words. Exported for the test of its plan. */
export const similarStatement = (any: string, far: string, serviceId: string | null): RawBuilder<Row> => {
  const best = (from: RawBuilder<unknown>) =>
    sql`(select c.ticket_id from (${from}) c order by ts_rank(c.search, ${any}::tsquery) desc limit ${CLOSELY})`
  const near = sql`
    select w.ticket_id, w.search from (select id from tickets where service_id = ${serviceId}::uuid
      order by opened_at desc, id desc limit ${NEAR}) t join ticket_words w on w.ticket_id = t.id
    where w.search @@ ${any}::tsquery`
  const all = sql`select w.ticket_id, w.search from ticket_words w where w.search @@ ${far}::tsquery limit ${FAR}`
  const ids = serviceId ? sql`${best(near)} union ${best(all)}` : best(all)
  return sql<Row>`
    with found as (${ids})
    select t.id, t.number, t.kind, t.title, t.state, t.priority, t.opened_at, t.resolved_at,
      left(t.resolution, 2000) as resolution, t.service_id, s.name as service_name,
      t.assignee_id, u.name as assignee_name, tsvector_to_array(case when w.told is null then w.search else to_tsvector('english', w.told) end) as lexemes
    from found f join tickets t on t.id = f.ticket_id join ticket_words w on w.ticket_id = t.id
      left join services s on s.id = t.service_id left join users u on u.id = t.assignee_id
    where t.state <> 'cancelled'`
}

const readRows = async (ctx: ReadContext, any: string, far: string, serviceId: string | null): Promise<Row[]> =>
  (await similarStatement(any, far, serviceId).execute(ctx.db)).rows

const judged = (r: Row, words: readonly Word[], serviceId: string | undefined, now: Instant) => {
  const same = serviceId !== undefined && r.service_id === serviceId
  const like = likeness(same ? withoutName(words, r.service_name ?? '') : words, r.lexemes)
  if (!isLike(like, same, words.length)) return []
  const solved = r.resolved_at !== null && (r.resolution ?? '') !== ''
  const fresh = millisBetween(r.resolved_at ?? r.opened_at, now) < MONTH_MS
  const pair = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null)
  return [
    {
      ticket: {
        id: r.id,
        number: r.number,
        kind: r.kind,
        title: r.title,
        state: r.state,
        priority: r.priority,
        openedAt: r.opened_at,
        resolvedAt: r.resolved_at,
      },
      service: pair(r.service_id, r.service_name),
      assignee: pair(r.assignee_id, r.assignee_name),
      resolution: solved ? gistOf(r.resolution ?? '') : '',
      because: because({ near: same ? 'same service' : null, words: like.words }),
      score: like.weight + (same ? 1 : 0) + (solved ? 0.5 : 0) + (fresh ? 0.2 : 0),
    },
  ]
}
