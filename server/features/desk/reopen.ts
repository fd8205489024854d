import type { z } from 'zod'
import { reopenInput } from '../../../contract/desk/index.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { takeChildren } from './children.ts'
import { closeNoMore } from './close-by-itself.ts'
import { lapsedOf, unlapseEscalation } from './escalation/lapse.ts'
import { ticketReopened } from './events.ts'
import { holdLinks } from './link-rows.ts'
import { mirror } from './mirror.ts'
import { recordAboutAll } from './record.ts'
import { reopened } from './reopened.ts'
import { acted, saveTickets } from './save.ts'
import { reopenThrough } from './say-through.ts'
import { ruledActor, type Ticket, takeTicket } from './ticket.ts'
import { wakeLater } from './wake.ts'

/** Opens a resolved or cancelled ticket again: the desk, or the requester who says that it is not solved. */
export const reopenTicket = verb('ticket.reopen', {
  permission: 'ticket.reply',
  input: reopenInput,
  async run(ctx, { id, reason, children, waiting = [] }) {
    const { desk } = ruledActor(ctx)
    const withChildren = children && desk
    if (withChildren) await holdLinks(ctx)
    const ticket = await takeTicket(ctx, id, 'reopen')
    if (ticket.merged_into_id) return reopenThrough(ctx, ticket, reason ?? null)
    // Resolved in the same instant means resolved by the same act.
    const together = (t: Ticket) => t.state === 'resolved' && sameInstant(t.resolved_at, ticket.resolved_at)
    const under = withChildren ? (await takeChildren(ctx, ticket)).filter(together) : []
    const waits = new Map(desk ? waiting.map((w) => [w.id, w]) : [])
    const [saved] = await reopenAll(ctx, [ticket, ...under], reason ?? null, waits)
    return acted(ctx, saved ?? ticket, undoOf(ctx, ticket, withChildren))
  },
})

const sameInstant = (a: Temporal.Instant | null, b: Temporal.Instant | null) => a !== null && b !== null && a.equals(b)

type Waits = ReadonlyMap<string, NonNullable<z.output<typeof reopenInput>['waiting']>[number]>

/** Open, or waiting as before, unless what it waited for has come meanwhile. */
const goingOn = (ctx: Context, ticket: Ticket, waits: Waits) => {
  const open = reopened(ctx, ticket)
  const wait = waits.get(ticket.id)
  const until = wait?.until ?? null
  if (!wait || (until && !isBefore(ctx.now(), until))) return open
  return { ...open, state: 'pending', pending_reason: wait.reason, pending_until: until }
}

const reopenAll = async (
  ctx: Context,
  tickets: readonly Ticket[],
  reason: string | null,
  waits: Waits,
): Promise<Ticket[]> => {
  // Whoever asked waits for a word again.
  const said = ruledActor(ctx).desk ? [] : [{ what: 'customer' } as const]
  const saved = await saveTickets(
    ctx,
    tickets.map((ticket) => ({ ticket, changes: goingOn(ctx, ticket, waits), happened: said })),
  )
  for (const ticket of saved) {
    closeNoMore(ctx, ticket)
    if (ticket.state === 'pending') wakeLater(ctx, ticket)
  }
  const all = saved.map((ticket, i) => ({
    ticket,
    data: { from: tickets[i]?.state === 'cancelled' ? 'cancelled' : 'resolved', reason, by: 'hand' } as const,
  }))
  await recordAboutAll(ctx, all, ticketReopened, { milestone: true, forRequester: true })
  // Why is said to whoever asked for this one, not to those of others.
  await mirror(
    ctx,
    all.map(({ ticket, data }) => ({ ticket, data: { ...data, reason: null } })),
    ticketReopened,
  )
  const lapsed = await lapsedOf(ctx, ids(saved))
  const back = []
  for (const ticket of saved) back.push(lapsed.has(ticket.id) ? await unlapseEscalation(ctx, ticket) : ticket)
  return back
}

const ids = (tickets: readonly Ticket[]) => tickets.map((t) => t.id)

const undoOf = (ctx: Context, { id, resolution }: Ticket, children: boolean) =>
  ruledActor(ctx).desk && resolution !== null
    ? { act: 'resolve' as const, input: { id, resolution, ...(children ? { children } : {}) } }
    : null
