import { z } from 'zod'
import { actName, actWords } from '../../../contract/acts/words.ts'
import { eventType } from '../../platform/events.ts'
import { cut, oneLine, sentence } from '../../platform/text.ts'

const named = z.object({ name: z.string() })
const fields = z.record(z.string(), z.unknown())

export const actionDefined = eventType(
  'scheduler_action.defined',
  named.extend({ after: fields }),
  (d, actor) => `${actor} defined the action ${d.name}.`,
)
export const actionChanged = eventType(
  'scheduler_action.changed',
  named.extend({ before: fields, after: fields }),
  (d, actor) => `${actor} changed the action ${d.name}: ${Object.keys(d.after).join(', ')}.`,
)
export const actionDeleted = eventType(
  'scheduler_action.deleted',
  named.extend({ before: fields }),
  (d, actor) => `${actor} deleted the action ${d.name}.`,
)

const act = named.extend({ id: z.string(), act: actName, action: z.string(), date: z.string() })
export const jobActAsked = eventType(
  'job.act_asked',
  act.extend({ reason: z.string(), words: z.string(), run: z.string().nullable() }),
  (d, actor) =>
    `${actor} ${actWords[d.act].does} ${d.name} of ${d.date}: ${sentence(d.reason)} By ${d.action}: ${cut(d.words, 300)}`,
)

const answered = act.extend({
  detail: z.string(),
  exitStatus: z.number().nullable(),
  httpStatus: z.number().nullable(),
  output: z.string(),
})
const LINES = 5
const SHOWN = 500
/** The end of what it said, as far as a timeline shows it; all that is kept stands on the page of the job. */
const saidOf = (output: string): string => {
  const lines = output.trim().split('\n').slice(-LINES).join('\n')
  const said = oneLine(lines.length > SHOWN ? lines.slice(-SHOWN) : lines)
  return said === '' ? '' : ` It said: ${said}`
}
const ofAct = (d: z.output<typeof act>) => `The ${actWords[d.act].noun} of ${d.name} of ${d.date} by ${d.action}`
export const jobActDone = eventType(
  'job.act_done',
  answered,
  (d) => `${ofAct(d)} was taken: ${d.detail}${saidOf(d.output)}`,
  'good',
)
export const jobActFailed = eventType(
  'job.act_failed',
  answered,
  (d) => `${ofAct(d)} was not taken: ${d.detail}${saidOf(d.output)}`,
  'bad',
)
export const jobActUnknown = eventType(
  'job.act_unknown',
  answered,
  (d) => `${ofAct(d)} may have been taken: ${d.detail}${saidOf(d.output)}`,
  'warn',
)

export const jobNoted = eventType(
  'job.noted',
  named.extend({ text: z.string(), run: z.string().nullable() }),
  (d, actor) => `${actor} noted on ${d.run ? `a run of ${d.name}` : d.name}: ${d.text}`,
)
export const jobHandedOver = eventType(
  'job.handed_over',
  named.extend({ note: z.string() }),
  (d, actor) => `${actor} marked ${d.name} for the next shift: ${d.note}`,
)
export const jobHandOverEnded = eventType(
  'job.hand_over_ended',
  named,
  (d, actor) => `${actor} took the mark for the next shift from ${d.name}.`,
)

export const actEvents = [
  actionDefined,
  actionChanged,
  actionDeleted,
  jobActAsked,
  jobActDone,
  jobActFailed,
  jobActUnknown,
  jobNoted,
  jobHandedOver,
  jobHandOverEnded,
]
