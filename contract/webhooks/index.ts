import { z } from 'zod'
import { done, id, instant, line, named, pageOf, route } from '../base.ts'

/** What changes is posted to an address: a program of one's own hears of deadlines and jobs without asking. */
export const webhookSubjects = ['deadline', 'job'] as const

const about = z.enum(webhookSubjects, 'must be deadline or job').meta({
  description:
    'deadline: its state turns, somebody extends it or holds its alarms; job: it fails, is missing, runs long or is right again, and what people do with it',
})

export const createWebhookInput = z.object({
  name: line(80),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://example.com/hook' })
    .max(2_000, 'must have at most 2,000 characters')
    .refine(
      (value) => !/^https?:\/\/[^/?#\\]*@/i.test(value),
      'must not hold a user or password, which would not be sent: what is posted is signed',
    )
    .meta({ description: 'Where it is posted to. Kept encrypted; only its host is shown again' }),
  about: z
    .array(about)
    .min(1, 'must name deadline, job or both')
    .transform((some) => [...new Set(some)].sort()),
  teamId: id
    .nullable()
    .default(null)
    .meta({ description: 'Only what belongs to this team; null: what belongs to anybody' }),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ followed by 24 to 64 bytes in base64')
    .optional()
    .meta({ description: 'Signs what is posted; made here, unless told' }),
})
export const webhookIdInput = z.object({ id })

export const webhook = z.object({
  id,
  name: z.string(),
  host: z.string(),
  about: z.array(about),
  team: named.nullable(),
  deliveredAt: instant.nullable().meta({ description: 'When it took something last' }),
  failing: z.object({ since: instant, problem: z.string() }).nullable().meta({
    description:
      'While it does not take what is posted: it is tried again, and nothing is left out but what somebody skips',
  }),
  createdAt: instant,
})
export const webhookWithSecret = webhook.extend({
  secret: z.string().meta({ description: 'Signs what is posted, as Standard Webhooks has it; shown once' }),
})

const tags = ['webhooks']

export const webhooks = {
  list: route
    .route({ method: 'GET', path: '/webhooks', summary: 'Addresses to which changes are posted', tags })
    .input(z.object({}))
    .output(pageOf(webhook)),
  create: route
    .route({
      method: 'POST',
      path: '/webhooks',
      summary: 'Have what changes posted to an address, from now on',
      tags,
      successStatus: 201,
    })
    .input(createWebhookInput)
    .output(webhookWithSecret),
  delete: route
    .route({ method: 'DELETE', path: '/webhooks/{id}', summary: 'Post nothing more to it', tags })
    .input(webhookIdInput)
    .output(done),
  skip: route
    .route({
      method: 'POST',
      path: '/webhooks/{id}/skip',
      summary: 'While it fails: leave out the one event that it refuses, and go on with the next',
      tags,
    })
    .input(webhookIdInput)
    .output(z.object({ type: z.string(), text: z.string().meta({ description: 'What it is not told of' }) })),
}
