import { z } from 'zod'
import { environment, id, instant, named } from '../base.ts'
import { pageView } from '../oncall/index.ts'
import { slaClock, slaState } from '../sla/index.ts'
import { attachmentView } from './attachments.ts'
import { ticketActs } from './can.ts'
import { level, openedVia, pendingReason, ticketKind, ticketState } from './words.ts'

/** What the desk answers. What a requester may not see is null (or empty) in the answers he gets. */

const verdict = z.object({ ok: z.boolean(), why: z.string().nullable() })
const verdicts = z.object(
  Object.fromEntries(ticketActs.map((act) => [act, verdict])) as Record<(typeof ticketActs)[number], typeof verdict>,
)

export const dueClock = slaClock
const priority = z.number().int().min(1).max(5)

/** A ticket as lists show it. */
export const ticketRow = z.object({
  id,
  number: z.string(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  pendingReason: pendingReason.nullable(),
  pendingUntil: instant.nullable(),
  priority: priority.meta({ description: '1 is the most pressing: P1 to P5' }),
  service: named.nullable(),
  environment,
  requester: named.nullable(),
  openedVia,
  openedAt: instant,
  updatedAt: instant,
  resolvedAt: instant.nullable(),
  reopened: z.number().int().meta({ description: 'How often it was reopened' }),
  team: named.nullable(),
  assignee: named.nullable(),
  dueAt: instant.nullable().meta({ description: 'The next clock to run out; null when none runs' }),
  dueClock: dueClock.nullable(),
  escalatedTo: named
    .nullable()
    .meta({ description: 'The team that it was escalated to and that has not accepted yet' }),
  breached: z.boolean().meta({ description: 'A clock of it was over time' }),
  parent: z.string().nullable().meta({ description: 'The number of the ticket that it stands under' }),
  children: z.number().int().meta({ description: 'How many stand under it; 1001: more than 1,000' }),
  mergedInto: z
    .object({ id: id.nullable().meta({ description: 'null for readers who may not see it' }), number: z.string() })
    .nullable()
    .meta({ description: 'The ticket that goes on in its place' }),
  marks: z.record(z.string(), z.unknown()).meta({ description: 'Small facts from other features, by name' }),
  version: z.number().int(),
})
export type TicketRow = z.output<typeof ticketRow>

export const ticketMessage = z.object({
  id,
  kind: z.enum(['public', 'internal']),
  via: z.string(),
  author: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  body: z.string(),
  at: instant,
  attachments: z.array(attachmentView),
})

/** One run of a clock. Minutes are open time: of the calendar by which it is counted. */
export const ticketClock = z.object({
  name: dueClock,
  label: z.string().meta({ description: 'Which cut-off, where there is one' }),
  cycle: z.number().int(),
  state: slaState,
  startedAt: instant,
  dueAt: instant.nullable().meta({ description: 'Null while it stands still' }),
  warnAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  targetMinutes: z.number().nullable(),
  elapsedMinutes: z.number(),
  leftMinutes: z.number().nullable().meta({ description: 'Open time that is left; negative when it is over' }),
  policyVersion: z.number().int(),
  calendarVersion: z.number().int().nullable(),
  derivation: z.array(z.string()).meta({ description: 'How it came about, in sentences' }),
  problem: z.string().nullable().meta({ description: 'What is wrong with the set-up, when there is no due time' }),
})
export type TicketClock = z.output<typeof ticketClock>

const basis = z.object({
  by: z.enum(['rule', 'person']),
  because: z.string().meta({ description: 'The facts that led to it, or who set it' }),
})

/** A ticket with all that its page shows. */
export const ticketDetail = ticketRow.extend({
  description: z.string(),
  told: z.string().meta({
    description: 'By which what is like it is looked for: without the words that stand in all that a program writes',
  }),
  beganAt: instant.nullable().meta({ description: 'Since when, as it was told; null when nobody said' }),
  resolution: z.string().nullable(),
  closedAt: instant.nullable(),
  impact: level.nullable(),
  urgency: level.nullable(),
  basis: z.object({ impact: basis, urgency: basis }).nullable(),
  priorityReason: z.string().nullable().meta({ description: 'How the priority came about, in words' }),
  priorityOverridden: z.boolean(),
  openedBy: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }).nullable(),
  hurt: z
    .object({
      units: z.array(z.object({ id, name: z.string(), people: z.number().nullable() })),
      services: z.array(z.object({ id, name: z.string() })).meta({ description: 'Services that depend on this one' }),
      cutOff: z.object({ name: z.string(), service: z.string(), at: instant, words: z.string() }).nullable(),
    })
    .nullable(),
  firstResponseAt: instant.nullable(),
  clocks: z.array(ticketClock).meta({ description: 'The latest fifty runs, in the order in which they began' }),
  derivation: z.array(z.string()).meta({ description: 'By which policy it is measured, and why, in sentences' }),
  messages: z.array(ticketMessage).meta({ description: 'The latest hundred, oldest first; the timeline has all' }),
  earlierMessages: z.boolean().meta({ description: 'There are more messages before these' }),
  pages: z.array(pageView).meta({ description: 'Who was paged for it, newest page first' }),
  attachments: z.array(attachmentView).meta({ description: 'Files that came with its opening' }),
  affected: z.number().int().nullable().meta({
    description: 'How many said that it hurts them too; they read what the desk replies. 1001: more than 1,000',
  }),
  watchers: z.array(named),
  watching: z.boolean(),
  helpers: z.array(named.extend({ joined: z.boolean().meta({ description: 'false: asked, and not joined yet' }) })),
  can: verdicts,
})
export type TicketDetail = z.output<typeof ticketDetail>

/** What a ticket would become if it were opened now. */
export const ticketProposal = z.object({
  impact: level,
  urgency: level,
  priority,
  reason: z.string().meta({ description: 'How the priority came about, in words' }),
  basis: z.object({ impact: basis, urgency: basis }),
  team: named.nullable().meta({ description: 'The owner of the service' }),
  clocks: z.array(
    z.object({
      name: dueClock,
      label: z.string(),
      dueAt: instant.nullable(),
      derivation: z.array(z.string()),
    }),
  ),
  derivation: z.array(z.string()),
  wakes: z.boolean().meta({ description: 'A page for it may wake somebody' }),
  pageWaits: z.string().nullable().meta({ description: 'Why a page would wait for the support hours' }),
})
export type TicketProposal = z.output<typeof ticketProposal>

/** The act that takes an act back: the name of a route of the desk, and its input. */
export const ticketUndo = z.object({
  act: z.enum([
    'change',
    'assign',
    'unassign',
    'move',
    'pend',
    'resume',
    'resolve',
    'reopen',
    'close',
    'takeBackClosure',
    'watch',
    'unwatch',
    'escalate',
    'withdrawEscalation',
    'acceptEscalation',
    'takeBackAcceptance',
    'sendBackEscalation',
    'takeBackReturn',
    'link',
    'unlink',
    'adopt',
    'disown',
    'unmerge',
    'removeCaller',
    'help',
    'stopHelping',
    'undoMacro',
    'snooze',
    'unsnooze',
  ]),
  input: z.record(z.string(), z.unknown()),
})

/** What every act on a ticket answers. */
export const ticketActed = z.object({
  ticket: ticketRow,
  undo: ticketUndo.nullable().meta({ description: 'The act that takes this one back, where there is one' }),
  version: z.number().int(),
})
export type TicketActed = z.output<typeof ticketActed>

const capped = z.number().int().max(1001)
export const ticketCounts = z
  .object({
    mine: capped,
    helping: capped,
    myTeams: capped,
    escalated: capped,
    snoozed: capped,
    unassigned: capped,
    urgent: capped,
    open: capped,
  })
  .meta({
    description:
      '1001 stands for more than 1,000. Urgent: open P1 and P2. Escalated: what my teams are to accept. Helping: where I help or was asked to',
  })
