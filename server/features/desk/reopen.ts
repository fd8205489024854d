import { reopenInput } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { eachChild } from './children.ts'
import { closeNoMore } from './close-by-itself.ts'
import { unlapseEscalation } from './escalation/lapse.ts'
import { ticketReopened } from './events.ts'
import { holdLinks } from './link-rows.ts'
import { mirror } from './mirror.ts'
import { recordAbout } from './record.ts'
import { reopened } from './reopened.ts'
import { acted, saveTicket } from './save.ts'
import { reopenThrough } from './say-through.ts'
import { ruledActor, type Ticket, takeTicket } from './ticket.ts'

/** Opens a resolved or cancelled ticket again: the desk, or the requester who says that it is not solved. */
export const reopenTicket = verb('ticket.reopen', {
  permission: 'ticket.reply',
  input: reopenInput,
  async run(ctx, { id, reason, children }) {
    const withChildren = children && ruledActor(ctx).desk
    if (withChildren) await holdLinks(ctx)
    const ticket = await takeTicket(ctx, id, 'reopen')
    if (ticket.merged_into_id) return reopenThrough(ctx, ticket, reason ?? null)
    const saved = await reopen(ctx, ticket, reason ?? null)
    // Resolved in the same instant means resolved by the same act.
    const together = (t: Ticket) => t.state === 'resolved' && sameInstant(t.resolved_at, ticket.resolved_at)
    if (withChildren) await eachChild(ctx, saved, together, (child) => reopen(ctx, child, reason ?? null))
    return acted(ctx, saved, undoOf(ctx, ticket, withChildren))
  },
})

const sameInstant = (a: Temporal.Instant | null, b: Temporal.Instant | null) => a !== null && b !== null && a.equals(b)

const reopen = async (ctx: Context, ticket: Ticket, reason: string | null): Promise<Ticket> => {
  const saved = await saveTicket(ctx, ticket, reopened(ctx, ticket))
  closeNoMore(ctx, saved)
  const from = ticket.state === 'cancelled' ? 'cancelled' : 'resolved'
  const data = { from, reason, by: 'hand' } as const
  await recordAbout(ctx, saved, ticketReopened, data, { milestone: true, forRequester: true })
  await mirror(ctx, saved, ticketReopened, { ...data, reason: null })
  return unlapseEscalation(ctx, saved)
}

const undoOf = (ctx: Context, { id, resolution }: Ticket, children: boolean) =>
  ruledActor(ctx).desk && resolution !== null
    ? { act: 'resolve' as const, input: { id, resolution, ...(children ? { children } : {}) } }
    : null
