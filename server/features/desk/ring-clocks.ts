import { z } from 'zod'
import type { SlaClockName } from '../../../contract/sla/index.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { slaBreached, slaWarned, type Terms } from '../sla/index.ts'
import { storedFacts } from './clock-facts.ts'
import { type ClockRow, isBreach, nextRing } from './clock-plan.ts'
import { keepPlan, planFor } from './keep-clocks.ts'
import { recordAbout } from './record.ts'
import { tellClock } from './tell-clock.ts'
import { lockTicket, type Ticket } from './ticket.ts'

/**
 * Tells what has come due of a ticket's clocks: a warning or a breach, once for each run. Looks first what is true now;
 * what was told before, or is not due any more, is left.
 */
export const ringClocks = verb('ticket.ring_clocks', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const ticket = await lockTicket(ctx, id)
    if (!ticket) return ctx.unchanged(null)
    const plan = await planFor(ctx, ticket, storedFacts(ticket))
    const told = new Map<ClockRow, ClockRow>()
    for (const row of plan.rows) {
      if (row.breached_at) continue
      if (isBreach(row.state)) told.set(row, { ...row, breached_at: ctx.now() })
      else if (row.ticking && row.warn_at && !row.warned_at && !isBefore(ctx.now(), row.warn_at))
        told.set(row, { ...row, warned_at: ctx.now() })
    }
    const rows = plan.rows.map((row) => told.get(row) ?? row)
    const written = plan.rows.filter((row) => told.has(row) || plan.changed.includes(row))
    const changed = written.map((row) => told.get(row) ?? row)
    await ctx.db.updateTable('tickets').set(plan.columns).where('id', '=', id).execute()
    await keepPlan(ctx, id, { ...plan, rows, changed, ringAt: nextRing(rows) })
    for (const row of told.values()) await tell(ctx, ticket, row, plan.terms)
    return told.size > 0 ? null : ctx.unchanged(null)
  },
})

const tell = async (ctx: Context, ticket: Ticket, row: ClockRow, { policy, calendar }: Terms) => {
  const dueAt = row.due_at ?? ctx.now()
  const data = {
    ticketId: ticket.id,
    priority: ticket.priority,
    clock: row.clock as SlaClockName,
    label: row.label,
    cycle: row.cycle,
    dueAt: dueAt.toString(),
    targetMinutes: row.target_minutes,
    zone: calendar?.rules.zone ?? 'UTC',
    policy: { id: policy.id, name: policy.name, version: row.policy_version },
    at: ctx.now().toString(),
  }
  const breach = row.breached_at !== null
  if (!breach) await recordAbout(ctx, ticket, slaWarned, data, { milestone: true })
  else {
    const onReclass = row.state === 'breached_on_reclass'
    await recordAbout(ctx, ticket, slaBreached, { ...data, onReclass }, { milestone: true })
  }
  // What was stopped meanwhile is told to the log alone: nobody can do anything about it any more.
  if (row.stopped_at === null) await tellClock(ctx, ticket, { ...data, breach })
}
