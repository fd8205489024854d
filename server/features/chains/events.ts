import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const named = z.object({ name: z.string() })
const fields = z.record(z.string(), z.unknown())
const at = (text: string) => `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`

export const deadlineSet = eventType(
  'deadline.set',
  named.extend({ job: z.string(), after: fields }),
  (d, actor) => `${actor} set the deadline ${d.name} for ${d.job}.`,
)
export const deadlineChanged = eventType(
  'deadline.changed',
  named.extend({ before: fields, after: fields }),
  (d, actor) => `${actor} changed the deadline ${d.name}: ${Object.keys(d.after).map(wordOf).join(', ')}.`,
)
export const deadlineDeleted = eventType(
  'deadline.deleted',
  named.extend({ before: fields }),
  (d, actor) => `${actor} deleted the deadline ${d.name}.`,
)
const ofDate = named.extend({ date: z.string(), reason: z.string() })
export const deadlineExtended = eventType(
  'deadline.extended',
  ofDate.extend({ before: z.string(), after: z.string() }),
  (d, actor) => `${actor} moved the deadline ${d.name} of ${d.date} to ${at(d.after)}: ${d.reason}`,
)
export const extensionTakenBack = eventType(
  'deadline.extension_taken_back',
  named.extend({ date: z.string(), before: z.string() }),
  (d, actor) => `${actor} left the deadline ${d.name} of ${d.date} as it was.`,
)
export const deadlineHeld = eventType(
  'deadline.held',
  named.extend({ until: z.string(), reason: z.string() }),
  (d, actor) => `${actor} held the alarms of the deadline ${d.name} until ${at(d.until)}: ${d.reason}`,
)
export const deadlineReleased = eventType(
  'deadline.released',
  named,
  (d, actor) => `${actor} let the deadline ${d.name} alarm again.`,
)

const turned = named.extend({ date: z.string(), state: z.string(), before: z.string(), summary: z.string() })
const sentence = (d: z.output<typeof turned>) => `${d.summary}.`
export const deadlineWorse = eventType('deadline.worse', turned, sentence, 'bad')
export const deadlineBetter = eventType('deadline.better', turned, sentence, 'good')
export const deadlineUnobserved = eventType('deadline.unobserved', turned, sentence, 'warn')

const edge = z.object({ from: z.string(), to: z.string(), reason: z.string() })
export const edgeDrawn = eventType(
  'chain.edge_drawn',
  edge,
  (d, actor) => `${actor} let ${d.to} wait for ${d.from}: ${d.reason}`,
)
export const edgeRemoved = eventType(
  'chain.edge_removed',
  edge,
  (d, actor) => `${actor} let ${d.to} not wait for ${d.from} any more.`,
)
export const feedMade = eventType(
  'deadline.feed_made',
  z.object({}),
  (_, actor) => `${actor} made an address for a calendar of deadlines.`,
)
export const feedEnded = eventType(
  'deadline.feed_ended',
  z.object({}),
  (_, actor) => `${actor} ended the address of a calendar of deadlines.`,
)

export const chainEvents = [
  deadlineSet,
  deadlineChanged,
  deadlineDeleted,
  deadlineExtended,
  extensionTakenBack,
  deadlineHeld,
  deadlineReleased,
  deadlineWorse,
  deadlineBetter,
  deadlineUnobserved,
  edgeDrawn,
  edgeRemoved,
  feedMade,
  feedEnded,
]

const words: Record<string, string> = {
  jobId: 'job',
  due: 'time',
  weekdays: 'days',
  calendarId: 'calendar',
  cut: 'when a business date begins',
  tellFrom: 'when it is told',
  oddsLimit: 'odds over which it is predicted late',
  teamId: 'team',
  serviceId: 'service',
}
const wordOf = (field: string): string => words[field] ?? field
