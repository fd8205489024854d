import { sql } from 'kysely'
import { mergeInput, type TicketState } from '../../../contract/desk/index.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { countCallers } from './callers.ts'
import { lapsedOf, unlapseEscalation } from './escalation/lapse.ts'
import { ticketGoesOnIn, ticketUnmerged } from './events-links.ts'
import { serviceFacts } from './facts.ts'
import { holdLinks } from './link-rows.ts'
import { moveOut } from './merge-rows.ts'
import { type Before, countsFrom, earliest } from './merged.ts'
import { pageFor } from './page.ts'
import { recordAboutAll } from './record.ts'
import { acted, saveTicket, saveTickets } from './save.ts'
import { type Ticket, ticketRef } from './ticket.ts'
import { takeTickets } from './ticket-several.ts'
import { wakeLater } from './wake.ts'
import { workingState } from './working-state.ts'

/** Takes a merging back, all or none: each duplicate is again what it was, with its children, its alerts and its clocks. */
export const unmergeTickets = verb('ticket.unmerge', {
  permission: 'ticket.work',
  input: mergeInput,
  async run(ctx, { id, tickets }) {
    await holdLinks(ctx)
    const [survivor, ...rest] = await takeTickets(ctx, [id, ...tickets], (_, index) => (index === 0 ? null : 'unmerge'))
    if (!survivor) throw invalid('id', 'names no ticket; look whether the number was mistyped')
    const duplicates = [...new Map(rest.map((t) => [t.id, t])).values()]
    await unmergeAll(ctx, survivor, duplicates)
    const saved = await saveTicket(ctx, survivor, {}, [await countsFrom(ctx, survivor)])
    await countCallers(ctx, saved.id)
    return acted(ctx, saved)
  },
})

const unmergeAll = async (ctx: Context, survivor: Ticket, duplicates: readonly Ticket[]) => {
  const befores = await beforeOf(ctx, survivor, duplicates)
  for (const [one, before] of befores) await moveOut(ctx, one, survivor, before)
  const open = await saveTickets(
    ctx,
    befores.map(([ticket, before]) => ({
      ticket,
      changes: { ...stateOf(ctx, ticket, before), merged_into_id: null, handled_at: ctx.now() },
    })),
  )
  const lapsed = await lapsedOf(
    ctx,
    open.map((t) => t.id),
  )
  const saved: Ticket[] = []
  for (const one of open) {
    saved.push(lapsed.has(one.id) ? await unlapseEscalation(ctx, one) : one)
    if (one.state === 'pending') wakeLater(ctx, one)
  }
  await tell(ctx, survivor, saved)
  for (const [i, [, before]] of befores.entries()) {
    const one = saved[i] as Ticket
    if (before.childIds.length + before.mergedIds.length + before.affectedIds.length > 0)
      await countCallers(ctx, one.id)
    if (before.paging && !one.assignee_id) await pageFor(ctx, one, await serviceFacts(ctx, one.service_id))
  }
}

/** What each was before, from the link of its merging. Throws `conflict` when one was merged elsewhere. */
const beforeOf = async (ctx: Context, survivor: Ticket, duplicates: readonly Ticket[]) => {
  const links = await ctx.db
    .selectFrom('ticket_links')
    .select(['from_id', 'merge'])
    .where('from_id', '=', sql<string>`any(${duplicates.map((t) => t.id)}::uuid[])`)
    .where('to_id', '=', survivor.id)
    .where('merge', 'is not', null)
    .execute()
  const merges = new Map(links.map((l) => [l.from_id, l.merge as Before]))
  return duplicates.map((one) => {
    const before = merges.get(one.id)
    if (!before)
      throw conflict(`${one.number} was not merged into ${survivor.number} itself. Look on its page for where it went.`)
    return [one, before] as const
  })
}

const tell = async (ctx: Context, survivor: Ticket, saved: readonly Ticket[]) => {
  const into = { id: survivor.id, number: survivor.number, openedAt: survivor.opened_at.toString() }
  const startsAt = (await earliest(ctx, survivor)).opened_at.toString()
  await recordAboutAll(
    ctx,
    saved.map((ticket) => ({ ticket, data: { openedAt: ticket.opened_at.toString(), into, startsAt } })),
    ticketUnmerged,
    { milestone: true, about: [ticketRef(survivor)] },
  )
  await recordAboutAll(
    ctx,
    saved.map((ticket) => ({ ticket, data: { into: null } })),
    ticketGoesOnIn,
    { forRequester: true },
  )
}

/** As it was; but what it waited for may have come meanwhile. */
const stateOf = (ctx: Context, one: Ticket, before: Before) => {
  const until = before.pendingUntil ? Temporal.Instant.from(before.pendingUntil) : null
  const waits = before.state === 'pending' && !(until && !isBefore(ctx.now(), until))
  if (waits) return { state: 'pending', pending_reason: before.pendingReason, pending_until: until }
  return { state: before.state === 'pending' ? workingState(one) : (before.state as TicketState) }
}
