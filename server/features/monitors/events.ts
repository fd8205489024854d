import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const named = z.object({ name: z.string() })
const fields = z.record(z.string(), z.unknown())

export const monitorCreated = eventType(
  'monitor.created',
  named.extend({ after: fields }),
  (d, actor) => `${actor} added the monitor ${d.name}.`,
)
export const monitorChanged = eventType(
  'monitor.changed',
  named.extend({ before: fields, after: fields }),
  (d, actor) => `${actor} changed the monitor ${d.name}: ${inWords(d.before, d.after)}.`,
)
export const monitorDeleted = eventType(
  'monitor.deleted',
  named.extend({ before: fields }),
  (d, actor) => `${actor} deleted the monitor ${d.name}.`,
)
export const monitorPaused = eventType('monitor.paused', named, (d, actor) => `${actor} paused the monitor ${d.name}.`)
export const monitorResumed = eventType(
  'monitor.resumed',
  named,
  (d, actor) => `${actor} resumed the monitor ${d.name}.`,
)
export const monitorLooked = eventType(
  'monitor.looked',
  named.extend({ outcome: z.string(), message: z.string(), ms: z.number() }),
  (d, actor) => `${actor} looked at ${d.name} by hand: ${d.message}, ${Math.round(d.ms)} ms.`,
)

const flipped = named.extend({
  flip: z.number(),
  from: z.string().nullable(),
  why: z.string(),
  message: z.string(),
  summary: z.string(),
})
type Flipped = z.output<typeof flipped>
const sentence = (d: Flipped) => `${d.summary}.`

export const monitorWentDown = eventType('monitor.went_down', flipped, sentence, 'bad')
export const monitorDegraded = eventType('monitor.degraded', flipped, sentence, 'warn')
export const monitorWentBlind = eventType('monitor.went_blind', flipped, sentence, 'warn')
export const monitorRecovered = eventType('monitor.recovered', flipped, sentence, 'good')

export const monitorEvents = [
  monitorCreated,
  monitorChanged,
  monitorDeleted,
  monitorPaused,
  monitorResumed,
  monitorLooked,
  monitorWentDown,
  monitorDegraded,
  monitorWentBlind,
  monitorRecovered,
] as const

const words: Record<string, string> = {
  serviceId: 'service',
  teamId: 'team',
  intervalSeconds: 'interval in seconds',
  downAfter: 'failed looks until it is down',
  ofLooks: 'of so many looks',
  upAfter: 'fine looks until it is up',
}

const inWords = (before: Record<string, unknown>, after: Record<string, unknown>): string =>
  Object.keys(after)
    .map((field) => {
      const name = words[field] ?? field
      const [from, to] = [plain(field, before[field]), plain(field, after[field])]
      return from === null || to === null ? name : `${name} from ${from} to ${to}`
    })
    .join(', ')

const plain = (field: string, value: unknown): string | null => {
  if (field.endsWith('Id')) return null
  if (value === undefined || value === null || value === '') return 'none'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
