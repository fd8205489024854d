import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { Happened } from './clock-facts.ts'
import type { Ticket } from './ticket.ts'

/** The earliest opening among a ticket and what was merged into it. */
export const earliest = async (ctx: Context, ticket: Ticket): Promise<Pick<Ticket, 'number' | 'opened_at'>> => {
  const first = await ctx.db
    .selectFrom('tickets')
    .select(['number', 'opened_at'])
    .where('merged_into_id', '=', ticket.id)
    .orderBy('opened_at')
    .limit(1)
    .executeTakeFirst()
  return first && isBefore(first.opened_at, ticket.opened_at) ? first : ticket
}

/** Since when a ticket's clocks count: the earliest opening of all that are one (specification of SLA clocks, R10). */
export const countsFrom = async (ctx: Context, ticket: Ticket): Promise<Happened> => {
  const { number, opened_at: startedAt } = await earliest(ctx, ticket)
  const words = number === ticket.number ? 'when it was opened' : `when ${number}, merged into it, was opened`
  return { what: 'counts_from', startedAt, words }
}

/** What a merged ticket was before, as its link keeps it for the undoing. */
export type Before = {
  state: string
  pendingReason: string | null
  pendingUntil: string | null
  parentId: string | null
  /** Its children, and what was merged into it, which are the other's now. */
  childIds: string[]
  mergedIds: string[]
  /** Who became a watcher of the other by it. */
  watcherIds: string[]
  /** Who said that it hurts them too, and is told by the other now. */
  affectedIds: string[]
  /** Somebody was being called for it. */
  paging: boolean
  /** The link was there before, without a merging. */
  linked: boolean
}
