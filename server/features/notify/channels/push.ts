import { z } from 'zod'
import { defineChannel, type SendOutcome } from '../define-channel.ts'
import type { Message } from '../message.ts'
import { pushAnswer } from '../push-outcome.ts'
import { webhookFailure } from '../webhook-outcome.ts'

const DEADLINE_MS = 15_000
const MOST_BYTES = 64 * 1024
/** A push service takes 4,096 bytes; encryption and its frame need some of them. */
const MOST_TEXT = 1_000
/** How long a push service keeps what a sleeping device cannot take: a page is not worth more than an hour. */
const KEPT_SECONDS = { page: 3600, conversation: 24 * 3600, broadcast: 24 * 3600 } as const

/** What web/public/push.js shows. */
const payloadOf = (message: Message): string => {
  const facts = message.facts?.map(({ label, value }) => `${label}: ${value}`) ?? []
  const link = message.links.find(({ primary }) => primary) ?? message.links[0]
  const again = message.mayRepeat ? ['This may have been sent before.'] : []
  return JSON.stringify({
    title:
      message.priority && !message.title.startsWith(message.priority)
        ? `${message.priority}: ${message.title}`
        : message.title,
    body: [...message.lines, ...facts, ...again].filter(Boolean).join('\n').slice(0, MOST_TEXT).toWellFormed(),
    url: link?.url ?? '/',
    tag: message.id,
    stays: message.class === 'page',
  })
}

const key = (bytes: number, what: string) =>
  z
    .string()
    .refine((text) => Buffer.from(text, 'base64url').length === bytes, `must be the ${what} of the subscription`)

export const push = defineChannel({
  kind: 'push',
  title: 'This browser',
  help: 'Shows a notification on this device, also while Watchfloor is not open. On a phone add Watchfloor to the home screen first, and set up push there.',
  config: z.object({
    endpoint: z
      .url({ protocol: /^https?$/, error: 'must be the address that the browser gave' })
      .max(2000, 'must have at most 2,000 characters')
      .meta({ title: 'Address at the push service', secret: true }),
    p256dh: key(65, 'public key (p256dh)').meta({ title: 'Key', secret: true }),
    auth: key(16, 'secret (auth)').meta({ title: 'Secret', secret: true }),
  }),
  settings: z.object({
    /** Null until the first browser asks for it. */
    push: z.object({ publicKey: z.string(), privateKey: z.string(), subject: z.string() }).nullable(),
  }),
  example: {
    endpoint: 'https://push.example.com/send/abc',
    p256dh: 'BLc4xRzKlKORKWlbdgFaBrrPK3ydWAHo4M0gs0i1oEKgPpWC5cW8OCzVrOQRv-1npXRWk8udnW3oYhIO4475rds',
    auth: '8VT9sLP2O1rMT6Ddr6_ENw',
  },
  limits: { perMinute: 60 },
  needsVerification: true,
  forDesk: true,
  // The path of the address is a secret: whoever has it can disturb.
  describe: (config) => `A browser, by ${new URL(config.endpoint).host}`,

  async send({ endpoint, p256dh, auth }, message, { net, now, signal: stop, settings }): Promise<SendOutcome> {
    if (!settings.push)
      return { kind: 'retry', reason: 'The keys for push are missing in this installation.', ours: true }
    const { generateRequestDetails } = (await import('web-push')).default
    const { host } = new URL(endpoint)
    const details = generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payloadOf(message), {
      vapidDetails: settings.push,
      TTL: KEPT_SECONDS[message.class],
      urgency: message.class === 'page' ? 'high' : 'normal',
      contentEncoding: 'aes128gcm',
    })
    try {
      const response = await net.request(endpoint, {
        method: 'POST',
        headers: Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)])),
        body: details.body,
        signal: AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)]),
        maxRedirects: 0,
        maxBytes: MOST_BYTES,
      })
      return pushAnswer(response, host, now)
    } catch (error) {
      return webhookFailure(error, host)
    }
  },
})
