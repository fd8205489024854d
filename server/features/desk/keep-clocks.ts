import type { Context } from '../../platform/context.ts'
import { type ClockFact, termsReader } from '../sla/index.ts'
import { type ClockPlan, planClocks } from './clock-plan.ts'
import { storedClocks, writeClocks } from './clock-rows.ts'
import { type Ticket, ticketRef } from './ticket.ts'

/** What of a ticket's row decides its clocks. */
export type Clocked = Pick<Ticket, 'id' | 'kind' | 'environment' | 'service_id' | 'priority' | 'first_response_at'>

type Facts<T> = { ticket: T; facts: readonly ClockFact[] }

/** Computes tickets' clocks anew from their facts, by the policies and calendars as they stand now. Writes nothing. */
export const plansFor = async <T extends Clocked>(
  ctx: Context,
  all: readonly Facts<T>[],
): Promise<(Facts<T> & { plan: ClockPlan })[]> => {
  if (all.length === 0) return []
  const terms = termsReader(ctx.db)
  const known = await storedClocks(
    ctx,
    all.map(({ ticket }) => ticket.id),
  )
  const stored = Map.groupBy(known, (row) => row.ticket_id)
  const plans = []
  for (const { ticket, facts } of all) {
    const given = { ticket, facts, stored: stored.get(ticket.id) ?? [], now: ctx.now() }
    plans.push({ ticket, facts, plan: planClocks({ ...given, terms: await terms(termsOf(ticket)) }) })
  }
  return plans
}

/** As `plansFor`, of one ticket. */
export const planFor = async (ctx: Context, ticket: Clocked, facts: readonly ClockFact[]): Promise<ClockPlan> =>
  ((await plansFor(ctx, [{ ticket, facts }]))[0] as { plan: ClockPlan }).plan

export const termsOf = (t: Omit<Clocked, 'id' | 'first_response_at'>) => ({
  serviceId: t.service_id,
  kind: t.kind,
  environment: t.environment,
  priority: t.priority,
})

type Kept = { ticketId: string; plan: ClockPlan }

/** Keeps plans: the clocks, and when the next of them is to be told. The tickets' columns are their writer's. */
export const keepPlans = async (ctx: Context, plans: readonly Kept[]): Promise<void> => {
  await writeClocks(
    ctx,
    plans.map(({ plan }) => plan),
  )
  for (const { ticketId, plan } of plans) ringAt(ctx, ticketId, plan.ringAt)
}

export const keepPlan = (ctx: Context, ticketId: string, plan: ClockPlan): Promise<void> =>
  keepPlans(ctx, [{ ticketId, plan }])

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
