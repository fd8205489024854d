import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { keptOutputBytes } from '../../../contract/jobs/words.ts'
import { errorCodes } from '../../platform/errors.ts'
import { asAppError } from '../../platform/http/problems.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { happenedAt, isUuid } from './ping-action.ts'
import { addressOf, type SlugAddress } from './ping-address.ts'
import { createAllowance } from './ping-allowance.ts'
import { type Output, readTail } from './ping-body.ts'
import { createPingDesk } from './ping-desk.ts'
import { createPingStore } from './ping-store.ts'
import { createStrangers } from './strangers.ts'

/** Pings that may wait for their commit: a burst of a full hour. Above it senders are asked to come again. */
const MOST_WAITING = 50_000
const MOST_WAITING_BYTES = 64_000_000

/**
 * /ping/<id of the job>, or /ping/<ping key of the team>/<slug>, and /start, /log, /fail, /<exit status> after it: in the
 * dialect of healthchecks, by any of GET, HEAD, POST and PUT. Answers OK only after the commit; what may be sent again is
 * answered with 503, never lost.
 */
export const mountPings = async (http: FastifyInstance, platform: Platform): Promise<void> => {
  const store = createPingStore(platform)
  const allowance = createAllowance(platform)
  let bytes = 0

  const desk = createPingDesk(platform)
  const strangers = createStrangers()

  const take = async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    const refuse = (status: number, words: string) => {
      reply.code(status)
      return words
    }
    const address = addressOf(request.params as Record<string, string | undefined>)
    if ('status' in address) return refuse(address.status, address.words)
    const { action } = address
    const asked = readQuery(request.query as Record<string, unknown>)
    if (typeof asked === 'string') return refuse(400, asked)
    if (store.waiting() > MOST_WAITING || bytes > MOST_WAITING_BYTES) {
      reply.header('retry-after', '2')
      return refuse(503, 'more is coming in than can be kept; try again in a few seconds')
    }
    if (strangers.isSlowed(request.ip, address.name)) {
      reply.header('retry-after', '1')
      return refuse(429, 'too many unknown addresses were asked for from here; try again in a minute')
    }
    const found = 'key' in address ? await ofSlug(address, asked.create) : { jobId: address.jobId, created: false }
    if (found === 'unknown') {
      strangers.wrong(request.ip)
      return refuse(404, 'not found')
    }
    if (found === 'ambiguous') return refuse(409, 'ambiguous slug')
    const { jobId, created } = found
    const over = allowance.exceeded(jobId)
    const limit = over && (await over)
    if (limit !== null) {
      reply.header('retry-after', '1')
      return refuse(429, `more than ${limit} pings in a second came for this job; this one was not counted`)
    }
    const output = request.body as Output | null | undefined
    const size = output ? output.text.length : 0
    bytes += size
    try {
      const received = platform.clock.ms()
      const { known, repeated, perSecond } = await store.put({
        jobId,
        id: newId(),
        ...action,
        rid: asked.rid,
        givenId: asked.id,
        received,
        ...happenedAt(asked.at, asked.sent, received),
        host: asked.host,
        cpuMs: asked.cpuMs,
        peakKb: asked.peakKb,
        remote: request.ip,
        method: request.method,
        userAgent: cutTo(request.headers['user-agent'], 200),
        scheme: request.protocol,
        mail: null,
        output: output?.text ?? null,
        head: output?.head ?? null,
        outputBytes: output?.bytes ?? 0,
      })
      if (known) allowance.learn(jobId, perSecond)
      platform.metrics.pings.inc({ kind: action.kind, outcome: !known ? 'unknown' : repeated ? 'repeated' : 'kept' })
      if (!known) {
        strangers.wrong(request.ip)
        return refuse(404, 'not found')
      }
      strangers.right(address.name)
      return created ? refuse(201, 'Created') : 'OK'
    } finally {
      bytes -= size
    }
  }

  const ofSlug = async ({ key, slug, name }: SlugAddress, create: boolean) => {
    const team = await desk.teamOf(key)
    if (!team) return 'unknown' as const
    strangers.right(name)
    return desk.jobOf(team, slug, create)
  }

  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request: FastifyRequest, body: IncomingMessage) => readTail(body))
    scope.addHook('onRequest', (request, reply, next) => {
      // Whatever a sender says about its body: here it is bytes.
      if (request.headers['content-type']) request.raw.headers['content-type'] = 'application/octet-stream'
      reply.headers(headers)
      next()
    })
    scope.setErrorHandler(async (error, request, reply) => {
      const { code, message, retryAfterSeconds } = asAppError(error)
      const { status } = errorCodes[code]
      if (status >= 500) request.log.error({ err: error, id: request.id }, 'a ping could not be taken')
      if (retryAfterSeconds) reply.header('retry-after', String(retryAfterSeconds))
      return reply.code(status).send(message)
    })
    // A body may be of any size; no more than its end is held.
    for (const url of ['/ping/:first', '/ping/:first/', '/ping/:first/:second', '/ping/:first/:second/:third'])
      scope.route({
        method: ['GET', 'HEAD', 'POST', 'PUT'],
        url,
        bodyLimit: Number.MAX_SAFE_INTEGER,
        helmet: false,
        // Each job has a limit of its own, above.
        config: { rateLimit: false },
        exposeHeadRoute: false,
        handler: take,
      })
  })
}

const headers = {
  'content-type': 'text/plain; charset=utf-8',
  'access-control-allow-origin': '*',
  'cache-control': 'no-store',
  'ping-body-limit': String(keptOutputBytes),
}

type Asked = Record<'rid' | 'id' | 'host', string | null> &
  Record<'at' | 'sent' | 'cpuMs' | 'peakKb', number | null> & { create: boolean }

/** What stands in the query, or the sentence that refuses it. `seq` is another name for `id`. */
const readQuery = (query: Record<string, unknown>): Asked | string => {
  const text = (name: string) =>
    typeof query[name] === 'string' && query[name] !== '' ? (query[name] as string) : null
  const rid = text('rid')
  const id = text('id') ?? text('seq')
  if ((rid !== null && !isUuid(rid)) || (id !== null && !isUuid(id)) || Array.isArray(query.rid))
    return 'invalid uuid format'
  const [at, sent] = [timeOf(text('at')), timeOf(text('sent'))]
  const wrong = Number.isNaN(at) ? 'at' : Number.isNaN(sent) ? 'sent' : null
  if (wrong) return `invalid time format; ${wrong} must be such as 2026-11-23T07:12:00Z`
  return {
    rid: rid?.toLowerCase() ?? null,
    id: id?.toLowerCase() ?? null,
    at,
    sent,
    host: cutTo(text('host') ?? undefined, 200),
    cpuMs: amountOf(text('cpu_ms')),
    peakKb: amountOf(text('peak_kb')),
    create: query.create === '1',
  }
}

/** For figures beside the point: what cannot be read must not cost the ping. */
const amountOf = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null

/** Epoch milliseconds; null: it was not given; NaN: it cannot be read. */
const timeOf = (text: string | null): number | null => {
  try {
    // A plus that was not encoded arrives as a space.
    return text === null ? null : Temporal.Instant.from(text.replace(' ', '+')).epochMilliseconds
  } catch {
    return Number.NaN
  }
}

const cutTo = (text: string | undefined, most: number): string | null =>
  text ? text.slice(0, most).toWellFormed().replaceAll('\0', '\ufffd') : null
