import { z } from 'zod'
import { environment, id, instantIn, line, pageQuery, text } from '../base.ts'
import { attachmentIds } from './attachments.ts'
import { ticketFilter } from './ticket-filter.ts'
import { level, openedVia, pendingReason, ticketKind, ticketPriority, ticketRef } from './words.ts'

/** What the desk is given. */

const words = (max = 20_000) => text(max).refine((t) => t.trim().length > 0, 'must not be empty')
export const ticketInput = z.object({ id: ticketRef })

export const ticketViews = [
  'open',
  'mine',
  'helping',
  'team',
  'unassigned',
  'escalated',
  'snoozed',
  'requested',
  'recent',
] as const
export const listTicketsInput = pageQuery.extend({
  view: z
    .enum(ticketViews, 'must be open, mine, helping, team, unassigned, escalated, snoozed, requested or recent')
    .optional()
    .meta({
      description:
        'open without it, or recent when a state is asked for that is not open (resolved, closed, cancelled). helping: where I help or was asked to; requested: what I asked for; team: what my teams have or are to accept; escalated: what my teams are to accept; snoozed: what I left for later, which the other queues leave out; recent: all, newest first',
    }),
  ...ticketFilter,
})
export type ListTicketsInput = z.output<typeof listTicketsInput>

export const timelineInput = pageQuery.extend({ id: ticketRef })

export const openTicketInput = z.object({
  kind: ticketKind.default('incident'),
  title: line(200),
  description: text().default(''),
  serviceId: id.optional(),
  environment: environment.default('prod'),
  via: openedVia
    .exclude(['alert'], 'must be portal, phone, mail, chat, api or desk')
    .optional()
    .meta({ description: 'How it reached us; without it: portal, desk or api, by who sends it' }),
  impact: level.optional().meta({ description: 'Proposed from the service and the business units when left out' }),
  urgency: level.optional().meta({ description: 'Proposed from the next cut-off when left out' }),
  teamId: id.optional().meta({ description: 'The owner of the service when left out' }),
  assigneeId: id.optional(),
  requesterId: id.optional().meta({ description: 'Who asks; requesters themselves need not say so' }),
  page: z.boolean().optional().meta({ description: 'Page the people on call for it' }),
  attachments: attachmentIds,
})
export type OpenTicketInput = z.output<typeof openTicketInput>

export const proposalInput = z.object({
  kind: ticketKind.default('incident'),
  serviceId: id.optional(),
  environment: environment.default('prod'),
  impact: level.optional(),
  urgency: level.optional(),
})

export const changeTicketInput = z
  .object({
    id: ticketRef,
    title: line(200).optional(),
    description: text().optional(),
    serviceId: id.nullable().optional(),
    environment: environment.optional(),
    impact: level.nullable().optional().meta({ description: 'null: propose it anew' }),
    urgency: level.nullable().optional().meta({ description: 'null: propose it anew' }),
    priority: ticketPriority
      .nullable()
      .optional()
      .meta({ description: 'Overrides the matrix; null: the matrix again' }),
    reason: line(500).optional().meta({ description: 'Why the priority is overridden; needed with it' }),
  })
  .refine((c) => c.priority == null || c.reason !== undefined, {
    path: ['reason'],
    error: 'must say why the priority is overridden',
  })

export const messageInput = z.object({ id: ticketRef, body: words(), attachments: attachmentIds })
export const callOutInput = z.object({
  id: ticketRef,
  body: words(),
  reached: z.boolean().default(true).meta({
    description: 'Whether somebody was reached: only then it counts as an answer',
  }),
})
export const replyInput = messageInput.extend({
  toChildren: z
    .boolean()
    .default(false)
    .meta({ description: 'One reply answers all: also to the requesters of its children' }),
  seen: id.nullable().optional().meta({
    description:
      'The newest reply that was read before this was written, or null: when somebody else has replied since, this is refused once, to be read first',
  }),
})
export const takeInput = z.object({
  id: ticketRef,
  assigneeId: id.optional().meta({
    description:
      'Who takes it; without it: whoever asks. A key is nobody and must say; a page is still theirs to answer',
  }),
})
export const assignInput = z.object({ id: ticketRef, userId: id })
export const moveInput = z.object({
  id: ticketRef,
  teamId: id.nullable().meta({ description: 'null: no team' }),
  assigneeId: id
    .optional()
    .meta({ description: 'Somebody there; else whoever has it keeps it if he is a member there' }),
})

// Approvals are asked for by requests; nobody lets a ticket wait for one by hand.
const heldReason = pendingReason.exclude(['approval'], 'must be user, vendor, change or scheduled')
export const pendInput = z
  .object({
    id: ticketRef,
    reason: heldReason,
    until: instantIn
      .optional()
      .meta({ description: 'It goes on by itself then, such as 2026-11-23T07:12:00Z; needed when it is scheduled' }),
  })
  .refine((p) => p.reason !== 'scheduled' || p.until !== undefined, {
    path: ['until'],
    error: 'must say when it goes on, because it is scheduled',
  })

export const resolveInput = z.object({
  id: ticketRef,
  resolution: words(),
  children: z.boolean().default(false).meta({ description: 'Resolve its open children with it' }),
})
export const reasonInput = z.object({ id: ticketRef, reason: line(500) })
export const reopenInput = z.object({
  id: ticketRef,
  reason: line(500).optional(),
  children: z.boolean().default(false).meta({ description: 'Reopen the children that were resolved with it' }),
  waiting: z
    .array(z.object({ id, reason: heldReason, until: instantIn.optional() }))
    .max(1000)
    .optional()
    .meta({ description: 'Which of them waited before, and wait again unless their time has come; for the desk' }),
})
export const watcherInput = z.object({
  id: ticketRef,
  userId: z.union([id, z.literal('me')], 'must be the id of a person, or me'),
})
