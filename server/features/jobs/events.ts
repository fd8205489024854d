import { z } from 'zod'
import { jobHold } from '../../../contract/jobs/waits.ts'
import { eventType } from '../../platform/events.ts'

const named = z.object({ name: z.string() })
const fields = z.record(z.string(), z.unknown())

export const jobCreated = eventType(
  'job.created',
  named.extend({ after: fields }),
  (d, actor) => `${actor} added the job ${d.name}.`,
)
export const jobChanged = eventType(
  'job.changed',
  named.extend({ before: fields, after: fields }),
  (d, actor) => `${actor} changed the job ${d.name}: ${Object.keys(d.after).map(wordOf).join(', ')}.`,
)
export const jobDeleted = eventType(
  'job.deleted',
  named.extend({ before: fields }),
  (d, actor) => `${actor} deleted the job ${d.name}.`,
)
export const jobPaused = eventType('job.paused', named, (d, actor) => `${actor} paused the job ${d.name}.`)
export const jobResumed = eventType('job.resumed', named, (d, actor) => `${actor} resumed the job ${d.name}.`)
export const jobArchived = eventType('job.archived', named, (d, actor) => `${actor} archived the job ${d.name}.`)
export const jobRestored = eventType('job.restored', named, (d, actor) => `${actor} restored the job ${d.name}.`)

const holdWords = {
  none: 'takes off hold',
  held: 'has put on hold',
  iced: 'has put on ice',
  bypassed: 'passes over (no-exec)',
}
/** `by`: the scheduler that tells it. */
export const jobHoldTold = eventType(
  'job.hold_told',
  named.extend({ by: z.string(), hold: jobHold }),
  (d) =>
    `${d.by} ${holdWords[d.hold]} the job ${d.name}, so that it is ${d.hold === 'none' ? 'expected again' : 'not expected'}.`,
)

const at = (text: string) => `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`
export const jobExpectedLate = eventType(
  'job.expected_late',
  named.extend({ until: z.string(), reason: z.string() }),
  (d, actor) => `${actor} expects the job ${d.name} late, until ${at(d.until)}: ${d.reason}`,
)
export const jobExpectedInTime = eventType(
  'job.expected_in_time',
  named,
  (d, actor) => `${actor} expects the job ${d.name} in time again.`,
)
export const jobSkipped = eventType(
  'job.skipped',
  named.extend({ due: z.string().nullable(), reason: z.string() }),
  (d, actor) => `${actor} let the job ${d.name} leave out ${d.due ? at(d.due) : 'its next time'}: ${d.reason}`,
)

export const jobRunHeld = eventType(
  'job.run_held',
  named.extend({ run: z.string(), reason: z.string() }),
  (d, actor) => `${actor} held the alarms of the run of ${d.name} that goes on: ${d.reason}`,
)
export const jobRunReleased = eventType('job.run_released', named, (d, actor) => `${actor} let ${d.name} alarm again.`)

const ofKey = named.extend({ kind: z.enum(['ping', 'write', 'read']) })
const keyWords = {
  ping: 'the key for pings by slug',
  write: 'the key that may change its jobs by the API of healthchecks',
  read: 'the key that may read its jobs by the API of healthchecks',
}
export const pingKeyMade = eventType(
  'job.ping_key_made',
  ofKey.extend({ replaced: z.boolean() }),
  (d, actor) => `${actor} made ${keyWords[d.kind]} of ${d.name}${d.replaced ? ' anew' : ''}.`,
)
export const pingKeyEnded = eventType(
  'job.ping_key_ended',
  ofKey,
  (d, actor) => `${actor} ended ${keyWords[d.kind]} of ${d.name}.`,
)

const told = named.extend({
  flip: z.number(),
  run: z.string().nullable(),
  summary: z.string(),
})
type Told = z.output<typeof told>
const sentence = (d: Told) => `${d.summary}.`

export const jobMissed = eventType('job.missed', told, sentence, 'bad')
export const jobCameLate = eventType('job.came_late', told, sentence, 'good')
export const jobFailed = eventType('job.failed', told, sentence, 'bad')
export const jobRecovered = eventType('job.recovered', told, sentence, 'good')
export const jobRunsLong = eventType('job.runs_long', told, sentence, 'warn')
export const jobEndedLong = eventType('job.ended_long', told, sentence, 'good')
export const jobRunsOften = eventType('job.runs_often', told, sentence, 'warn')
export const jobSpaced = eventType('job.spaced', told, sentence, 'good')
export const jobUnusual = eventType('job.unusual', told, sentence, 'warn')
export const jobUsual = eventType('job.usual', told, sentence, 'good')
export const jobUnheard = eventType('job.unheard', told, sentence, 'warn')

export const cutSet = eventType(
  'chain.cut_set',
  z.object({ zone: z.string(), before: z.string(), after: z.string() }),
  (d, actor) => `${actor} let business dates of ${d.zone} begin at ${d.after}, before at ${d.before}.`,
)

const valueWords = (value: string | null) => (value === null ? 'not known' : `“${value}”`)
export const globalSet = eventType(
  'chain.global_set',
  z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  (d, actor) => `${actor} says that the variable ${d.name} is ${valueWords(d.after)}, before ${valueWords(d.before)}.`,
)

const unitsWords = (units: number | null) => (units === null ? 'an unknown number' : String(units))
export const resourceSet = eventType(
  'chain.resource_set',
  z.object({ name: z.string(), before: z.number().nullable(), after: z.number().nullable() }),
  (d, actor) => `${actor} says that there are ${unitsWords(d.after)} of ${d.name}, before ${unitsWords(d.before)}.`,
)

export const jobEvents = [
  jobCreated,
  jobChanged,
  jobHoldTold,
  jobDeleted,
  jobPaused,
  jobResumed,
  jobArchived,
  jobRestored,
  jobMissed,
  jobCameLate,
  jobFailed,
  jobRecovered,
  jobRunsLong,
  jobEndedLong,
  jobRunsOften,
  jobSpaced,
  jobUnusual,
  jobUsual,
  jobUnheard,
  jobExpectedLate,
  jobExpectedInTime,
  jobSkipped,
  jobRunHeld,
  jobRunReleased,
  pingKeyMade,
  pingKeyEnded,
  cutSet,
  globalSet,
  resourceSet,
]

const words: Record<string, string> = {
  serviceId: 'service',
  teamId: 'team',
  graceSeconds: 'grace',
  maxRunSeconds: 'longest run',
  minRunSeconds: 'shortest run',
  minGapSeconds: 'distance of runs',
  failuresInARow: 'failures in a row',
  pingsPerSecond: 'limit of pings',
  slug: 'short name',
  filters: 'what counts',
  tellUnusual: 'whether somebody is told of unusual runs',
  resumesByHand: 'whether its pings end a pause',
  attributes: 'what its scheduler says',
  waits: 'what it waits for',
  deadlines: 'by when its scheduler wants it done',
}
const wordOf = (field: string): string => words[field] ?? field
