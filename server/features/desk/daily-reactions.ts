import { z } from 'zod'
import { refId } from '../../platform/events.ts'
import type { Reaction } from '../../platform/registry-of-work.ts'
import { verb } from '../../platform/verb.ts'
import { slaBreached, slaWarned } from '../sla/index.ts'
import {
  ticketEscalated,
  ticketEscalationAccepted,
  ticketEscalationRestored,
  ticketEscalationReturned,
  ticketEscalationWithdrawn,
} from './escalation/events.ts'
import * as events from './events.ts'
import { planByEvent } from './hierarchy/clock.ts'
import { ticketEscalatedUp } from './hierarchy/events.ts'
import { wakeSnoozers } from './snooze.ts'

/** What moves the moments at which leads and managers are told. Opening a ticket gives it its first priority. */
const moving = [
  events.ticketPriorityChanged,
  events.ticketAssigned,
  events.ticketResponded,
  events.ticketTeamChanged,
  events.ticketPended,
  events.ticketResumed,
  events.ticketReopened,
  ticketEscalated,
  ticketEscalationAccepted,
  ticketEscalationReturned,
  ticketEscalationWithdrawn,
  ticketEscalationRestored,
  slaWarned,
]

/** What nobody should miss, also who left the ticket for later. */
const waking: [Reaction['event'], string][] = [
  [events.ticketReplied, 'somebody replied.'],
  [events.ticketReopened, 'it is open again.'],
  [ticketEscalated, 'it was escalated.'],
  [ticketEscalationAccepted, 'its escalation was accepted.'],
  [ticketEscalationReturned, 'its escalation was sent back.'],
  [ticketEscalatedUp, 'its leads were told of it.'],
  [slaWarned, 'a clock of it runs out soon.'],
  [slaBreached, 'a clock of it is over time.'],
]
const reasons = new Map(waking.map(([event, why]) => [event.name, why]))

const wakeByEvent = verb('ticket.wake_snoozers', {
  permission: 'system',
  input: z.object({
    type: z.string(),
    subject: z.string(),
    actor: z.object({ kind: z.string(), id: z.string().nullable() }),
  }),
  async run(ctx, { type, subject, actor }) {
    const but = actor.kind === 'user' ? actor.id : null
    const woken = await wakeSnoozers(ctx, refId(subject), reasons.get(type) ?? 'something happened.', but)
    return woken > 0 ? null : ctx.unchanged(null)
  },
})

export const dailyReactions: Reaction[] = [
  ...moving.map((event) => ({ event, verb: planByEvent })),
  ...waking.map(([event]) => ({ event, verb: wakeByEvent })),
]
