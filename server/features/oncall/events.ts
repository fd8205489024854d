import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const page = { title: z.string(), policy: z.string() }
/** What the page is about, for those who read it elsewhere than there; older events lack it. */
const about = { title: z.string().optional() }

export const pageStarted = eventType(
  'page.started',
  z.object({ ...page, urgency: z.string() }),
  (d) => `Paging by ${d.policy}.`,
)
export const pageStep = eventType(
  'page.step',
  z.object({ userId: z.string(), person: z.string(), step: z.number(), round: z.number(), why: z.string(), ...about }),
  (d) => `Step ${d.step}${d.round > 1 ? `, round ${d.round}` : ''}: ${d.person}. ${d.why}`,
)
export const pageNobody = eventType(
  'page.nobody',
  z.object({ step: z.number().nullable(), why: z.string(), ...about }),
  (d) => `${d.step ? `Step ${d.step}: nobody. ` : 'Nobody is paged. '}${d.why}`,
  'bad',
)
export const pageAcknowledged = eventType(
  'page.acknowledged',
  z.object({
    /** Null: a tool said so, and named nobody. */
    userId: z.string().nullable(),
    person: z.string(),
    subject: z.string(),
    seconds: z.number(),
    via: z.enum(['page', 'ticket', 'alert', 'tool']).default('page'),
    ...about,
  }),
  (d) => `${acknowledged(d)} after ${duration(d.seconds)}.`,
  'good',
)
export const pageRaised = eventType(
  'page.raised',
  z.object({ title: z.string() }),
  () => 'It has become urgent: paging starts again.',
  'warn',
)
export const pagePassed = eventType(
  'page.passed',
  z.object({ person: z.string(), ...about }),
  (d) => `${d.person} passed it to the next person.`,
  'warn',
)
export const pageExhausted = eventType(
  'page.exhausted',
  z.object(page),
  (d) => `Nobody acknowledged: ${d.policy} has run out.`,
  'bad',
)
export const pageRenewed = eventType(
  'page.renewed',
  // Older ones say who acknowledged and how many minutes ago.
  z.object({ why: z.string().optional(), person: z.string().optional(), minutes: z.number().optional(), ...about }),
  (d) =>
    d.why
      ? `Paging starts again: ${d.why}`
      : `${d.person} acknowledged ${d.minutes} min ago and it is not solved: paging starts again.`,
  'warn',
)
export const pageDone = eventType(
  'page.done',
  z.object({ reason: z.string(), told: z.array(z.string()) }),
  (d) => `Paging is over: ${d.reason}${d.told.length > 0 ? ` Told: ${d.told.join(', ')}.` : ''}`,
)

type Acknowledged = { person: string; via?: 'page' | 'ticket' | 'alert' | 'tool' | undefined }
/** Who has it is said where it is kept: on the ticket. */
const acknowledged = ({ person, via }: Acknowledged): string =>
  ({
    page: `${person} acknowledged the page`,
    ticket: `${person} acknowledged the page by taking the ticket,`,
    alert: `${person} acknowledged the page by an alert of it,`,
    tool: `${person} says that somebody has it,`,
  })[via ?? 'page']

const thing = z.object({ name: z.string() })
export const scheduleCreated = eventType('schedule.created', thing, (d, who) => `${who} made the schedule ${d.name}.`)
export const scheduleChanged = eventType(
  'schedule.changed',
  thing.extend({ before: z.unknown(), after: z.unknown() }),
  (d, who) => `${who} changed the schedule ${d.name}.`,
)
export const overrideAdded = eventType(
  'override.added',
  z.object({
    schedule: z.string(),
    add: z.string().nullable(),
    remove: z.string().nullable(),
    from: z.string(),
    to: z.string(),
    reason: z.string(),
  }),
  (d, who) => `${who}: ${overrideWords(d)} on ${d.schedule} from ${d.from} to ${d.to}.`,
)
export const overrideRemoved = eventType(
  'override.removed',
  z.object({ schedule: z.string() }),
  (d, who) => `${who} removed an override of ${d.schedule}.`,
)
export const policyCreated = eventType(
  'policy.created',
  thing,
  (d, who) => `${who} made the escalation policy ${d.name}.`,
)
export const policyChanged = eventType(
  'policy.changed',
  thing.extend({ before: z.unknown(), after: z.unknown() }),
  (d, who) => `${who} changed the escalation policy ${d.name}.`,
)
export const policyAssigned = eventType(
  'policy.assigned',
  thing.extend({ service: z.string() }),
  (d, who) => `${who} gave ${d.service} the escalation policy ${d.name}.`,
)
export const policyUnassigned = eventType(
  'policy.unassigned',
  thing.extend({ service: z.string() }),
  (d, who) => `${who} took the escalation policy ${d.name} from ${d.service}.`,
)

export const oncallEvents = [
  pageStarted,
  pageStep,
  pageNobody,
  pageAcknowledged,
  pagePassed,
  pageRaised,
  pageExhausted,
  pageRenewed,
  pageDone,
  scheduleCreated,
  scheduleChanged,
  overrideAdded,
  overrideRemoved,
  policyCreated,
  policyChanged,
  policyAssigned,
  policyUnassigned,
] as const

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}

function overrideWords(d: { add: string | null; remove: string | null }): string {
  if (d.add && d.remove) return `${d.add} in place of ${d.remove}`
  return d.add ? `${d.add} as well` : `without ${d.remove}`
}
