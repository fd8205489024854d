import { isOpen, type TicketClock, type TicketState } from '../../../contract/desk/index.ts'
import type { SlaClockName, SlaState } from '../../../contract/sla/index.ts'
import type { ReadContext } from '../../platform/context.ts'
import { type SlaClock, type Terms, termsFor } from '../sla/index.ts'
import { storedFacts } from './clock-facts.ts'
import { type ClockRow, computeClocks, isBreach, isFrozen, saidOf } from './clock-plan.ts'
import { storedClocks } from './clock-rows.ts'
import { termsOf } from './keep-clocks.ts'
import type { Ticket } from './ticket.ts'

const SHOWN = 50

type Shown = Omit<TicketClock, 'startedAt' | 'dueAt' | 'warnAt' | 'stoppedAt'> & {
  startedAt: Temporal.Instant
  dueAt: Temporal.Instant | null
  warnAt: Temporal.Instant | null
  stoppedAt: Temporal.Instant | null
}

/**
 * A ticket's clocks for a reader, with the sentences that derive them. Those that run are computed as of now; a run that
 * was stopped is shown as it was kept then.
 */
export const clocksNow = async (
  ctx: ReadContext,
  ticket: Ticket,
): Promise<{ clocks: Shown[]; derivation: string[] }> => {
  const stored = await storedClocks(ctx, [ticket.id])
  if (!isOpen(ticket.state as TicketState))
    return { clocks: stored.slice(-SHOWN).map(ofRow), derivation: termsWords(ticket.sla) }
  const terms = await termsFor(ctx.db, termsOf(ticket))
  const computed = computeClocks({ ticket, facts: storedFacts(ticket), terms, now: ctx.now() })
  const known = (c: SlaClock) => stored.find((r) => r.clock === c.clock && r.label === c.label && r.cycle === c.cycle)
  const clocks = computed.slice(-SHOWN).map((c) => {
    const row = known(c)
    return isFrozen(row, c) ? ofRow(row) : ofClock(c, terms, row)
  })
  return { clocks, derivation: termsWords(saidOf(terms)) }
}

const left = (target: number | null, elapsed: number) => (target === null ? null : target - elapsed)

const ofRow = (r: ClockRow): Shown => ({
  name: r.clock as SlaClockName,
  label: r.label,
  cycle: r.cycle,
  state: r.state as SlaState,
  startedAt: r.started_at,
  dueAt: r.due_at,
  warnAt: r.warn_at,
  stoppedAt: r.stopped_at,
  targetMinutes: r.target_minutes,
  elapsedMinutes: r.elapsed_minutes,
  leftMinutes: left(r.target_minutes, r.elapsed_minutes),
  policyVersion: r.policy_version,
  calendarVersion: r.calendar_version,
  derivation: r.derivation as string[],
  problem: r.problem,
})

const ofClock = (c: SlaClock, { policy, calendar }: Terms, row: ClockRow | undefined): Shown => ({
  name: c.clock,
  label: c.label,
  cycle: c.cycle,
  // Over time because the policy or the calendar changed: that is known from what was measured before.
  state: row?.state === 'breached_on_reclass' && isBreach(c.state) ? 'breached_on_reclass' : c.state,
  startedAt: c.startedAt,
  dueAt: c.dueAt,
  warnAt: c.warnAt,
  stoppedAt: c.stoppedAt,
  targetMinutes: c.targetMinutes,
  elapsedMinutes: c.elapsedMinutes,
  leftMinutes: left(c.targetMinutes, c.elapsedMinutes),
  policyVersion: policy.version,
  calendarVersion: calendar?.version ?? null,
  derivation: c.tell(),
  problem: c.problem,
})

type Said = { why?: string; policyVersion?: number; calendar?: string | null; calendarVersion?: number | null }

/** By which policy a ticket is measured, and why. */
export const termsWords = (sla: unknown): string[] => {
  const { why, policyVersion, calendar, calendarVersion } = (sla ?? {}) as Said
  if (!why) return []
  const by = calendar ? `, and the calendar ${calendar} in its version ${calendarVersion}` : ''
  return [why, `That is the policy in its version ${policyVersion}${by}.`]
}
