import { isOpen, stateWords, type TicketState, ticketStates } from './words.ts'

/**
 * What may be done to a ticket in a state, and by whom: the one table that buttons, verbs and error sentences use.
 * `desk`: people and programs that work tickets. `requester`: the desk, and the person who asked. `reader`: whoever
 * may read the ticket. `asker`: the person who asked, and readers who do not work tickets.
 */
type Who = 'desk' | 'requester' | 'reader' | 'asker'
/** `escalated`: only while it waits to be accepted by another team, or only while it does not. */
type Rule = { states: readonly TicketState[]; who: Who; words: string; escalated?: boolean }

const open: readonly TicketState[] = ticketStates.filter(isOpen)

export const ticketRules = {
  change: { states: [...open, 'resolved'], who: 'desk', words: 'be changed' },
  reply: { states: [...open, 'resolved'], who: 'reader', words: 'be replied to' },
  followUp: { states: ['closed', 'cancelled'], who: 'asker', words: 'be followed up' },
  note: { states: ticketStates, who: 'desk', words: 'be given a note' },
  callOut: { states: [...open, 'resolved'], who: 'desk', words: 'have a call logged' },
  take: { states: open, who: 'desk', words: 'be taken' },
  assign: { states: open, who: 'desk', words: 'be assigned' },
  unassign: { states: open, who: 'desk', words: 'be unassigned' },
  move: { states: open, who: 'desk', words: 'be moved to another team', escalated: false },
  escalate: { states: open, who: 'desk', words: 'be escalated', escalated: false },
  acceptEscalation: { states: open, who: 'desk', words: 'be accepted', escalated: true },
  sendBackEscalation: { states: open, who: 'desk', words: 'be sent back', escalated: true },
  withdrawEscalation: { states: open, who: 'desk', words: 'have its escalation taken back', escalated: true },
  escalateUp: { states: open, who: 'desk', words: 'be escalated to a lead' },
  pend: { states: open, who: 'desk', words: 'be set to pending' },
  resume: { states: ['pending'], who: 'desk', words: 'be resumed' },
  resolve: { states: open, who: 'desk', words: 'be resolved' },
  reopen: { states: ['resolved', 'cancelled'], who: 'requester', words: 'be reopened' },
  close: { states: ['resolved'], who: 'requester', words: 'be closed' },
  takeBackClosure: { states: ['closed'], who: 'desk', words: 'have its closing taken back' },
  cancel: { states: open, who: 'requester', words: 'be cancelled' },
  watch: { states: ticketStates, who: 'reader', words: 'be watched' },
  knowledge: { states: ticketStates, who: 'desk', words: 'be linked with what is known' },
  link: { states: ticketStates, who: 'desk', words: 'be linked' },
  merge: { states: open, who: 'desk', words: 'be merged' },
  mergeInto: { states: open, who: 'desk', words: 'take others in' },
  unmerge: { states: [], who: 'desk', words: 'be taken out of a merge' },
  addCaller: { states: open, who: 'desk', words: 'count callers' },
  help: { states: open, who: 'desk', words: 'be helped with' },
} as const satisfies Record<string, Rule>

export type TicketAct = keyof typeof ticketRules
export const ticketActs = Object.keys(ticketRules) as TicketAct[]

/** What the rules look at. */
export type RuledTicket = {
  number: string
  state: TicketState
  requesterId: string | null
  escalated?: boolean
  /** Why it cannot be resolved yet, in a sentence: an approval or a step is missing. */
  held?: string | null
  /** What it waits for is not the desk's to decide. */
  waitsForApproval?: boolean
  /** The ticket that goes on in its place, when it was merged. */
  mergedInto?: { number: string; state: TicketState } | null
}
/** `desk`: holds the permission ticket.work. */
export type RuledActor = { userId: string | null; desk: boolean }

export type Verdict = { ok: true; why: null } | { ok: false; why: string }

const yes: Verdict = { ok: true, why: null }
const no = (why: string): Verdict => ({ ok: false, why })

const isRequester = (ticket: RuledTicket, actor: RuledActor) =>
  actor.userId !== null && actor.userId === ticket.requesterId

const mayAct: Record<Who, (ticket: RuledTicket, actor: RuledActor) => boolean> = {
  desk: (_, actor) => actor.desk,
  requester: (ticket, actor) => actor.desk || isRequester(ticket, actor),
  reader: () => true,
  asker: (ticket, actor) => !actor.desk || isRequester(ticket, actor),
}

const remedies: Record<TicketState, string> = {
  new: '',
  in_progress: '',
  pending: '',
  resolved: ' Reopen it first.',
  closed: ' Open a new ticket that names it.',
  cancelled: ' Reopen it first.',
}

const whyNotInState = (act: TicketAct, ticket: RuledTicket): string | undefined => {
  const rule: Rule = ticketRules[act]
  if (rule.states.includes(ticket.state)) return undefined
  if (rule.words === `be ${stateWords[ticket.state]}`) return `${ticket.number} is ${stateWords[ticket.state]} already.`
  const remedy = rule.states.some(isOpen) ? remedies[ticket.state] : ''
  return `${ticket.number} is ${stateWords[ticket.state]}, so it cannot ${rule.words}.${remedy}`
}

const whyNotEscalated = (act: TicketAct, { number, escalated = false }: RuledTicket): string | undefined => {
  const rule: Rule = ticketRules[act]
  if (rule.escalated === undefined || rule.escalated === escalated) return undefined
  return escalated
    ? `${number} is escalated and not accepted yet, so it cannot ${rule.words}. Take the escalation back first.`
    : `${number} does not wait to be accepted by another team, so it cannot ${rule.words}.`
}

/** Why the ticket as it stands does not allow an act, whoever does it; undefined when it does. */
export const whyNotNow = (act: TicketAct, ticket: RuledTicket): string | undefined =>
  whyNotInState(act, ticket) ?? whyNotEscalated(act, ticket)

/** Says whether an act may be done, and if not, why and what to do instead. */
export const mayBeDone = (act: TicketAct, ticket: RuledTicket, actor: RuledActor): Verdict => {
  const rule: Rule = ticketRules[act]
  if (ticket.mergedInto) return whileMerged(act, ticket, ticket.mergedInto, actor)
  if (act === 'unmerge') return no(`${ticket.number} is not merged into another ticket.`)
  const notInState = whyNotInState(act, ticket)
  if (notInState) return no(notInState)
  if (mayAct[rule.who](ticket, actor)) {
    const notEscalated = whyNotEscalated(act, ticket)
    if (notEscalated) return no(notEscalated)
    return ticket.held && isHeld(act, ticket) ? no(ticket.held) : yes
  }
  // Whether it is escalated is nothing for those who ask.
  if (rule.who === 'asker') return no(`${ticket.number} can only ${rule.words} by the person who asked.`)
  const who = rule.who === 'desk' ? 'the support desk' : 'the support desk and the person who asked'
  return no(`${ticket.number} can only ${rule.words} by ${who}.`)
}

/** What must not go past an approval that is missing or was refused, or past a step that is not done. */
const isHeld = (act: TicketAct, { waitsForApproval }: RuledTicket): boolean =>
  act === 'resolve' || ((act === 'resume' || act === 'pend') && waitsForApproval === true)

const mergedToo: readonly TicketAct[] = ['note', 'watch', 'link', 'unmerge']

/** A merged ticket goes on in another: who asked still reads it and answers on it, and the rest is done there. */
const whileMerged = (
  act: TicketAct,
  ticket: RuledTicket,
  into: NonNullable<RuledTicket['mergedInto']>,
  actor: RuledActor,
): Verdict => {
  const over = into.state === 'closed' || into.state === 'cancelled'
  if (mergedToo.includes(act) && mayAct[ticketRules[act].who](ticket, actor)) return yes
  if (act === 'reply' && !over) return yes
  if (act === 'followUp' && over && mayAct.asker(ticket, actor)) return yes
  if (act === 'reopen' && into.state === 'resolved' && isRequester(ticket, actor)) return yes
  const there = actor.desk ? ' Do it there.' : ''
  return no(`${ticket.number} is merged into ${into.number}, so it cannot ${ticketRules[act].words}.${there}`)
}

type Asked = (ticket: RuledTicket, actor: RuledActor) => Verdict

/** `can.resolve(ticket, actor)` and so on: one function for each act of the table. */
export const can = Object.fromEntries(
  ticketActs.map((act): [TicketAct, Asked] => [act, (ticket, actor) => mayBeDone(act, ticket, actor)]),
) as Record<TicketAct, Asked>

/** The verdict for every act, as the answer of a read carries it. */
export const allVerdicts = (ticket: RuledTicket, actor: RuledActor): Record<TicketAct, Verdict> =>
  Object.fromEntries(ticketActs.map((act) => [act, mayBeDone(act, ticket, actor)])) as Record<TicketAct, Verdict>
