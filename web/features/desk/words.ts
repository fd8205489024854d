import type { TicketRow } from '../../../contract/desk/shapes.ts'
import type { Level, OpenedVia, PendingReason, TicketKind, TicketState } from '../../../contract/desk/words.ts'
import type { SlaClockName } from '../../../contract/sla/index.ts'
import { stamp } from '../../ui/time.ts'

// Written out here: the contract's own module brings the validation library along, which a page does without.

export const stateWords: Record<TicketState, string> = {
  new: 'new',
  in_progress: 'in progress',
  pending: 'pending',
  resolved: 'resolved',
  closed: 'closed',
  cancelled: 'cancelled',
}
export const states = Object.keys(stateWords) as TicketState[]
export const isOpen = (state: TicketState): boolean => state === 'new' || state === 'in_progress' || state === 'pending'

/** As it follows "pending". */
const pendingWords: Record<PendingReason, string> = {
  user: 'user',
  vendor: 'vendor',
  change: 'change',
  scheduled: 'time',
  approval: 'approval',
}

export const levels: readonly Level[] = ['high', 'medium', 'low']
export const kinds: readonly TicketKind[] = ['incident', 'request', 'problem', 'change']
export const environments = ['prod', 'uat', 'test', 'dev'] as const

export const clockWords: Record<SlaClockName, string> = {
  first_response: 'First response',
  update: 'Next update',
  resolution: 'Resolution',
  cut_off: 'Cut-off',
}

export const viaWords: Record<OpenedVia, string> = {
  alert: 'an alert',
  portal: 'the portal',
  phone: 'phone',
  mail: 'mail',
  chat: 'chat',
  api: 'the API',
  desk: 'the desk',
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** '3 tickets', '1 ticket', '1,000 tickets'. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** 'INC-1', 'INC-1 and INC-2', '5 tickets'. */
export const namesOf = (numbers: readonly string[]): string =>
  numbers.length <= 2 ? numbers.join(' and ') : counted(numbers.length, 'ticket')

type Standing = Pick<TicketRow, 'state' | 'pendingReason' | 'pendingUntil' | 'team'> &
  Partial<Pick<TicketRow, 'escalatedTo' | 'assignee' | 'mergedInto'>>
type Reader = { id?: string; desk: boolean; teams: readonly { id: string }[]; now: number; zone: string }

/** Where a ticket stands, in two or three words, as its reader needs them: 'with DBA', 'pending vendor'. */
export const standing = (ticket: Standing, reader: Reader): string => {
  const { state, pendingReason, pendingUntil, team, escalatedTo, assignee, mergedInto } = ticket
  if (escalatedTo && reader.desk && isOpen(state))
    return reader.teams.some(({ id }) => id === escalatedTo.id) ? 'to accept' : `to ${escalatedTo.name}?`
  if (state === 'pending') {
    if (pendingUntil) return `until ${stamp(pendingUntil, reader.now, reader.zone)}`
    if (pendingReason === 'user' && !reader.desk) return 'needs your answer'
    if (pendingReason === 'approval' && !reader.desk) return 'waits for approval'
    return reader.desk && pendingReason ? `pending ${pendingWords[pendingReason]}` : stateWords.pending
  }
  if (mergedInto && reader.desk) return `merged into ${mergedInto.number}`
  const mine = assignee && assignee.id === reader.id
  if (state === 'in_progress' && team && reader.desk && !mine && !reader.teams.some(({ id }) => id === team.id))
    return `with ${team.name}`
  return stateWords[state]
}
