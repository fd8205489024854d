import { mergeInput } from '../../../contract/desk/index.ts'
import { earlier } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { pagedNow } from '../oncall/index.ts'
import { countCallers } from './callers.ts'
import { ticketGoesOnIn, ticketMerged } from './events-links.ts'
import { serviceFacts } from './facts.ts'
import { above, holdLinks } from './link-rows.ts'
import { finishMerged, type Merged } from './merge-end.ts'
import { moveAllIn } from './merge-rows.ts'
import { countsFrom, earliest } from './merged.ts'
import { pageFor } from './page.ts'
import { recordAboutAll } from './record.ts'
import { acted, saveTicket } from './save.ts'
import { type Ticket, ticketRef } from './ticket.ts'
import { takeTickets } from './ticket-several.ts'

/**
 * Merges duplicates into a survivor, all or none: each is cancelled with the link "duplicate of", its children, its
 * people at the desk and its open alerts go over, its page stops, and the survivor's clocks count from the earliest
 * opening. Whoever asked for a duplicate goes on reading his own ticket.
 */
export const mergeTickets = verb('ticket.merge', {
  permission: 'ticket.work',
  input: mergeInput,
  async run(ctx, { id, tickets }) {
    await holdLinks(ctx)
    const [survivor, ...rest] = await takeTickets(ctx, [id, ...tickets], (t, index) => {
      if (index === 0) return 'mergeInto'
      return t.merged_into_id ? null : 'merge'
    })
    if (!survivor) throw invalid('id', 'names no ticket; look whether the number was mistyped')
    const duplicates = [...new Map(rest.map((t) => [t.id, t])).values()].filter((t) => t.merged_into_id !== survivor.id)
    await refuse(ctx, survivor, duplicates)
    if (duplicates.length === 0) return ctx.unchanged(await acted(ctx, survivor))
    const startsAt = duplicates.reduce(
      (first, t) => earlier(first, t.opened_at),
      (await earliest(ctx, survivor)).opened_at,
    )
    const paging = await mergeAll(ctx, survivor, duplicates, startsAt)
    // What was merged into a duplicate may be older than all of them.
    const saved = await saveTicket(ctx, survivor, {}, [await countsFrom(ctx, survivor)])
    await countCallers(ctx, saved.id)
    // Whoever was being called must not be forgotten because his ticket has another number now.
    if (paging && !saved.assignee_id) await pageFor(ctx, saved, await serviceFacts(ctx, saved.service_id))
    const undo = { id: survivor.id, tickets: duplicates.map((t) => t.id) }
    return acted(ctx, saved, { act: 'unmerge', input: undo })
  },
})

const merges: Record<string, string> = { incident: 'told', request: 'told', problem: 'problem', change: 'change' }

const refuse = async (ctx: Context, survivor: Ticket, duplicates: readonly Ticket[]) => {
  const parents = await above(ctx, survivor.id)
  for (const one of duplicates) {
    if (one.id === survivor.id) throw invalid('tickets', `${survivor.number} cannot be merged into itself`)
    if (one.merged_into_id) {
      const { number } = await ctx.db
        .selectFrom('tickets')
        .select('number')
        .where('id', '=', one.merged_into_id)
        .executeTakeFirstOrThrow()
      throw conflict(`${one.number} is merged into ${number} already. Take that back first.`)
    }
    if (merges[one.kind] !== merges[survivor.kind])
      throw invalid(
        'tickets',
        `${one.number} is a ${one.kind} and ${survivor.number} a ${survivor.kind}; link them instead of merging them`,
      )
    if (parents.includes(one.id))
      throw conflict(`${one.number} stands above ${survivor.number}; merge ${survivor.number} into it instead.`)
  }
}

/** Answers whether somebody was being called for one of them. Hundreds take few statements more than one. */
const mergeAll = async (
  ctx: Context,
  survivor: Ticket,
  duplicates: readonly Ticket[],
  startsAt: Temporal.Instant,
): Promise<boolean> => {
  const calling = await pagedNow(ctx, duplicates.map(ticketRef), ['paging'])
  const all: Merged[] = (await moveAllIn(ctx, duplicates, survivor)).map(({ ticket, moved }) => ({
    ticket,
    before: {
      state: ticket.state,
      pendingReason: ticket.pending_reason,
      pendingUntil: ticket.pending_until?.toString() ?? null,
      ...moved,
      paging: calling.has(ticketRef(ticket)),
    },
  }))
  const saved = await finishMerged(ctx, all, survivor)
  const into = { id: survivor.id, number: survivor.number, openedAt: survivor.opened_at.toString() }
  await recordAboutAll(
    ctx,
    saved.map((ticket) => ({
      ticket,
      data: { openedAt: ticket.opened_at.toString(), into, startsAt: startsAt.toString() },
    })),
    ticketMerged,
    { milestone: true, about: [ticketRef(survivor)] },
  )
  await recordAboutAll(
    ctx,
    saved.map((ticket) => ({ ticket, data: { into: survivor.number } })),
    ticketGoesOnIn,
    { forRequester: true },
  )
  const parents = new Set(all.flatMap(({ before: { parentId } }) => parentId ?? []))
  for (const id of parents) if (id !== survivor.id) await countCallers(ctx, id)
  return calling.size > 0
}
