import type { TicketRow } from '../../../contract/desk/shapes.ts'
import { reportedAs, type TicketState } from '../../../contract/desk/words.ts'
import { stamp } from '../../ui/time.ts'

/** Where things stand, in the words of those who ask. */

type Stands = Pick<TicketRow, 'kind' | 'state' | 'pendingReason' | 'pendingUntil'>

/** What support waits for from whoever asked: an answer, or a word whether it is solved. */
export const needsMe = ({ state, pendingReason }: Omit<Stands, 'kind'>): boolean =>
  state === 'resolved' || (state === 'pending' && pendingReason === 'user')

export const isOver = ({ state }: Pick<Stands, 'state'>): boolean => state === 'closed' || state === 'cancelled'

const waiting = {
  approval: 'waits for an approval',
  vendor: 'waits for a supplier',
  change: 'waits for a planned change',
} as const

export const standsAt = (ticket: Stands, now: number, zone: string): string => {
  const { state, pendingReason, pendingUntil } = ticket
  if (state === 'pending') {
    if (pendingReason === 'user') return 'needs your answer'
    if (pendingReason === 'scheduled' && pendingUntil) return `planned for ${stamp(pendingUntil, now, zone)}`
    return pendingReason && pendingReason !== 'scheduled' ? waiting[pendingReason] : 'waits'
  }
  return (ticket.kind === 'request' && ofRequests[state]) || words[state]
}

const words: Record<Exclude<TicketState, 'pending'>, string> = {
  new: 'received',
  in_progress: 'being worked on',
  resolved: 'solved? Please say',
  closed: 'solved',
  cancelled: 'cancelled',
}
/** What is wanted is done, and what is broken is solved. */
const ofRequests: Partial<Record<TicketState, string>> = { resolved: 'done? Please say', closed: 'done' }

/** Of a disturbance: what is done about it. */
export const workedOn: Record<TicketState, string> = {
  new: 'It is known, and we are about to look at it.',
  in_progress: 'We are working on it.',
  pending: 'We are working on it, and wait for somebody else.',
  resolved: 'It is over.',
  closed: 'It is over.',
  cancelled: 'It was no disturbance.',
}

/** 'It hurts Equity derivatives and 2 more of your business units.' */
export const hurtsUnits = (units: readonly { name: string }[]): string => {
  const [first, second, ...more] = units.map(({ name }) => name)
  if (!first) return ''
  if (more.length > 0) return `It hurts ${first}, ${second} and ${more.length} more of your business units.`
  return `It hurts ${second ? `${first} and ${second}` : first}.`
}

export const hurtWords = {
  me: 'only me',
  team: 'my team',
  many: 'several teams',
} as const
export type Hurt = keyof typeof hurtWords

export const workWords = {
  no: 'not at all',
  trouble: 'with trouble',
  yes: 'yes',
} as const
export type Work = keyof typeof workWords

/** What was said beside the words, as the first lines of the description. */
export const describe = (given: { since: string; hurt: Hurt | ''; work: Work | ''; words: string }): string => {
  const facts = [
    given.since.trim() && `${reportedAs.since}: ${given.since.trim()}`,
    given.hurt && `${reportedAs.hurt}: ${hurtWords[given.hurt]}`,
    given.work && `${reportedAs.work}: ${workWords[given.work]}`,
  ].filter(Boolean)
  return [facts.join('\n'), given.words.trim()].filter(Boolean).join('\n\n')
}
