import { z } from 'zod'

/** The words of a ticket, as code, API and pages use them. */

export const ticketKinds = ['incident', 'request', 'problem', 'change'] as const
export const ticketKind = z.enum(ticketKinds, 'must be incident, request, problem or change')
export type TicketKind = (typeof ticketKinds)[number]

/** The beginning of a ticket's number, by its kind. */
export const numberPrefix: Record<TicketKind, string> = {
  incident: 'INC',
  request: 'REQ',
  problem: 'PRB',
  change: 'CHG',
}

export const ticketStates = ['new', 'in_progress', 'pending', 'resolved', 'closed', 'cancelled'] as const
export const ticketState = z.enum(ticketStates, 'must be new, in_progress, pending, resolved, closed or cancelled')
export type TicketState = (typeof ticketStates)[number]

export const ticketPriority = z.coerce
  .number('must be 1, 2, 3, 4 or 5')
  .int('must be 1, 2, 3, 4 or 5')
  .min(1, 'must be 1, 2, 3, 4 or 5')
  .max(5, 'must be 1, 2, 3, 4 or 5')

export const openStates = ['new', 'in_progress', 'pending'] as const satisfies readonly TicketState[]
export const isOpen = (state: TicketState): boolean => (openStates as readonly TicketState[]).includes(state)

export const stateWords: Record<TicketState, string> = {
  new: 'new',
  in_progress: 'in progress',
  pending: 'pending',
  resolved: 'resolved',
  closed: 'closed',
  cancelled: 'cancelled',
}

export const pendingReasons = ['user', 'vendor', 'change', 'scheduled', 'approval'] as const
export const pendingReason = z.enum(pendingReasons, 'must be user, vendor, change, scheduled or approval')
export type PendingReason = (typeof pendingReasons)[number]

/** What a pending ticket waits for, as it follows "waiting for". */
export const pendingWords: Record<PendingReason, string> = {
  user: 'the requester',
  vendor: 'the vendor',
  change: 'a change',
  scheduled: 'its time',
  approval: 'an approval',
}

export const levels = ['high', 'medium', 'low'] as const
export const level = z.enum(levels, 'must be high, medium or low')
export type Level = (typeof levels)[number]

export const openedVia = z.enum(['alert', 'portal', 'phone', 'mail', 'chat', 'api', 'desk'])
export type OpenedVia = z.output<typeof openedVia>

/** The lines of a description that the form of the portal writes, by what stands before the colon. */
export const reportedAs = { since: 'Since', hurt: 'Hurt', work: 'Can work' } as const

/** A ticket by its id or by its number; letters of the number may be small. */
export const ticketRef = z
  .string()
  .trim()
  .regex(
    /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(inc|req|prb|chg)-[1-9]\d{0,14})$/i,
    'must be the id or the number of a ticket, such as INC-12',
  )
  .meta({ description: 'Id or number of a ticket' })
