import { z } from 'zod'
import { linkKinds, linkWords } from '../../../contract/desk/index.ts'
import { eventType } from '../../platform/events.ts'
import { cut } from '../../platform/text.ts'
import { counted } from './time-words.ts'

/** What is recorded when tickets come together: links, merging, callers, helpers. */

const numbered = z.object({ number: z.string() })
const other = z.object({ id: z.string(), number: z.string() })
const person = z.object({ id: z.string(), name: z.string() })
const opening = (text: string) => cut(text.replace(/\s+/g, ' ').trim(), 160)

const linked = numbered.extend({ kind: z.enum(linkKinds), to: other })

export const ticketLinked = eventType('ticket.linked', linked, (d, who) =>
  d.kind === 'relates_to'
    ? `${who} linked ${d.number} to ${d.to.number}.`
    : `${who} linked ${d.number} as ${linkWords[d.kind].out} ${d.to.number}.`,
)

export const ticketUnlinked = eventType('ticket.unlinked', linked, (d, who) =>
  d.kind === 'relates_to'
    ? `${who} took away the link between ${d.number} and ${d.to.number}.`
    : `${who} took away that ${d.number} is ${linkWords[d.kind].out} ${d.to.number}.`,
)

/**
 * Subject is the ticket that was merged, which is over with it: its clocks are cancelled. `startsAt` is the earliest
 * opening of all that are one now: from there the clocks of `into` count.
 */
const merging = numbered.extend({
  openedAt: z.string(),
  into: other.extend({ openedAt: z.string() }),
  startsAt: z.string(),
})

export const ticketMerged = eventType(
  'ticket.merged',
  merging,
  (d, who) => `${who} merged ${d.number} into ${d.into.number}.`,
)

export const ticketUnmerged = eventType(
  'ticket.unmerged',
  merging,
  (d, who) => `${who} took the merging of ${d.number} into ${d.into.number} back.`,
)

/** What the person who asked reads of it. Nothing of the other ticket but its number. */
export const ticketGoesOnIn = eventType('ticket.goes_on_in', numbered.extend({ into: z.string().nullable() }), (d) =>
  d.into === null
    ? `${d.number} is handled on its own again.`
    : `${d.number} is about the same as ${d.into} and goes on together with it. What is found out stands here as well.`,
)

/** On the ticket that goes on: what somebody said on one that was merged into it. */
export const ticketCallerSaid = eventType(
  'ticket.caller_said',
  numbered.extend({ from: other, body: z.string(), messageId: z.string().nullable() }),
  (d, who) => `${who} said on ${d.from.number}: ${opening(d.body)}`,
)

export const ticketFamilyTold = eventType(
  'ticket.family_told',
  numbered.extend({ messageId: z.string(), tickets: z.number(), people: z.number() }),
  (d) =>
    `The reply stands on ${counted(d.tickets, 'more ticket')} as well and reaches ${d.people === 1 ? '1 more person' : `${d.people} more people`}.`,
)

export const ticketCallerAdded = eventType(
  'ticket.caller_added',
  numbered.extend({ caller: z.string(), words: z.string() }),
  (d, who) => `${who} logged a call of ${d.caller}: ${opening(d.words)}`,
)

export const ticketCallerRemoved = eventType(
  'ticket.caller_removed',
  numbered.extend({ words: z.string() }),
  (d, who) => `${who} took away a call that was logged here by mistake: ${opening(d.words)}`,
)

export const ticketHelper = eventType(
  'ticket.helper',
  numbered.extend({ person, did: z.enum(['asked', 'joined', 'left', 'released']) }),
  (d, who) => {
    if (d.did === 'asked') return `${who} asked ${d.person.name} to help.`
    if (d.did === 'joined') return `${who} joined to help.`
    return d.did === 'left' ? `${who} helps no longer.` : `${who} released ${d.person.name} from helping.`
  },
)

export const linkEvents = [
  ticketLinked,
  ticketUnlinked,
  ticketMerged,
  ticketUnmerged,
  ticketGoesOnIn,
  ticketCallerSaid,
  ticketFamilyTold,
  ticketCallerAdded,
  ticketCallerRemoved,
  ticketHelper,
]
