import { z } from 'zod'
import { attachmentView, levels, pendingReasons, pendingWords } from '../../../contract/desk/index.ts'
import { eventType } from '../../platform/events.ts'
import { cut } from '../../platform/text.ts'
import { linkEvents } from './events-links.ts'
import { counted, utcWords } from './time-words.ts'

/**
 * What is recorded about tickets. Events of audience `requester` (opened, replied, pended, resumed, resolved, reopened,
 * closed, cancelled, followed up) reach the person who asked with all their data: nothing internal stands in them.
 */

const person = z.object({ id: z.string(), name: z.string() })
const named = person.nullable()
const numbered = z.object({ number: z.string() })
const level = z.enum(levels)
/** Files that came with it, as timelines show them. */
const attachments = z.array(attachmentView).optional()
const opening = (text: string) => cut(text.replace(/\s+/g, ' ').trim(), 160)

export const ticketOpened = eventType(
  'ticket.opened',
  numbered.extend({ kind: z.string(), title: z.string(), via: z.string(), attachments }),
  (d, who) => `${who} opened ${d.number}: ${d.title}`,
)

export const ticketChanged = eventType(
  'ticket.changed',
  numbered.extend({
    changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  }),
  (d, who) => {
    const said = d.changes.map((c) =>
      c.field === 'description' ? 'the description' : `the ${c.field} to ${c.after ?? 'none'}`,
    )
    return `${who} changed ${said.join(' and ')}.`
  },
)

export const ticketPriorityChanged = eventType(
  'ticket.priority_changed',
  numbered.extend({
    before: z.number().nullable(),
    after: z.number(),
    impact: level,
    urgency: level,
    overridden: z.boolean(),
    reason: z.string(),
  }),
  (d, who) => {
    if (d.before === null) return d.reason
    if (d.before === d.after) return `${who} set the priority anew: ${d.reason}`
    return `${who} changed the priority from P${d.before} to P${d.after}: ${d.reason}`
  },
  'warn',
)

export const ticketAssigned = eventType(
  'ticket.assigned',
  numbered.extend({ before: named, after: named, by: z.enum(['hand', 'acknowledgement', 'opening']) }),
  (d, who) => {
    if (!d.after) return `${who} gave it back to the queue.`
    if (d.by === 'acknowledgement') return `${d.after.name} has it now.`
    const from = d.before ? ` (${d.before.name} had it)` : ''
    return d.after.name === who ? `${who} took it${from}.` : `${who} gave it to ${d.after.name}${from}.`
  },
)

export const ticketResponded = eventType(
  'ticket.responded',
  numbered.extend({ person }),
  (d) => `That is the first response, by ${d.person.name}.`,
)

export const ticketTeamChanged = eventType(
  'ticket.team_changed',
  numbered.extend({ before: named, after: named }),
  (d, who) => `${who} moved it${d.before ? ` from ${d.before.name}` : ''} to ${d.after?.name ?? 'no team'}.`,
)

const said = numbered.extend({
  messageId: z.string(),
  body: z.string(),
  byRequester: z.boolean(),
  firstResponse: z.boolean(),
  attachments,
})

export const ticketReplied = eventType('ticket.replied', said, (d, who) => `${who} replied: ${opening(d.body)}`)

export const ticketNoted = eventType(
  'ticket.noted',
  numbered.extend({ messageId: z.string(), body: z.string(), attachments }),
  (d, who) => `${who} noted: ${opening(d.body)}`,
)

/** `reached`: it answered somebody. */
export const ticketCalledOut = eventType(
  'ticket.called_out',
  numbered.extend({ messageId: z.string(), body: z.string(), reached: z.boolean(), firstResponse: z.boolean() }),
  (d, who) => `${who} called${d.reached ? '' : ' and reached nobody'}: ${opening(d.body)}`,
)

export const ticketPended = eventType(
  'ticket.pended',
  numbered.extend({ reason: z.enum(pendingReasons), until: z.string().nullable() }),
  (d, who) => {
    if (d.reason === 'approval') return 'It waits for an approval.'
    const until = d.until ? `, until ${utcWords(Temporal.Instant.from(d.until))}` : ''
    return `${who} let it wait for ${pendingWords[d.reason]}${until}.`
  },
)

export const ticketResumed = eventType(
  'ticket.resumed',
  numbered.extend({ by: z.enum(['hand', 'reply', 'time', 'approval']) }),
  (d, who) => {
    if (d.by === 'approval') return 'It waits for no approval any more; it goes on.'
    if (d.by === 'time') return 'The time it waited for has come; it goes on.'
    return d.by === 'reply' ? `${who} replied, so it goes on.` : `${who} went on with it.`
  },
)

export const ticketResolved = eventType(
  'ticket.resolved',
  numbered.extend({ resolution: z.string() }),
  (d, who) => `${who} resolved it: ${opening(d.resolution)}`,
  'good',
)

export const ticketReopened = eventType(
  'ticket.reopened',
  numbered.extend({
    from: z.enum(['resolved', 'cancelled']),
    reason: z.string().nullable(),
    by: z.enum(['hand', 'reply']),
  }),
  (d, who) => {
    if (d.by === 'reply') return `${who} replied, so it is open again.`
    return `${who} reopened it${d.reason ? `: ${opening(d.reason)}` : '.'}`
  },
  'warn',
)

export const ticketClosed = eventType(
  'ticket.closed',
  numbered.extend({ afterDays: z.number().nullable() }),
  (d, who) =>
    d.afterDays === null
      ? `${who} closed it.`
      : `Closed: nobody came back for ${counted(d.afterDays, 'day')} after it was resolved.`,
)

export const ticketClosureTakenBack = eventType(
  'ticket.closure_taken_back',
  numbered,
  (_, who) => `${who} took the closing back.`,
)

export const ticketCancelled = eventType(
  'ticket.cancelled',
  numbered.extend({
    reason: z.string(),
    /** Whoever asked has read why in a reply already. */
    told: z.boolean().optional(),
  }),
  (d, who) => `${who} cancelled it: ${opening(d.reason)}`,
)

export const ticketFollowedUp = eventType(
  'ticket.followed_up',
  numbered.extend({ after: z.object({ id: z.string(), number: z.string() }) }),
  (d, who) => `${who} replied after ${d.number} was over, which opened ${d.after.number}.`,
)

export const ticketWatched = eventType(
  'ticket.watched',
  numbered.extend({ person, watching: z.boolean() }),
  (d, who) => {
    if (d.person.name === who) return d.watching ? `${who} watches it.` : `${who} watches it no longer.`
    return d.watching ? `${who} added ${d.person.name} as a watcher.` : `${who} removed ${d.person.name} as a watcher.`
  },
)

export const ticketAffected = eventType(
  'ticket.affected',
  numbered.extend({ person, affected: z.boolean(), count: z.number() }),
  (d) => {
    const so = d.affected ? 'says that it hurts them too' : 'says that it hurts them no longer'
    return `${d.person.name} ${so}; ${d.count > 1000 ? 'more than 1,000' : d.count} said so.`
  },
)

export const ticketPageWaits = eventType(
  'ticket.page_waits',
  numbered.extend({ environment: z.string(), at: z.string().nullable(), words: z.string() }),
  (d) => `Nobody is paged now: ${d.environment} never wakes anyone. ${d.words}`,
)

export const ticketEvents = [
  ticketPageWaits,
  ticketOpened,
  ticketChanged,
  ticketPriorityChanged,
  ticketAssigned,
  ticketResponded,
  ticketTeamChanged,
  ticketReplied,
  ticketNoted,
  ticketCalledOut,
  ticketPended,
  ticketResumed,
  ticketResolved,
  ticketReopened,
  ticketClosed,
  ticketClosureTakenBack,
  ticketCancelled,
  ticketFollowedUp,
  ticketWatched,
  ticketAffected,
  ...linkEvents,
] as const
