import { z } from 'zod'
import { defineChannel, type SendOutcome } from '../define-channel.ts'
import { instantOf, type Message } from '../message.ts'
import { postSigned } from '../signed-post.ts'

const DEADLINE_MS = 15_000

const isSecret = (secret: string): boolean => {
  const key = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1]
  const bytes = key ? Buffer.from(key, 'base64').length : 0
  return bytes >= 24 && bytes <= 64
}

/** The body of Standard Webhooks: what it is, when it happened, and the message as it is. */
const bodyOf = (message: Message): string => {
  const { class: kind, at, ...data } = message
  return JSON.stringify({
    type: `notification.${kind}`,
    timestamp: instantOf(at).toString(),
    data: { ...data, class: kind, at },
  })
}

export const webhook = defineChannel({
  kind: 'webhook',
  title: 'Webhook',
  help: 'Posts the message as JSON to an address of yours, signed as Standard Webhooks (standardwebhooks.com) describes. Answer 2xx within 15 seconds; webhook-id is the same when a message is sent again.',
  config: z.object({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an address such as https://example.com/hook' })
      .max(2000, 'must have at most 2,000 characters')
      .meta({ title: 'Address' }),
    secret: z
      .string()
      .refine(isSecret, 'must be whsec_ followed by 24 to 64 bytes in base64')
      .meta({ title: 'Signing secret', secret: true }),
  }),
  example: { url: 'https://example.com/hooks/watchfloor', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  limits: { perMinute: 60 },
  needsVerification: true,
  forDesk: true,
  // The path of a webhook is often its secret.
  describe: (config) => `Webhook at ${new URL(config.url).host}`,

  async send(config, message, { net, now, signal: stop }): Promise<SendOutcome> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)])
    return postSigned(config, { id: message.id, body: bodyOf(message) }, { net, now, signal })
  },
})
