import type { Selectable } from 'kysely'
import { isBefore } from '../../platform/clock.ts'
import type { TicketClocks } from '../../platform/db/schema.gen.ts'
import { type ClockFact, clocksOf, nextDue, type SlaClock, type Terms } from '../sla/index.ts'
import type { Ticket } from './ticket.ts'

export type ClockRow = Selectable<TicketClocks>

export type ClockPlan = {
  terms: Terms
  rows: ClockRow[]
  /** Of `rows`, those that differ from what is stored. */
  changed: ClockRow[]
  /** Stored runs of clocks that there are no longer. */
  gone: ClockRow[]
  /** What the ticket's row says of them. */
  columns: { due_at: Temporal.Instant | null; due_clock: string | null; breached: boolean; sla: string }
  /** When a warning or a breach is to be told next; may be over already. */
  ringAt: Temporal.Instant | null
}

type Given = {
  ticket: Pick<Ticket, 'id' | 'first_response_at'>
  facts: readonly ClockFact[]
  terms: Terms
  stored: readonly ClockRow[]
  now: Temporal.Instant
}

export const isBreach = (state: string): boolean => state === 'breached' || state === 'breached_on_reclass'
const keyOf = (c: Pick<ClockRow, 'clock' | 'label' | 'cycle'>) => `${c.clock} ${c.cycle} ${c.label}`
const same = (a: Temporal.Instant | null, b: Temporal.Instant | null) => (a && b ? a.equals(b) : a === b)

/** All clocks of a ticket as they stand at `now` by these facts and terms: what the pages show of an open ticket. */
export const computeClocks = ({ ticket, facts, terms, now }: Omit<Given, 'stored'>): SlaClock[] => {
  const answered = ticket.first_response_at
  return clocksOf({
    facts: answered ? [...facts, { at: answered, what: 'first_response' }] : facts,
    policy: terms.policy,
    calendar: terms.calendar,
    now,
  })
}

/** A run that was stopped, and still is at the same time, stays as it was measured then. */
export const isFrozen = (stored: ClockRow | undefined, c: Pick<SlaClock, 'stoppedAt'>): stored is ClockRow =>
  stored !== undefined && stored.stopped_at !== null && same(stored.stopped_at, c.stoppedAt)

/** What the stored clocks of a ticket become. */
export const planClocks = (given: Given): ClockPlan => {
  const { terms, now, stored } = given
  const known = new Map(stored.map((row) => [keyOf(row), row]))
  const computed = computeClocks(given)
  const rows = computed.map((c) => {
    const before = known.get(keyOf(c))
    return isFrozen(before, c) ? before : rowOf(given.ticket.id, c, terms, before, now)
  })
  const keys = new Set(rows.map(keyOf))
  const gone = stored.filter((row) => !keys.has(keyOf(row)) && row.stopped_at === null)
  const kept = stored.filter((row) => !keys.has(keyOf(row)) && row.stopped_at !== null)
  const all = [...rows, ...kept]
  const due = nextDue(rows.map((r) => ({ dueAt: r.due_at, ticking: r.ticking, clock: r.clock })))
  return {
    terms,
    rows: all,
    changed: rows.filter((row) => differs(row, known.get(keyOf(row)))),
    gone,
    columns: {
      due_at: due?.dueAt ?? null,
      due_clock: due?.clock ?? null,
      breached: all.some((r) => isBreach(r.state)),
      sla: JSON.stringify(saidOf(terms)),
    },
    ringAt: nextRing(all),
  }
}

/** By which policy and calendar a ticket is measured, as its row keeps it. */
export const saidOf = ({ policy, calendar, why }: Terms) => ({
  policyId: policy.id,
  policy: policy.name,
  policyVersion: policy.version,
  calendarId: calendar?.id ?? null,
  calendar: calendar?.name ?? null,
  calendarVersion: calendar?.version ?? null,
  why,
})

const rowOf = (
  ticketId: string,
  c: SlaClock,
  { policy, calendar }: Terms,
  before: ClockRow | undefined,
  now: Temporal.Instant,
): ClockRow => {
  // What was told is told once for each run and target; another target begins anew.
  const sameTarget = before !== undefined && before.target_minutes === c.targetMinutes
  return {
    ticket_id: ticketId,
    clock: c.clock,
    label: c.label,
    cycle: c.cycle,
    state: c.state === 'breached' && byNewTerms(c, before, { policy, calendar }, now) ? 'breached_on_reclass' : c.state,
    started_at: c.startedAt,
    due_at: c.dueAt,
    warn_at: c.warnAt,
    stopped_at: c.stoppedAt,
    ticking: c.ticking,
    target_minutes: c.targetMinutes,
    elapsed_minutes: c.elapsedMinutes,
    warned_at: sameTarget ? before.warned_at : null,
    breached_at: sameTarget ? before.breached_at : null,
    policy_id: policy.id,
    policy_version: policy.version,
    calendar_id: calendar?.id ?? null,
    calendar_version: calendar?.version ?? null,
    derivation: c.stoppedAt ? c.tell() : [],
    problem: c.problem,
  }
}

// Another priority stands in the facts; another policy or calendar does not: that shows in what was measured before.
const byNewTerms = (
  c: SlaClock,
  before: ClockRow | undefined,
  { policy, calendar }: Pick<Terms, 'policy' | 'calendar'>,
  now: Temporal.Instant,
): boolean => {
  if (!before) return false
  if (before.state === 'breached_on_reclass') return before.target_minutes === c.targetMinutes
  const changed =
    before.policy_id !== policy.id ||
    before.policy_version !== policy.version ||
    before.calendar_id !== (calendar?.id ?? null) ||
    before.calendar_version !== (calendar?.version ?? null)
  return changed && !isBreach(before.state) && (before.due_at === null || isBefore(now, before.due_at))
}

const differs = (row: ClockRow, stored: ClockRow | undefined): boolean =>
  !stored ||
  (row !== stored &&
    (row.state !== stored.state ||
      row.ticking !== stored.ticking ||
      row.target_minutes !== stored.target_minutes ||
      row.policy_id !== stored.policy_id ||
      row.policy_version !== stored.policy_version ||
      row.calendar_id !== stored.calendar_id ||
      row.calendar_version !== stored.calendar_version ||
      row.problem !== stored.problem ||
      !same(row.started_at, stored.started_at) ||
      !same(row.due_at, stored.due_at) ||
      !same(row.warn_at, stored.warn_at) ||
      !same(row.stopped_at, stored.stopped_at)))

/** When the next warning or breach of these is to be told; null when none is. */
export const nextRing = (rows: readonly ClockRow[]): Temporal.Instant | null =>
  rows.reduce<Temporal.Instant | null>((first, row) => {
    const at = ringOf(row)
    return at && (!first || isBefore(at, first)) ? at : first
  }, null)

const ringOf = (row: ClockRow): Temporal.Instant | null => {
  if (row.breached_at) return null
  if (isBreach(row.state)) return row.due_at
  if (!row.ticking) return null
  return row.warned_at ? row.due_at : (row.warn_at ?? row.due_at)
}
