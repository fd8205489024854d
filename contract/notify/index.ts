import { z } from 'zod'
import { done, id, instant, line, pageOf, pageQuery, route } from '../base.ts'

export const urgency = z.enum(['high', 'low'], 'must be high or low')
export type Urgency = z.output<typeof urgency>

export const contactMethod = z.object({
  id,
  channel: z.string(),
  label: z.string(),
  address: z.string().meta({ description: 'Where it leads, without secrets' }),
  verifiedAt: instant.nullable(),
  disabledReason: z.string().nullable(),
  codeSentAt: z.boolean().meta({ description: 'A code is on its way and waits to be entered' }),
})
export type ContactMethodView = z.output<typeof contactMethod>

export const notificationRule = z.object({ id, urgency, methodId: id, afterMinutes: z.number() })

export const deliveryStates = [
  'waiting',
  'queued',
  'sending',
  'sent',
  'delivered',
  'failed',
  'cancelled',
  'bundled',
] as const

export const delivery = z.object({
  id,
  class: z.enum(['page', 'conversation', 'broadcast']),
  user: z.object({ id, name: z.string() }).nullable(),
  channel: z.string(),
  address: z.string(),
  title: z.string(),
  subject: z.string(),
  reason: z.string().meta({ description: 'Why this way and at this time' }),
  state: z.enum(deliveryStates),
  mayRepeat: z.boolean().meta({ description: 'It may have been sent twice' }),
  bundleId: id.nullable(),
  createdAt: instant,
  dueAt: instant,
  sentAt: instant.nullable(),
  receipt: z.string().nullable(),
  lastError: z.string().nullable(),
  attempts: z.array(
    z.object({
      number: z.number(),
      startedAt: instant,
      finishedAt: instant.nullable(),
      outcome: z.enum(['sent', 'retry', 'refused', 'unknown']).nullable(),
      detail: z.string().nullable(),
    }),
  ),
})
export type DeliveryView = z.output<typeof delivery>

export const methodInput = z.object({
  channel: z.string(),
  label: line(60).optional().meta({ description: 'Your own name for it' }),
  config: z.record(z.string(), z.unknown()),
})
export const rulesInput = z.object({
  urgency,
  rules: z
    .array(z.object({ methodId: id, afterMinutes: z.number().int().min(0).max(1440, 'must be at most 1440 (a day)') }))
    .max(20, 'must have at most 20 entries'),
})
export const codeInput = z.object({ id, code: z.string().regex(/^\d{6}$/, 'must be the six digits that were sent') })
export const methodRef = z.object({ id })
export const contactsOf = z.object({ userId: id.optional().meta({ description: 'Yourself, when left away' }) })
export const deliveriesInput = pageQuery.extend({
  subject: z.string().max(200).optional().meta({ description: 'Reference such as page:<id>' }),
  // A boolean as well: a route parses its input before the query parses it again.
  trouble: z
    .union([z.boolean(), z.stringbool('must be true or false')])
    .optional()
    .meta({ description: 'Only those that were tried and did not get through' }),
})

export const notify = {
  contacts: route
    .route({
      method: 'GET',
      path: '/contact-methods',
      successStatus: 201,
      summary: 'Contact methods and notification rules of a person',
      tags: ['notify'],
    })
    .input(contactsOf)
    .output(z.object({ methods: z.array(contactMethod), rules: z.array(notificationRule) })),
  channels: route.route({ method: 'GET', path: '/channels', summary: 'Ways to reach people', tags: ['notify'] }).output(
    z.object({
      items: z.array(
        z.object({ kind: z.string(), title: z.string(), help: z.string(), schema: z.record(z.string(), z.unknown()) }),
      ),
    }),
  ),
  readyForPush: route
    .route({
      method: 'POST',
      path: '/push-key',
      summary: 'The key that a browser subscribes to push with; made when somebody asks first',
      tags: ['notify'],
    })
    .output(z.object({ publicKey: z.string().meta({ description: 'base64url, for applicationServerKey' }) })),
  addMethod: route
    .route({
      method: 'POST',
      path: '/contact-methods',
      summary: 'Add a contact method; a code is sent to it',
      tags: ['notify'],
    })
    .input(methodInput)
    .output(contactMethod),
  sendCode: route
    .route({ method: 'POST', path: '/contact-methods/{id}/verification', summary: 'Send a new code', tags: ['notify'] })
    .input(methodRef)
    .output(done),
  verify: route
    .route({
      method: 'PUT',
      path: '/contact-methods/{id}/verification',
      summary: 'Enter the code that was sent',
      tags: ['notify'],
    })
    .input(codeInput)
    .output(contactMethod),
  test: route
    .route({ method: 'POST', path: '/contact-methods/{id}/test', summary: 'Send a test', tags: ['notify'] })
    .input(methodRef)
    .output(z.object({ deliveryId: id })),
  removeMethod: route
    .route({
      method: 'DELETE',
      path: '/contact-methods/{id}',
      summary: 'Remove a contact method and the rules that use it',
      tags: ['notify'],
    })
    .input(methodRef)
    .output(done),
  setRules: route
    .route({
      method: 'PUT',
      path: '/notification-rules',
      summary: 'Replace your rules for one urgency',
      tags: ['notify'],
    })
    .input(rulesInput)
    .output(z.object({ rules: z.array(notificationRule) })),
  deliveries: route
    .route({
      method: 'GET',
      path: '/deliveries',
      summary: 'Messages and their attempts, newest first',
      tags: ['notify'],
    })
    .input(deliveriesInput)
    .output(pageOf(delivery)),
  deliveryTimes: route
    .route({
      method: 'GET',
      path: '/deliveries/times',
      summary: 'How the messages of the last hour fared',
      tags: ['notify'],
    })
    .output(
      z.object({
        items: z.array(
          z.object({
            channel: z.string(),
            class: z.string(),
            sent: z.number().int(),
            failed: z.number().int(),
            waiting: z.number().int(),
            p50: z.number().nullable().meta({ description: 'In milliseconds, from due to taken by the channel' }),
            p99: z.number().nullable(),
          }),
        ),
      }),
    ),
  delivery: route
    .route({ method: 'GET', path: '/deliveries/{id}', summary: 'One message and its attempts', tags: ['notify'] })
    .input(methodRef)
    .output(delivery),
}
