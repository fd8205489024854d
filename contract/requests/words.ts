import { z } from 'zod'

/** The words of requests, as code, API and pages use them. */

export const requestIcons = ['access', 'software', 'report', 'data', 'person', 'hardware', 'network', 'other'] as const
export const requestIcon = z.enum(requestIcons, `must be ${requestIcons.slice(0, -1).join(', ')} or other`)
export type RequestIcon = (typeof requestIcons)[number]

/** Of the approval as a whole. free: none is needed; withdrawn: the ticket was cancelled before it was decided. */
export const requestStates = ['free', 'waiting', 'approved', 'refused', 'expired', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]

/** Of one person who was asked. */
export const approvalStates = [
  'asked',
  'approved',
  'refused',
  'passed_on',
  'left',
  'expired',
  'not_needed',
  'nobody',
] as const
export type ApprovalState = (typeof approvalStates)[number]

export const decision = z.enum(['approve', 'refuse'], 'must be approve or refuse')
