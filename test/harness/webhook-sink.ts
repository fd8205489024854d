import { randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { fits, inbox } from './inbox.ts'
import { revivable } from './revivable.ts'

export type SinkHook = {
  path: string
  /** webhook-id */
  id: string
  /** webhook-timestamp, seconds since 1970 */
  timestamp: number
  body: { type: string; timestamp: string; data: Record<string, unknown> }
  headers: IncomingHttpHeaders
  raw: string
  /** Null when signature and timestamp are right, else what is wrong. */
  wrong: string | null
}

export type WebhookBehaviour = {
  /** Answer; 204 when absent. What is answered otherwise than by 2xx is not kept. */
  status?: number
  retryAfter?: string
  location?: string
  delayMs?: number
  /** So many of the next requests are answered with `status`, then 204 again. */
  times?: number
  down?: boolean
  /** Keeps the hook, then cuts the connection instead of answering. */
  dropAfterBody?: boolean
}

export type WebhookSink = Awaited<ReturnType<typeof startWebhookSink>>

const TOLERANCE_SECONDS = 5 * 60

/**
 * A real endpoint for Standard Webhooks that checks signatures. Timestamps are compared with `now`, the clock of the
 * test, when it is given: with a pushed clock the machine's own time means nothing.
 */
export const startWebhookSink = async (
  options: { port?: number; secret?: string; now?: () => Temporal.Instant } = {},
) => {
  const secret = options.secret ?? `whsec_${randomBytes(24).toString('base64')}`
  const signer = new Webhook(secret)
  const hooks = inbox<SinkHook>('webhook', (h) => `${h.body.type} ${h.id}${h.wrong ? ` (${h.wrong})` : ''}`)
  let behaviour: WebhookBehaviour = {}
  let times = Number.POSITIVE_INFINITY
  let requests = 0

  const whatIsWrong = (headers: IncomingHttpHeaders, raw: string): string | null => {
    const at = Number(headers['webhook-timestamp'])
    if (!headers['webhook-id'] || !Number.isInteger(at)) return 'a header is missing'
    const right = signer.sign(String(headers['webhook-id']), new Date(at * 1000), raw)
    if (!String(headers['webhook-signature']).split(' ').includes(right)) return 'the signature does not fit'
    const now = options.now && options.now().epochMilliseconds / 1000
    return now !== undefined && Math.abs(now - at) > TOLERANCE_SECONDS ? 'the timestamp is too far off' : null
  }

  const read = async (request: IncomingMessage): Promise<SinkHook> => {
    const raw = await readText(request)
    return {
      path: request.url ?? '',
      id: String(request.headers['webhook-id']),
      timestamp: Number(request.headers['webhook-timestamp']),
      body: JSON.parse(raw),
      headers: request.headers,
      raw,
      wrong: whatIsWrong(request.headers, raw),
    }
  }

  const server = createServer(async (request, response) => {
    requests++
    const hook = await read(request)
    if (behaviour.delayMs) await new Promise((resolve) => setTimeout(resolve, behaviour.delayMs))
    const asked = times > 0 ? (behaviour.status ?? 204) : 204
    times--
    const status = hook.wrong ? 401 : asked
    if (behaviour.dropAfterBody) request.socket.destroy()
    else {
      if (behaviour.retryAfter !== undefined) response.setHeader('retry-after', behaviour.retryAfter)
      if (behaviour.location !== undefined) response.setHeader('location', behaviour.location)
      response.writeHead(status).end()
    }
    // A hook that is signed wrongly is kept, so that `expectNothingElse` tells of it.
    if (hook.wrong || status < 300) hooks.add(hook)
  })
  const line = await revivable(server, options.port)

  return {
    url: `http://127.0.0.1:${line.port}/hook`,
    secret,
    /** How often it was called, whatever it answered. */
    requests: () => requests,
    messages: hooks.all,
    next: hooks.next,
    unexpected: hooks.unexpected,
    expectNothingElse: hooks.expectNothingElse,
    clear: hooks.clear,
    /** Takes the next rightly signed hook that fits; waits up to `timeoutMs` of real time. */
    expectHook: (wanted: { type?: string | RegExp; id?: string; title?: string | RegExp }, timeoutMs?: number) =>
      hooks.next(
        (h) =>
          h.wrong === null &&
          fits(wanted.type, h.body.type) &&
          fits(wanted.id, h.id) &&
          fits(wanted.title, String(h.body.data.title)),
        timeoutMs,
      ),
    /** From now on; replaces what was asked before, and `{}` is an endpoint without fault. */
    async behave(next: WebhookBehaviour): Promise<void> {
      behaviour = next
      times = next.times ?? Number.POSITIVE_INFINITY
      await (next.down ? line.kill() : line.revive())
    },
    stop: line.kill,
  }
}
