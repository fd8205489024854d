import { z } from 'zod'
import { eventType } from '../../platform/events.ts'
import { cut } from '../../platform/text.ts'

/**
 * What is recorded about request types, approvals and checklists. Those of audience `requester` reach the person who
 * asked with all their data: nothing internal stands in them.
 */

const typeData = z.object({ name: z.string() })
export const requestTypeCreated = eventType(
  'request_type.created',
  typeData.extend({ after: z.record(z.string(), z.unknown()) }),
  (d, who) => `${who} added the request type ${d.name}.`,
)
export const requestTypeChanged = eventType(
  'request_type.changed',
  typeData.extend({ fields: z.array(z.string()), formVersion: z.number() }),
  (d, who) => `${who} changed ${d.fields.join(', ')} of the request type ${d.name}.`,
)
export const requestTypeRetired = eventType(
  'request_type.retired',
  typeData,
  (d, who) => `${who} took the request type ${d.name} out of the catalogue.`,
)
export const requestTypeRestored = eventType(
  'request_type.restored',
  typeData,
  (d, who) => `${who} put the request type ${d.name} back into the catalogue.`,
)

const numbered = z.object({ number: z.string() })
const opening = (text: string) => cut(text.replace(/\s+/g, ' ').trim(), 160)
const listed = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
/** The requester does not read why somebody is asked: it names teams. */
const asked = numbered.extend({ people: z.array(z.string()), all: z.boolean(), stage: z.number(), stages: z.number() })

export const requestSubmitted = eventType(
  'request.submitted',
  numbered.extend({ type: z.string(), formVersion: z.number() }),
  (d, who) => `${who} filled in the form “${d.type}”.`,
)
export const approvalAsked = eventType('approval.asked', asked, (d) => {
  const stage = d.stages > 1 ? `Stage ${d.stage} of ${d.stages}: ` : ''
  const how = d.people.length > 1 ? (d.all ? ', and all of them must approve' : ', and the first answer decides') : ''
  return `${stage}${listed(d.people)} ${d.people.length > 1 ? 'are' : 'is'} asked to approve it${how}.`
})
export const approvalNobody = eventType(
  'approval.nobody',
  numbered.extend({ why: z.string() }),
  (d) => `Nobody can be asked to approve it. ${d.why}`,
  'bad',
)
export const approvalGiven = eventType(
  'approval.given',
  numbered.extend({ reason: z.string().nullable(), byLink: z.boolean() }),
  (d, who) =>
    `${who} approved it${d.byLink ? ' by the link of a mail' : ''}${d.reason ? `: ${opening(d.reason)}` : '.'}`,
  'good',
)
export const approvalRefused = eventType(
  'approval.refused',
  numbered.extend({ reason: z.string(), byLink: z.boolean() }),
  (d, who) => `${who} refused it${d.byLink ? ' by the link of a mail' : ''}: ${opening(d.reason)}`,
  'warn',
)
export const approvalPassedOn = eventType(
  'approval.passed_on',
  numbered.extend({ from: z.string().nullable(), to: z.string(), reason: z.string().nullable() }),
  (d, who) =>
    `${who} passed the approval ${d.from && d.from !== who ? `of ${d.from} ` : ''}on to ${d.to}${d.reason ? `: ${opening(d.reason)}` : '.'}`,
)
export const approvalHandedOn = eventType(
  'approval.handed_on',
  numbered.extend({ from: z.string(), why: z.string() }),
  (d) => d.why,
  'warn',
)
export const approvalReminded = eventType(
  'approval.reminded',
  numbered.extend({ person: z.string(), times: z.number() }),
  (d) => `${d.person} was reminded of the approval${d.times > 1 ? `, for the ${ordinal(d.times)} time` : ''}.`,
)
export const approvalExpired = eventType(
  'approval.expired',
  numbered.extend({ people: z.array(z.string()) }),
  (d) => `Nobody approved it in time; ${listed(d.people)} had been asked.`,
  'bad',
)
export const approvalWithdrawn = eventType(
  'approval.withdrawn',
  numbered.extend({ people: z.array(z.string()) }),
  (d) => `The ticket is over, so ${listed(d.people)} need not answer any more.`,
)
export const stepDone = eventType(
  'request.step_done',
  numbered.extend({ title: z.string(), left: z.number() }),
  (d, who) => `${who} ticked “${d.title}”${d.left === 0 ? ': nothing that is required is left.' : '.'}`,
)
export const stepUndone = eventType(
  'request.step_undone',
  numbered.extend({ title: z.string() }),
  (d, who) => `${who} took the tick off “${d.title}”.`,
)

const ordinal = (n: number): string => {
  const rules = new Intl.PluralRules('en', { type: 'ordinal' })
  return `${n}${({ one: 'st', two: 'nd', few: 'rd' } as Record<string, string>)[rules.select(n)] ?? 'th'}`
}

export const requestEvents = [
  requestTypeCreated,
  requestTypeChanged,
  requestTypeRetired,
  requestTypeRestored,
  requestSubmitted,
  approvalAsked,
  approvalNobody,
  approvalGiven,
  approvalRefused,
  approvalPassedOn,
  approvalHandedOn,
  approvalReminded,
  approvalExpired,
  approvalWithdrawn,
  stepDone,
  stepUndone,
]
