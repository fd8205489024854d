import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const named = z.object({ name: z.string() })
const fields = z.record(z.string(), z.unknown())

export const schedulerCreated = eventType(
  'scheduler.created',
  named.extend({ after: fields }),
  (d, actor) => `${actor} connected the scheduler ${d.name}.`,
)
export const schedulerChanged = eventType(
  'scheduler.changed',
  named.extend({ before: fields, after: fields }),
  (d, actor) => `${actor} changed the connection to ${d.name}: ${Object.keys(d.after).map(wordOf).join(', ')}.`,
)
export const schedulerDeleted = eventType(
  'scheduler.deleted',
  named.extend({ before: fields }),
  (d, actor) => `${actor} disconnected the scheduler ${d.name}.`,
)
export const schedulerPaused = eventType(
  'scheduler.paused',
  named,
  (d, actor) => `${actor} paused the connection to ${d.name}.`,
)
export const schedulerResumed = eventType(
  'scheduler.resumed',
  named,
  (d, actor) => `${actor} resumed the connection to ${d.name}.`,
)
export const schedulerAsked = eventType('scheduler.asked', named, (d, actor) => `${actor} had ${d.name} asked at once.`)
export const schedulerLost = eventType(
  'scheduler.lost',
  named.extend({ problem: z.string() }),
  (d) => `${d.name} cannot be read: ${d.problem}. How its jobs are is not known until it can.`,
  'bad',
)
export const schedulerFound = eventType('scheduler.found', named, (d) => `${d.name} can be read again.`, 'good')

export const schedulerEvents = [
  schedulerCreated,
  schedulerChanged,
  schedulerDeleted,
  schedulerPaused,
  schedulerResumed,
  schedulerAsked,
  schedulerLost,
  schedulerFound,
]

const words: Record<string, string> = {
  teamId: 'team',
  intervalSeconds: 'how often it is asked',
  host: 'host of the import',
}
const wordOf = (field: string): string => words[field] ?? field
