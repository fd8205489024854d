import { allVerdicts, type Level, ticketInput } from '../../../contract/desk/index.ts'
import { userOf } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import { query } from '../../platform/query.ts'
import { pagesOf } from '../oncall/index.ts'
import { attachmentsOf, filesOfCopied } from './attachments/rows.ts'
import { clocksNow } from './clocks-now.ts'
import { affectedCount } from './disturbances/join.ts'
import { serviceFacts } from './facts.ts'
import { toldOf } from './knowledge/ticket-words.ts'
import type { Basis } from './prioritise.ts'
import { findRow } from './rows.ts'
import { loadTicket, ruled, ruledActor, survivorOf, type Ticket, ticketRef } from './ticket.ts'

/** A ticket with all that its page shows, by id or number. Without the right to internal columns, they are empty. */
export const getTicket = query('ticket.get', {
  permission: 'ticket.read',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await loadTicket(ctx, id)
    const { internal } = ctx.scope
    const files = await attachmentsOf(ctx, ticket.id)
    const watchers = await watchersOf(ctx, ticket.id)
    const userId = userOf(ctx.actor)
    return {
      ...(await findRow(ctx, ticket.id)),
      description: ticket.description,
      beganAt: ticket.began_at,
      ...(await outcomeOf(ctx, ticket, internal)),
      ...(internal ? await deskOnly(ctx, ticket) : nothing),
      ...(await messagesOf(ctx, ticket.id, internal, files)),
      attachments: files.filter((f) => f.messageId === null).map((f) => f.view),
      affected: internal ? await affectedCount(ctx, ticket.id) : null,
      watchers: internal ? watchers : watchers.filter((w) => w.id === userId),
      watching: watchers.some((w) => w.id === userId),
      helpers: internal ? await helpersOf(ctx, ticket.id) : [],
      can: allVerdicts(ruled(ticket, await survivorOf(ctx, ticket)), ruledActor(ctx)),
    }
  },
})

const nothing = {
  impact: null,
  urgency: null,
  basis: null,
  priorityReason: null,
  priorityOverridden: false,
  openedBy: null,
  hurt: null,
  firstResponseAt: null,
  clocks: [],
  derivation: [],
  pages: [],
  told: '',
}

const deskOnly = async (ctx: ReadContext, ticket: Ticket) => {
  const facts = await serviceFacts(ctx, ticket.service_id)
  const { impact, urgency } = ticket.priority_basis as Basis
  return {
    impact: ticket.impact as Level,
    urgency: ticket.urgency as Level,
    basis: { impact, urgency },
    priorityReason: ticket.priority_reason,
    priorityOverridden: ticket.priority_overridden,
    openedBy: ticket.opened_by as { kind: string; id: string | null; name: string },
    hurt: facts.service
      ? {
          units: facts.units.map(({ id, name, people }) => ({ id, name, people })),
          services: facts.dependents.map(({ id, name }) => ({ id, name })),
          cutOff: facts.cutOff,
        }
      : null,
    firstResponseAt: ticket.first_response_at,
    ...(await clocksNow(ctx, ticket)),
    pages: await pagesOf(ctx, ticketRef(ticket)),
    told: await toldOf(ctx, ticket),
  }
}

/** How it ended; for whoever asked for a merged ticket, how the one ended that went on in its place. */
const outcomeOf = async (ctx: ReadContext, ticket: Ticket, internal: boolean) => {
  const own = { resolution: ticket.resolution, closedAt: ticket.closed_at }
  if (internal || !ticket.merged_into_id) return own
  const { resolution, closed_at } = await ctx.db
    .selectFrom('tickets')
    .select(['resolution', 'closed_at'])
    .where('id', '=', ticket.merged_into_id)
    .executeTakeFirstOrThrow()
  return { resolution, closedAt: closed_at }
}

const helpersOf = async (ctx: ReadContext, ticketId: string) => {
  const rows = await ctx.db
    .selectFrom('ticket_helpers as h')
    .innerJoin('users', 'users.id', 'h.user_id')
    .select(['users.id', 'users.name', 'h.joined_at'])
    .where('h.ticket_id', '=', ticketId)
    .orderBy('users.name')
    .execute()
  return rows.map(({ id, name, joined_at }) => ({ id, name, joined: joined_at !== null }))
}

const watchersOf = (ctx: ReadContext, ticketId: string) =>
  ctx.db
    .selectFrom('watchers')
    .innerJoin('users', 'users.id', 'watchers.user_id')
    .select(['users.id', 'users.name'])
    .where('watchers.ticket_id', '=', ticketId)
    .orderBy('users.name')
    .execute()

const SHOWN_MESSAGES = 100

type Files = Awaited<ReturnType<typeof attachmentsOf>>

const messagesOf = async (ctx: ReadContext, ticketId: string, internal: boolean, files: Files) => {
  const rows = await ctx.db
    .selectFrom('messages')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .$if(!internal, (q) => q.where('kind', '=', 'public'))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN_MESSAGES + 1)
    .execute()
  const copied = await filesOfCopied(ctx, rows)
  const messages = rows.slice(0, SHOWN_MESSAGES).map((m) => ({
    id: m.id,
    kind: m.kind as 'public' | 'internal',
    via: m.via,
    author: { kind: m.author_kind, id: m.author_id, name: m.author_name },
    body: m.body,
    at: m.at,
    attachments: [...files, ...copied].filter((f) => f.messageId === (m.copy_of ?? m.id)).map((f) => f.view),
  }))
  return { messages: messages.reverse(), earlierMessages: rows.length > SHOWN_MESSAGES }
}
