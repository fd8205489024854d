import { z } from 'zod'
import { slaClock, slaClockWords } from '../../../contract/sla/index.ts'
import { eventType } from '../../platform/events.ts'
import { durationWords, timeWords } from './words.ts'

const named = z.object({ name: z.string() })
const fields = z.record(z.string(), z.unknown())

const fieldWords: Record<string, string> = {
  appliesTo: 'what it is for',
  targets: 'the targets',
  calendarId: 'the calendar',
  warnPercent: 'the warning',
  onReopen: 'what reopening means',
  onReclass: 'what another priority means',
  pauseReasons: 'what stops the clocks',
  cutOffs: 'the cut-offs',
  name: 'the name',
}

/** Whoever holds clocks computes the open ones anew at each of these; closed ones stay. */
export const slaPolicyCreated = eventType(
  'sla.policy_created',
  named.extend({ after: fields }),
  (d, who) => `${who} added the SLA policy ${d.name}.`,
)
/** Only the fields that changed stand in `before` and `after`. */
export const slaPolicyChanged = eventType(
  'sla.policy_changed',
  named.extend({ before: fields, after: fields }),
  (d, who) =>
    `${who} changed the SLA policy ${d.name}: ${Object.entries(fieldWords)
      .flatMap(([field, words]) => (field in d.after ? [words] : []))
      .join(', ')}.`,
)
export const slaPolicyMoved = eventType(
  'sla.policy_moved',
  named.extend({ place: z.number() }),
  (d, who) => `${who} has the SLA policy ${d.name} tried as number ${d.place}.`,
)
export const slaPolicyDeleted = eventType(
  'sla.policy_deleted',
  named.extend({ before: fields }),
  (d, who) => `${who} deleted the SLA policy ${d.name}.`,
)

/** `ticketId`, `number`, `priority`: whose clock; `dueAt` is an instant, `zone` the one in whose time it is told. */
const clock = z.object({
  ticketId: z.string(),
  number: z.string(),
  priority: z.number(),
  clock: slaClock,
  label: z.string(),
  cycle: z.number(),
  dueAt: z.string(),
  targetMinutes: z.number().nullable(),
  zone: z.string(),
  policy: named.extend({ id: z.string(), version: z.number() }),
})
type ClockData = z.output<typeof clock>

const what = (d: ClockData) => (d.clock === 'cut_off' ? d.label : slaClockWords[d.clock])
const dueWords = (d: ClockData, from: string) =>
  timeWords(Temporal.Instant.from(d.dueAt), Temporal.Instant.from(from), d.zone)
const target = (d: ClockData) =>
  d.targetMinutes === null ? '' : ` (P${d.priority}: ${durationWords(d.targetMinutes)})`

/** A clock has used most of its time; once for each run. */
export const slaWarned = eventType(
  'sla.warned',
  clock.extend({ at: z.string() }),
  (d) => `${what(d)} is due ${dueWords(d, d.at)}${target(d)}.`,
  'warn',
)

/**
 * A clock is over time; once for each run. `onReclass`: it was so at once because the priority or the policy changed,
 * and is counted apart in reports.
 */
export const slaBreached = eventType(
  'sla.breached',
  clock.extend({ at: z.string(), onReclass: z.boolean() }),
  (d) =>
    d.onReclass
      ? `${what(d)} was due ${dueWords(d, d.at)}${target(d)}: over time at once, because the terms changed.`
      : `${what(d)} is over time: it was due ${dueWords(d, d.at)}${target(d)}.`,
  'bad',
)

export const slaEvents = [slaPolicyCreated, slaPolicyChanged, slaPolicyMoved, slaPolicyDeleted, slaWarned, slaBreached]
