import { z } from 'zod'
import { environment, id, instant, line, named, pageOf, pageQuery, route, slug, text } from '../base.ts'
import { severity, signalKind } from './words.ts'

/** A kind of source that can be made: a form is built from it. */
export const sourceKind = z.object({
  kind: z.string(),
  title: z.string(),
  help: z.string(),
  samples: z.array(z.string()).meta({ description: 'Names of its samples, to test with' }),
})

const fields = {
  name: line(120),
  teamId: id.nullable().meta({ description: 'Whose alerts they are when no service says so' }),
  serviceId: id.nullable().meta({ description: 'The service of its alerts when a signal names none' }),
  environment,
  opensIncident: z.boolean().meta({ description: 'Whether its alerts open incidents' }),
  perSecond: z.coerce
    .number('must be a number of requests')
    .int('must be a whole number of requests')
    .min(1, 'must be at least 1')
    .max(100_000, 'must be at most 100,000')
    .meta({ description: 'Requests a second that one key may send' }),
}

/** Of silence; 30 days at most. */
const expiresMinutes = z
  .number('must be a number of minutes')
  .int('must be a whole number of minutes')
  .min(1, 'must be at least 1')
  .max(43_200, 'must be at most 43,200, which are 30 days')
  .nullable()
  .meta({
    description:
      'For tools that repeat what still fires: an alert of which nothing was heard for so long expires. Null: never',
  })

const sourceKey = z.object({
  id,
  hint: z.string().meta({ description: 'The last four characters' }),
  createdAt: instant,
  revokedAt: instant.nullable(),
})

/** A source as lists show it. */
export const sourceSummary = z.object({
  id,
  kind: z.string(),
  kindTitle: z.string(),
  slug: z.string(),
  name: z.string(),
  team: named.nullable(),
  service: named.nullable(),
  environment,
  opensIncident: z.boolean(),
  enabled: z.boolean(),
  builtIn: z.boolean(),
  firing: z.number().int().max(1001).meta({ description: 'Open alerts; 1001 stands for more than 1,000' }),
  lastAt: instant.nullable().meta({ description: 'Its last event' }),
  perMinute: z.number().meta({ description: 'Signals a minute, over some five minutes' }),
  signals: z.number().meta({ description: 'Since the beginning' }),
  problems: z.number().meta({ description: 'Requests that could not be read, wholly or in part' }),
  lastProblem: z.string().nullable(),
  lastProblemAt: instant.nullable(),
  version: z.number(),
})

export const source = sourceSummary.extend({
  perSecond: z.number(),
  expiresMinutes: z.number().nullable(),
  help: z.string(),
  url: z.string().nullable().meta({ description: 'Where it sends; null for the built-in one' }),
  setup: z.string().nullable().meta({ description: 'Text to copy; YOUR-KEY stands for its key' }),
  keys: z.array(sourceKey),
  samples: z.array(z.string()),
  createdAt: instant,
})

/** With the key itself, this once. */
export const sourceWithKey = source.extend({
  key: z.string().meta({ description: 'Shown this once; only its hash is kept' }),
  setup: z.string().meta({ description: 'Text to copy, with the key in it' }),
})

/** What a tool really sent, as it was journalled. */
export const capturedSample = z.object({
  id,
  at: instant,
  contentType: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().meta({ description: 'At most 4,000 characters, secrets masked' }),
  bytes: z.number(),
  cut: z.boolean(),
  outcome: z.enum(['read', 'unreadable']),
  problem: z.string().nullable(),
  signals: z.number(),
})

export const readSignal = z.object({
  kind: signalKind,
  dedupKey: z.string(),
  severity,
  summary: z.string(),
  service: z.string().nullable(),
  host: z.string().nullable(),
  environment: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  notes: z.array(z.string()),
  route: z.array(z.string()).meta({ description: 'What would be decided about it, in sentences' }),
})

export const listSourcesInput = pageQuery.extend({ search: line(100).optional() })
export const sourceIdInput = z.object({ id })
export const createSourceInput = z.object({
  ...fields,
  kind: z.string().max(50),
  slug: slug.optional().meta({ description: 'Made from the name when left out' }),
  teamId: fields.teamId.default(null),
  serviceId: fields.serviceId.default(null),
  environment: fields.environment.default('prod'),
  opensIncident: fields.opensIncident.default(true),
  perSecond: fields.perSecond.default(500),
  expiresMinutes: expiresMinutes.default(null),
})
export const changeSourceInput = z
  .object({ ...fields, expiresMinutes })
  .partial()
  .extend({ id })
export const revokeSourceKeyInput = z.object({ id, keyId: id })
export const testSourceInput = z
  .object({
    id,
    sample: z.string().max(100).optional().meta({ description: 'The name of a sample of its kind' }),
    body: text(100_000).optional().meta({ description: 'Or a body of your own' }),
    deliver: z
      .boolean()
      .default(false)
      .meta({ description: 'Really take it in, as something of severity info that is over at once: nobody is told' }),
  })
  .refine((t) => (t.sample === undefined) !== (t.body === undefined), {
    path: ['sample'],
    error: 'give either the name of a sample or a body',
  })
export const sampleIdInput = z.object({ id, sampleId: id })

const tags = ['sources']
const created = { tags, successStatus: 201 }
export const sourceRoutes = {
  kinds: route
    .route({ method: 'GET', path: '/source-kinds', summary: 'Kinds of sources', tags })
    .output(z.object({ items: z.array(sourceKind) })),
  list: route
    .route({ method: 'GET', path: '/sources', summary: 'Sources, by name', tags })
    .input(listSourcesInput)
    .output(pageOf(sourceSummary)),
  read: route
    .route({ method: 'GET', path: '/sources/{id}', summary: 'A source', tags })
    .input(sourceIdInput)
    .output(source),
  create: route
    .route({ method: 'POST', path: '/sources', summary: 'Connect a tool', ...created })
    .input(createSourceInput)
    .output(sourceWithKey),
  change: route
    .route({ method: 'PATCH', path: '/sources/{id}', summary: 'Change a source', tags })
    .input(changeSourceInput)
    .output(source),
  disable: route
    .route({ method: 'POST', path: '/sources/{id}/disablement', summary: 'Take nothing more from it', tags })
    .input(sourceIdInput)
    .output(source),
  enable: route
    .route({ method: 'DELETE', path: '/sources/{id}/disablement', summary: 'Take its events again', tags })
    .input(sourceIdInput)
    .output(source),
  addKey: route
    .route({ method: 'POST', path: '/sources/{id}/keys', summary: 'A second key, valid beside the first', ...created })
    .input(sourceIdInput)
    .output(sourceWithKey),
  revokeKey: route
    .route({ method: 'DELETE', path: '/sources/{id}/keys/{keyId}', summary: 'End a key, within seconds', tags })
    .input(revokeSourceKeyInput)
    .output(source),
  samples: route
    .route({ method: 'GET', path: '/sources/{id}/samples', summary: 'What it sent last, as it came', tags })
    .input(sourceIdInput)
    .output(z.object({ items: z.array(capturedSample) })),
  test: route
    .route({ method: 'POST', path: '/sources/{id}/test', summary: 'Read a sample as if the tool had sent it', tags })
    .input(testSourceInput)
    .output(z.object({ signals: z.array(readSignal), problems: z.array(z.string()), delivered: z.boolean() })),
  replay: route
    .route({
      method: 'POST',
      path: '/sources/{id}/samples/{sampleId}/replay',
      summary: 'Read again what could not be read',
      tags,
    })
    .input(sampleIdInput)
    .output(z.object({ signals: z.number(), problems: z.array(z.string()) })),
}
