import { Webhook } from 'standardwebhooks'
import type { Net } from '../../../checks/lib/net.ts'
import type { SendOutcome } from './define-channel.ts'
import { webhookAnswer, webhookFailure } from './webhook-outcome.ts'

/** An answer's body is not read for anything; what is more than this is a misunderstanding. */
const MOST_BYTES = 64 * 1024

type Tools = { net: Net; now: Temporal.Instant; signal: AbortSignal }

/** Posts a body signed as Standard Webhooks has it: `id` is the same when it is sent again. Never rejects for what the other side does. */
export const postSigned = async (
  { url, secret }: { url: string; secret: string },
  { id, body }: { id: string; body: string },
  { net, now, signal }: Tools,
): Promise<SendOutcome> => {
  const { host } = new URL(url)
  const at = new Date(now.epochMilliseconds)
  try {
    const response = await net.request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Watchfloor',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
      body,
      signal,
      maxRedirects: 0,
      maxBytes: MOST_BYTES,
    })
    return webhookAnswer(response, host, now)
  } catch (error) {
    return webhookFailure(error, host)
  }
}
