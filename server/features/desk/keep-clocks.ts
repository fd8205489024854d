import type { Context } from '../../platform/context.ts'
import { type ClockFact, termsFor } from '../sla/index.ts'
import { type ClockPlan, planClocks } from './clock-plan.ts'
import { storedClocks, writeClocks } from './clock-rows.ts'
import { type Ticket, ticketRef } from './ticket.ts'

/** What of a ticket's row decides its clocks. */
export type Clocked = Pick<Ticket, 'id' | 'kind' | 'environment' | 'service_id' | 'priority' | 'first_response_at'>

/** Computes a ticket's clocks anew from its facts, by the policy and the calendar as they stand now. Writes nothing. */
export const planFor = async (ctx: Context, ticket: Clocked, facts: readonly ClockFact[]): Promise<ClockPlan> => {
  const terms = await termsFor(ctx.db, termsOf(ticket))
  return planClocks({ ticket, facts, terms, stored: await storedClocks(ctx, [ticket.id]), now: ctx.now() })
}

export const termsOf = (t: Omit<Clocked, 'id' | 'first_response_at'>) => ({
  serviceId: t.service_id,
  kind: t.kind,
  environment: t.environment,
  priority: t.priority,
})

/** Keeps a plan: the clocks, and when the next of them is to be told. The ticket's columns are its writer's. */
export const keepPlan = async (ctx: Context, ticketId: string, plan: ClockPlan): Promise<void> => {
  await writeClocks(ctx, [plan])
  ringAt(ctx, ticketId, plan.ringAt)
}

const key = (ticketId: string) => `ticket:${ticketId}:clocks`

/** Leaves the telling of the next warning or breach to due work. */
export const ringAt = (ctx: Context, ticketId: string, at: Temporal.Instant | null): void => {
  if (!at) ctx.cancelDue(key(ticketId))
  else
    ctx.due({
      key: key(ticketId),
      at,
      run: { name: 'ticket.ring_clocks' },
      input: { id: ticketId },
      subject: ticketRef({ id: ticketId }),
    })
}
