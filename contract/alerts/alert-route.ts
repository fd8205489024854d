import { z } from 'zod'
import { done, environment, id, instant, line, named, route, text } from '../base.ts'
import { alertStatus, severity } from './words.ts'

/** Rules over alerts, tried in order: whose an alert is, how urgent, and whether an incident is opened. */

export const mostAlertRoutes = 200

const condition = text(2_000)
  .trim()
  .min(1, 'must say for which alerts it is, such as alert.host.startsWith("ora")')
  .meta({ description: 'CEL over `alert`, `service` and `team`; true or false' })

const decided = {
  serviceId: id.nullable().meta({ description: 'Null: as the default route has it' }),
  teamId: id.nullable().meta({ description: 'Null: as the default route has it' }),
  environment: environment.nullable().meta({ description: 'Null: as the default route has it' }),
  priority: z
    .number('must be a number from 1 to 5')
    .int()
    .min(1, 'must be at least 1')
    .max(5, 'must be at most 5')
    .nullable()
    .meta({ description: 'Of the incident that is opened. Null: from impact and urgency' }),
  policyId: id
    .nullable()
    .meta({ description: 'The escalation policy by which people are paged. Null: that of the service or team' }),
  opensIncident: z.boolean().nullable().meta({ description: 'Null: as the source is set' }),
}

export const alertRoute = z.object({
  id,
  name: z.string(),
  condition: z.string(),
  service: named.nullable(),
  team: named.nullable(),
  environment: environment.nullable(),
  priority: z.number().nullable(),
  policy: named.nullable(),
  opensIncident: z.boolean().nullable(),
  enabled: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  version: z.number(),
})
export type AlertRoute = z.output<typeof alertRoute>

const fields = { name: line(120), condition, ...decided, enabled: z.boolean() }
const nothing = {
  serviceId: decided.serviceId.default(null),
  teamId: decided.teamId.default(null),
  environment: decided.environment.default(null),
  priority: decided.priority.default(null),
  policyId: decided.policyId.default(null),
  opensIncident: decided.opensIncident.default(null),
}

const before = id.nullable().meta({ description: 'The route that it comes before; null: after all others' })

export const alertRouteIdInput = z.object({ id })
export const createAlertRouteInput = z.object({
  ...fields,
  ...nothing,
  enabled: fields.enabled.default(true),
  before: before.default(null),
})
export const changeAlertRouteInput = z.object(fields).partial().extend({ id })
export const moveAlertRouteInput = z.object({ id, before })
export const previewAlertRouteInput = z.object({
  condition,
  ...nothing,
  id: id
    .optional()
    .meta({ description: 'The route that this would replace; without it, it would come before `before`' }),
  before: before.default(null),
})

const place = z.object({
  service: named.nullable(),
  team: named.nullable(),
  environment,
})

/** What the newest alerts would have become. */
export const alertRoutePreview = z.object({
  looked: z.number().int().meta({ description: 'How many of the newest alerts were tried' }),
  matched: z.number().int(),
  items: z.array(
    z.object({
      alert: z.object({
        id,
        title: z.string(),
        severity,
        status: alertStatus,
        host: z.string().nullable(),
        source: z.string(),
        startedAt: instant,
      }),
      takenBy: z.string().nullable().meta({ description: 'An earlier route that decides instead' }),
      was: place,
      becomes: place,
      priority: z.number().nullable(),
      policy: named.nullable().meta({ description: 'The escalation policy that a route names, if one does' }),
      opensIncident: z.boolean(),
    }),
  ),
  notes: z.array(z.string()).meta({ description: 'Where the condition could not be decided, and why' }),
})

const tags = ['alert routes']
export const alertRouteRoutes = {
  list: route
    .route({ method: 'GET', path: '/alert-routes', summary: 'Routes, in the order in which they are tried', tags })
    .input(z.object({}))
    .output(z.object({ items: z.array(alertRoute) })),
  create: route
    .route({ method: 'POST', path: '/alert-routes', summary: 'Add a route', tags, successStatus: 201 })
    .input(createAlertRouteInput)
    .output(alertRoute),
  change: route
    .route({ method: 'PATCH', path: '/alert-routes/{id}', summary: 'Change a route', tags })
    .input(changeAlertRouteInput)
    .output(alertRoute),
  move: route
    .route({ method: 'POST', path: '/alert-routes/{id}/move', summary: 'Try a route earlier or later', tags })
    .input(moveAlertRouteInput)
    .output(z.object({ items: z.array(alertRoute) })),
  delete: route
    .route({ method: 'DELETE', path: '/alert-routes/{id}', summary: 'Delete a route', tags })
    .input(alertRouteIdInput)
    .output(done),
  preview: route
    .route({
      method: 'POST',
      path: '/alert-routes/preview',
      summary: 'What a route would have done with the newest alerts; changes nothing',
      tags,
    })
    .input(previewAlertRouteInput)
    .output(alertRoutePreview),
}
