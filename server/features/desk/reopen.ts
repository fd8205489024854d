import { maybeReasonInput } from '../../../contract/desk/index.ts'
import { millisBetween } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { closeNoMore } from './close-by-itself.ts'
import { unlapseEscalation } from './escalation/lapse.ts'
import { ticketReopened } from './events.ts'
import { recordAbout } from './record.ts'
import { acted, saveTicket } from './save.ts'
import { ruledActor, type Ticket, takeTicket } from './ticket.ts'
import { workingState } from './working-state.ts'

const SLIP_MS = 60_000

/** A resolution that the desk takes back within a minute was a slip, and does not count as reopened. */
const wasSlip = (ctx: Context, ticket: Ticket): boolean =>
  ruledActor(ctx).desk && ticket.resolved_at !== null && millisBetween(ticket.resolved_at, ctx.now()) < SLIP_MS

/** What a row becomes when its ticket is open again. */
export const reopened = (ctx: Context, ticket: Ticket) => ({
  state: workingState(ticket),
  resolution: null,
  resolved_at: null,
  reopened: ticket.reopened + (ticket.state === 'resolved' && !wasSlip(ctx, ticket) ? 1 : 0),
  handled_at: ctx.now(),
})

/** Opens a resolved or cancelled ticket again: the desk, or the requester who says that it is not solved. */
export const reopenTicket = verb('ticket.reopen', {
  permission: 'ticket.reply',
  input: maybeReasonInput,
  async run(ctx, { id, reason }) {
    const ticket = await takeTicket(ctx, id, 'reopen')
    const saved = await saveTicket(ctx, ticket, reopened(ctx, ticket))
    closeNoMore(ctx, saved)
    const from = ticket.state === 'cancelled' ? 'cancelled' : 'resolved'
    const data = { from, reason: reason ?? null, by: 'hand' } as const
    await recordAbout(ctx, saved, ticketReopened, data, { milestone: true, forRequester: true })
    return acted(ctx, await unlapseEscalation(ctx, saved), undoOf(ctx, ticket))
  },
})

const undoOf = (ctx: Context, { id, resolution }: Ticket) =>
  ruledActor(ctx).desk && resolution !== null ? { act: 'resolve' as const, input: { id, resolution } } : null
