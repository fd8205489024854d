import { z } from 'zod'
import { environment, id, instant, line, named, pageOf, pageQuery, route, timelineEvent } from '../base.ts'
import { ticketRef } from '../desk/words.ts'
import { alertStatus, severity, signalKind } from './words.ts'

export const link = z.object({ label: z.string(), url: z.string().meta({ description: 'http or https' }) })

/** Why it was held back: nobody was told, although it was watched. */
export const held = z.object({
  kind: z.enum(['silence', 'maintenance']),
  id,
  reason: z.string(),
  by: z.string(),
  until: instant.nullable(),
})

/** An alert as lists show it. */
export const alertRow = z.object({
  id,
  status: alertStatus,
  severity,
  title: z.string(),
  source: z.object({ id, name: z.string(), kind: z.string() }),
  service: named.nullable(),
  host: z.string().nullable(),
  environment,
  team: named.nullable(),
  priority: z.number().int().nullable().meta({ description: 'Of its ticket: P1 to P5' }),
  ticket: z.object({ id, number: z.string(), state: z.string() }).nullable(),
  held: held.nullable(),
  occurrences: z.number().meta({ description: 'How often it was reported while it fired' }),
  startedAt: instant,
  endedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  version: z.number(),
})
export type AlertRow = z.output<typeof alertRow>

const reason = z.string().nullable().meta({ description: 'Why not; null when it may be done' })

/** An alert with all that its page shows. */
export const alertDetail = alertRow.extend({
  details: z.string(),
  dedupKey: z.string(),
  labels: z.record(z.string(), z.string()),
  links: z.array(link),
  route: z
    .array(z.string())
    .meta({ description: 'How service, team, environment and incident were decided, in sentences' }),
  signals: z
    .array(
      z.object({
        id,
        at: instant.meta({ description: 'Received' }),
        happenedAt: instant.meta({ description: 'As the sender says' }),
        kind: signalKind,
        severity: severity.nullable(),
        summary: z.string(),
        notes: z.array(z.string()).meta({ description: 'What was cut or could not be read' }),
      }),
    )
    .meta({ description: 'The latest 50 of its key while it fired, newest first' }),
  previous: z
    .array(z.object({ id, status: alertStatus, startedAt: instant, endedAt: instant.nullable() }))
    .meta({ description: 'Earlier alerts of the same key, newest first, at most 10' }),
  timeline: z.array(timelineEvent).meta({ description: 'The latest 100 events, oldest first' }),
  can: z.object({ acknowledge: reason, unacknowledge: reason, resolve: reason, silence: reason }),
})

export const alertViews = ['firing', 'held', 'all'] as const
export const listAlertsInput = pageQuery.extend({
  view: z.enum(alertViews, 'must be firing, held or all').default('firing').meta({
    description: 'firing: open and told; held: open, but silenced or under maintenance; all: also what is over',
  }),
  sourceId: id.optional(),
  serviceId: id.optional(),
  teamId: id.optional(),
  environment: environment.optional(),
  severity: severity.optional().meta({ description: 'This severity or worse' }),
  q: line(100)
    .refine((t) => t.length >= 3, 'must have at least 3 characters')
    .optional()
    .meta({ description: 'Part of the title or of the host' }),
})
export const alertIdInput = z.object({ id })
export const resolveAlertInput = z.object({ id, reason: line(500) })

const capped = z.number().int().max(1001)
export const alertCounts = z
  .object({
    firing: capped,
    blind: capped,
    acknowledged: capped.meta({ description: 'Of the firing and blind ones' }),
    held: capped,
    silenced: capped,
    maintenance: capped,
  })
  .meta({ description: '1001 stands for more than 1,000. Firing and blind: not held back' })

export const alertsAroundInput = z.object({
  serviceId: id,
  except: ticketRef.optional().meta({ description: 'The ticket that asks: its own alerts are left out' }),
  limit: z.coerce.number().int().min(1).max(20).default(5),
})

const tags = ['alerts']
export const alertRoutes = {
  list: route
    .route({ method: 'GET', path: '/alerts', summary: 'Alerts, newest first', tags })
    .input(listAlertsInput)
    .output(pageOf(alertRow)),
  around: route
    .route({
      method: 'GET',
      path: '/alerts/around',
      summary: 'Open alerts of a service and of what it depends on, and why they may matter',
      tags,
    })
    .input(alertsAroundInput)
    .output(
      z.object({
        items: z.array(
          alertRow.extend({
            because: z.string(),
            more: z.number().int().meta({ description: 'Further open alerts of the same ticket' }),
          }),
        ),
      }),
    ),
  read: route
    .route({ method: 'GET', path: '/alerts/{id}', summary: 'An alert', tags })
    .input(alertIdInput)
    .output(alertDetail),
  acknowledge: route
    .route({ method: 'POST', path: '/alerts/{id}/acknowledgement', summary: 'Say that somebody looks after it', tags })
    .input(alertIdInput)
    .output(alertRow),
  unacknowledge: route
    .route({ method: 'DELETE', path: '/alerts/{id}/acknowledgement', summary: 'Take the acknowledgement back', tags })
    .input(alertIdInput)
    .output(alertRow),
  resolve: route
    .route({ method: 'POST', path: '/alerts/{id}/resolution', summary: 'End it by hand', tags })
    .input(resolveAlertInput)
    .output(alertRow),
  counts: route
    .route({ method: 'GET', path: '/alert-counts', summary: 'How many fire, and how many are held back', tags })
    .output(alertCounts),
}
