import { z } from 'zod'
import { eventInput, refId } from '../../platform/events.ts'
import type { Reaction } from '../../platform/registry-of-work.ts'
import { verb } from '../../platform/verb.ts'
import { calendarChanged } from '../calendars/index.ts'
import { businessUnitsSet, serviceChanged } from '../catalog/index.ts'
import { slaPolicyChanged, slaPolicyCreated, slaPolicyDeleted, slaPolicyMoved } from '../sla/index.ts'
import { recomputeSoon } from './recompute-clocks.ts'

/** A policy or a calendar is another one now: all open clocks are computed anew. */
export const termsChanged = verb('ticket.terms_changed', {
  permission: 'system',
  input: z.unknown(),
  async run(ctx) {
    recomputeSoon(ctx)
    return ctx.unchanged(null)
  },
})

/** A service has another calendar, or other business units: the open clocks of its tickets are computed anew. */
export const serviceTermsChanged = verb('ticket.service_terms_changed', {
  permission: 'system',
  input: eventInput(serviceChanged)
    .pick({ subject: true })
    .extend({ data: z.looseObject({ after: z.record(z.string(), z.unknown()).optional() }) }),
  async run(ctx, { subject, data }) {
    if (!data.after || 'calendarId' in data.after) recomputeSoon(ctx, { serviceId: refId(subject) })
    return ctx.unchanged(null)
  },
})

export const clockReactions: Reaction[] = [
  ...[calendarChanged, slaPolicyCreated, slaPolicyChanged, slaPolicyMoved, slaPolicyDeleted].map((event) => ({
    event,
    verb: termsChanged,
  })),
  { event: serviceChanged, verb: serviceTermsChanged },
  { event: businessUnitsSet, verb: serviceTermsChanged },
]
