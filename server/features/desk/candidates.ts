import { sql } from 'kysely'
import {
  type Candidate,
  candidatesInput,
  isOpen,
  type TicketKind,
  type TicketState,
} from '../../../contract/desk/index.ts'
import type { ReadContext } from '../../platform/context.ts'
import { containing } from '../../platform/db/like.ts'
import { query } from '../../platform/query.ts'
import { upstreamOf } from '../catalog/index.ts'
import { type About, reasonOf } from './candidate-rules.ts'
import { selectLinked, showLinked } from './linked-rows.ts'
import { loadTicket } from './ticket.ts'

const SHOWN = 12
/** Of what is open, so many of each sort are looked at. */
const LOOKED_AT = 60
/** In a flood of tickets with the same words, so many are compared: whoever types must not wait for the rest. */
const MOST_SIMILAR = 500
/** All words of what is said, in whatever form: "orders rejected" is in "Order entry rejects all orders". */
const SAME_WORDS = 0.9
const MOST_WITH_WORDS = 3_000
/** PostgreSQL's own threshold for "similar" is 0.3 of all trigrams; a part of a longer title counts by `word_similarity`. */
const SIMILAR = 0.4

/** What an outage that is told now may be the same as. */
export type Sought = {
  title: string
  serviceId: string | null
  environment: string | null
  /** Only these kinds; without it all. */
  kinds?: readonly TicketKind[]
  /** The desk that called, and what it works with: looked at when no service is named. */
  unit?: { name: string; serviceIds: readonly string[] } | null
  /** Not itself, and not what it is merged with. */
  except?: string | null
}

/**
 * Open tickets that may be about the same: on the same service, on one that it depends on, or in similar words. Of a
 * family only the one on top: what is under it is handled there.
 */
export const findCandidates = async (ctx: Pick<ReadContext, 'db'>, sought: Sought): Promise<Candidate[]> => {
  const upstream = sought.serviceId ? await upstreamOf(ctx.db, sought.serviceId) : []
  const used = sought.serviceId ? [] : (sought.unit?.serviceIds ?? [])
  const services = sought.serviceId ? [sought.serviceId, ...upstream.map((s) => s.id)] : used
  const title = sought.title.trim()
  const here = sql`t.id is distinct from ${sought.except ?? null}::uuid
    and (${sought.environment}::text is null or t.environment = ${sought.environment})
    and (${sought.kinds ? [...sought.kinds] : null}::text[] is null or t.kind = any(${sought.kinds ? [...sought.kinds] : null}::text[]))
    and not exists (select from ticket_links l where l.from_id = t.id and l.kind = 'child_of')`
  const { rows } = await sql<{ id: string; similarity: number }>`
    select id, max(similarity) as similarity from (
      (select t.id, word_similarity(${title}, t.title) as similarity from tickets t
        where t.open and t.service_id = any(${services}::uuid[]) and ${here}
        order by t.opened_at desc, t.id desc limit ${LOOKED_AT})
      union all
      (select id, similarity from (
        select t.id, word_similarity(${title}, t.title) as similarity, t.opened_at from tickets t
        where t.open and ${title.length >= 3} and ${title} <% t.title and ${here} limit ${MOST_SIMILAR}) s
        order by similarity desc, opened_at desc limit ${LOOKED_AT})
      union all
      (select t.id, ${SAME_WORDS}::real from (
        select ticket_id from ticket_words w
        where ${title.length >= 3} and w.search @@ plainto_tsquery('english', ${title}) limit ${MOST_WITH_WORDS}) w
        join tickets t on t.id = w.ticket_id where t.open and ${here} limit ${LOOKED_AT})) x
    group by id`.execute(ctx.db)
  if (rows.length === 0) return []
  const similarity = new Map(rows.map((r) => [r.id, r.similarity]))
  const about: Omit<About, 'similar'> = {
    serviceId: sought.serviceId,
    upstream: new Map(upstream.map((s) => [s.id, s.name])),
    used: sought.unit ? { ids: new Set(used), by: sought.unit.name } : null,
  }
  const found = await selectLinked(ctx)
    .select(['tickets.environment', 'tickets.marks'])
    .where('tickets.id', 'in', [...similarity.keys()])
    .orderBy('tickets.opened_at', 'desc')
    .orderBy('tickets.id', 'desc')
    .execute()
  return found
    .map((t) => {
      const similar = (similarity.get(t.id) ?? 0) >= SIMILAR
      const { rank, reason } = reasonOf(
        { serviceId: t.service_id, service: t.service_name, kind: t.kind, priority: t.priority },
        { ...about, similar },
      )
      return { rank, shown: asCandidate(t, reason) }
    })
    .filter((c) => c.shown.reason !== '')
    .toSorted((a, b) => a.rank - b.rank || b.shown.callers - a.shown.callers)
    .slice(0, SHOWN)
    .map((c) => c.shown)
}

type Row = Parameters<typeof showLinked>[0] & { environment: string; marks: unknown }

const asCandidate = (t: Row, reason: string): Candidate => ({
  ...showLinked(t),
  openedAt: String(t.opened_at),
  environment: t.environment as Candidate['environment'],
  callers: (t.marks as { callers?: { count: number } }).callers?.count ?? 1,
  reason,
})

type Words = Pick<Sought, 'kinds'> & { closed: boolean; except: string | null }

const byWords = async (ctx: ReadContext, q: string, { closed, except, kinds }: Words): Promise<Candidate[]> => {
  const digits = /^\d{1,15}$/.test(q) ? ['INC', 'REQ', 'PRB', 'CHG'].map((prefix) => `${prefix}-${Number(q)}`) : []
  const rows = await selectLinked(ctx)
    .select(['tickets.environment', 'tickets.marks'])
    .where((eb) =>
      eb.or([
        eb('tickets.number', 'in', [q.toUpperCase(), ...digits]),
        ...(q.length >= 3
          ? [eb.and([eb('tickets.title', 'ilike', containing(q)), ...(closed ? [] : [sql<boolean>`tickets.open`])])]
          : []),
      ]),
    )
    .where(sql<boolean>`tickets.id is distinct from ${except}::uuid`)
    .$if(kinds !== undefined, (some) => some.where('tickets.kind', 'in', [...(kinds ?? [])]))
    .orderBy('tickets.opened_at', 'desc')
    .orderBy('tickets.id', 'desc')
    .limit(SHOWN)
    .execute()
  return rows
    .filter((t) => closed || isOpen(t.state as TicketState))
    .map((t) => asCandidate(t, t.title.toLowerCase().includes(q.toLowerCase()) ? 'has these words' : 'has this number'))
}

/** Candidates for a merging or a link: what may be the same, or what the words or the number find. */
export const listCandidates = query('ticket.candidates', {
  permission: 'ticket.work',
  input: candidatesInput,
  async run(ctx, { id, q, closed, serviceId, environment, kind }) {
    const ticket = id ? await loadTicket(ctx, id) : null
    const except = ticket?.id ?? null
    const kinds = kind && ([kind] as const)
    if (q && (ticket || !serviceId))
      return { items: await byWords(ctx, q, { closed: closed === 'yes', except, kinds }) }
    const sought = {
      title: q ?? ticket?.title ?? '',
      serviceId: serviceId ?? ticket?.service_id ?? null,
      environment: environment ?? ticket?.environment ?? null,
      except,
      ...(kinds && { kinds }),
    }
    return { items: await findCandidates(ctx, sought) }
  },
})
