import { z } from 'zod'
import { eventType } from '../../../platform/events.ts'

/** What is recorded about knowledge that is used on a ticket. */

const item = z.object({ id: z.string(), number: z.string(), title: z.string(), kind: z.string() })
const about = z.object({ number: z.string(), item })
const step = about.extend({ step: z.object({ place: z.number(), title: z.string() }) })
const note = (text: string) => (text.trim() ? ` ${text.trim()}` : '')

export const ticketKnowledgeUsed = eventType(
  'ticket.knowledge_used',
  about.extend({ relation: z.enum(['used', 'origin']) }),
  (d, who) => {
    if (d.relation === 'origin') return `${who} noted that ${d.item.number} ${d.item.title} comes from this.`
    return `${who} ${d.item.kind === 'runbook' ? 'began' : 'used'} ${d.item.number} ${d.item.title}.`
  },
)

export const ticketKnowledgeUnlinked = eventType(
  'ticket.knowledge_unlinked',
  about,
  (d, who) => `${who} took ${d.item.number} ${d.item.title} away from it.`,
)

export const ticketKnowledgeJudged = eventType(
  'ticket.knowledge_judged',
  about.extend({ helped: z.boolean().nullable() }),
  (d, who) => {
    if (d.helped === null) return `${who} took back what was said of ${d.item.number}.`
    return `${who} says that ${d.item.number} ${d.item.title} ${d.helped ? 'helped' : 'did not help'}.`
  },
)

export const ticketStepDone = eventType(
  'ticket.step_done',
  step.extend({ choice: z.string().nullable(), note: z.string() }),
  (d, who) => {
    const what = `step ${d.step.place} of ${d.item.number}, ${d.step.title}`
    return d.choice === null
      ? `${who} did ${what}.${note(d.note)}`
      : `${who} decided ${what}: ${d.choice}.${note(d.note)}`
  },
)

export const ticketStepTakenBack = eventType(
  'ticket.step_taken_back',
  step,
  (d, who) => `${who} took back step ${d.step.place} of ${d.item.number}, ${d.step.title}.`,
)

export const ticketKnowledgeDrafted = eventType(
  'ticket.knowledge_drafted',
  about,
  (d, who) => `${who} began ${d.item.number} ${d.item.title} from it.`,
)

export const ticketKnowledgeEvents = [
  ticketKnowledgeUsed,
  ticketKnowledgeUnlinked,
  ticketKnowledgeJudged,
  ticketStepDone,
  ticketStepTakenBack,
  ticketKnowledgeDrafted,
]
