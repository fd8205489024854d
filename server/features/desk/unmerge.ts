import { mergeInput, type TicketState } from '../../../contract/desk/index.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { countCallers } from './callers.ts'
import { unlapseEscalation } from './escalation/lapse.ts'
import { ticketGoesOnIn, ticketUnmerged } from './events-links.ts'
import { serviceFacts } from './facts.ts'
import { holdLinks } from './link-rows.ts'
import { moveOut } from './merge-rows.ts'
import { type Before, countsFrom, earliest } from './merged.ts'
import { pageFor } from './page.ts'
import { recordAbout } from './record.ts'
import { acted, saveTicket } from './save.ts'
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
    if (!survivor) throw invalid('id', 'names no ticket')
    const duplicates = [...new Map(rest.map((t) => [t.id, t])).values()]
    for (const one of duplicates) await unmergeOne(ctx, survivor, one)
    const saved = await saveTicket(ctx, survivor, {}, [await countsFrom(ctx, survivor)])
    await countCallers(ctx, saved.id)
    return acted(ctx, saved)
  },
})

const unmergeOne = async (ctx: Context, survivor: Ticket, one: Ticket) => {
  const link = await ctx.db
    .selectFrom('ticket_links')
    .select(['to_id', 'merge'])
    .where('from_id', '=', one.id)
    .where('merge', 'is not', null)
    .executeTakeFirst()
  if (!link || link.to_id !== survivor.id)
    throw conflict(`${one.number} was not merged into ${survivor.number} itself. Look on its page for where it went.`)
  const before = link.merge as Before
  await moveOut(ctx, one, survivor, before)
  const open = await saveTicket(ctx, one, {
    ...stateOf(ctx, one, before),
    merged_into_id: null,
    handled_at: ctx.now(),
  })
  const saved = await unlapseEscalation(ctx, open)
  if (saved.state === 'pending') wakeLater(ctx, saved)
  const data = {
    openedAt: one.opened_at.toString(),
    into: { id: survivor.id, number: survivor.number, openedAt: survivor.opened_at.toString() },
    startsAt: (await earliest(ctx, survivor)).opened_at.toString(),
  }
  await recordAbout(ctx, saved, ticketUnmerged, data, { milestone: true, about: [ticketRef(survivor)] })
  await recordAbout(ctx, saved, ticketGoesOnIn, { into: null }, { forRequester: true })
  await countCallers(ctx, saved.id)
  if (before.paging && !saved.assignee_id) await pageFor(ctx, saved, await serviceFacts(ctx, saved.service_id))
}

/** As it was; but what it waited for may have come meanwhile. */
const stateOf = (ctx: Context, one: Ticket, before: Before) => {
  const until = before.pendingUntil ? Temporal.Instant.from(before.pendingUntil) : null
  const waits = before.state === 'pending' && !(until && !isBefore(ctx.now(), until))
  if (waits) return { state: 'pending', pending_reason: before.pendingReason, pending_until: until }
  return { state: before.state === 'pending' ? workingState(one) : (before.state as TicketState) }
}
