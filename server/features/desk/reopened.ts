import { millisBetween } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { ruledActor, type Ticket } from './ticket.ts'
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
