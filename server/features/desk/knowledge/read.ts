import { sql } from 'kysely'
import { z } from 'zod'
import { ofTicketInput, type TicketKind, type TicketState, ticketsOfInput } from '../../../../contract/desk/index.ts'
import {
  currentStep,
  type KnowledgeKind,
  type KnowledgeState,
  type StepView,
} from '../../../../contract/knowledge/index.ts'
import type { Instant } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { readCursor, toPage } from '../../../platform/db/keyset.ts'
import { notFound } from '../../../platform/errors.ts'
import { query } from '../../../platform/query.ts'
import { findKnowledge } from '../../knowledge/index.ts'
import { loadTicket } from '../ticket.ts'

type By = { kind: string; id: string | null; name: string }
type Row = {
  id: string
  number: string
  kind: KnowledgeKind
  title: string
  state: KnowledgeState
  newest: number
  workaround: string
  relation: 'used' | 'origin'
  version: number
  at: Instant
  by: By
  helped: boolean | null
  steps: StepView[] | null
  done: { stepId: string; at: string; by: By; note: string; choice: number | null }[]
}

/** What is linked with a ticket, oldest first; or one of it. */
export const linkedTo = async (ctx: Pick<ReadContext, 'db'>, ticketId: string, itemId?: string) => {
  const { rows } = await sql<Row>`
    select i.id, i.number, i.kind, i.title, i.state, i.version as newest, i.workaround, k.relation, k.version, k.at, k.by,
      k.helped, v.content->'steps' as steps,
      coalesce((select jsonb_agg(jsonb_build_object('stepId', s.step_id, 'at', to_char(s.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'by', s.by, 'note', s.note, 'choice', s.choice) order by s.at, s.step_id)
        from ticket_runbook_steps s where s.ticket_id = k.ticket_id and s.item_id = k.item_id), '[]') as done
    from ticket_knowledge k join knowledge_items i on i.id = k.item_id
      left join knowledge_versions v on v.item_id = k.item_id and v.version = k.version
    where k.ticket_id = ${ticketId} ${itemId ? sql`and k.item_id = ${itemId}` : sql``}
    order by k.at, i.number`.execute(ctx.db)
  return rows.map((r) => ({
    item: { id: r.id, number: r.number, kind: r.kind, title: r.title, state: r.state },
    relation: r.relation,
    version: r.version,
    newer: r.newest > r.version,
    at: r.at,
    by: r.by,
    helped: r.helped,
    workaround: r.workaround,
    steps: r.steps ?? [],
    done: r.done,
    current: currentStep(r.steps ?? [], r.done),
  }))
}

/** The desk's own: who asked sees nothing of what was tried. */
export const listTicketKnowledge = query('ticket.knowledge', {
  permission: 'ticket.read',
  input: ofTicketInput,
  async run(ctx, { id }) {
    const ticket = await loadTicket(ctx, id)
    return { items: ctx.scope.internal ? await linkedTo(ctx, ticket.id) : [] }
  },
})

type Used = {
  id: string
  number: string
  kind: TicketKind
  title: string
  state: TicketState
  priority: number
  openedAt: Instant
  resolvedAt: Instant | null
  relation: 'used' | 'origin'
  at: Instant
  by: By
  helped: boolean | null
}

/** Tickets on which something was used, newest first. */
export const listTicketsOfKnowledge = query('ticket.of_knowledge', {
  permission: 'ticket.work',
  input: ticketsOfInput,
  async run(ctx, { itemId, cursor, limit }) {
    if (ctx.scope.rows !== 'all') throw notFound(itemId)
    const item = await findKnowledge(ctx, itemId)
    const after = cursor ? readCursor(cursor, z.tuple([z.iso.datetime({ offset: true }), z.uuid()])) : null
    const { rows } = await sql<Used>`
      select t.id, t.number, t.kind, t.title, t.state, t.priority, t.opened_at as "openedAt",
        t.resolved_at as "resolvedAt", k.relation, k.at, k.by, k.helped
      from ticket_knowledge k join tickets t on t.id = k.ticket_id
      where k.item_id = ${item.id} ${after ? sql`and (k.at, t.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by k.at desc, t.id desc limit ${limit + 1}`.execute(ctx.db)
    const page = toPage(rows, limit, (r) => [r.at, r.id])
    return {
      next: page.next,
      items: page.items.map(({ relation, at, by, helped, ...ticket }) => ({ ticket, relation, at, by, helped })),
    }
  },
})
