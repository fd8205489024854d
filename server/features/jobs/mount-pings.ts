import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { keptOutputBytes } from '../../../contract/jobs/words.ts'
import { errorCodes } from '../../platform/errors.ts'
import { asAppError } from '../../platform/http/problems.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { createRate } from '../../platform/rate.ts'
import { actionOf, happenedAt, isUuid } from './ping-action.ts'
import { type Output, readTail } from './ping-body.ts'
import { createPingStore } from './ping-store.ts'

/** Pings that may wait for their commit: a burst of a full hour. Above it senders are asked to come again. */
const MOST_WAITING = 50_000
const MOST_WAITING_BYTES = 64_000_000
const USUAL_PER_SECOND = 50
const MOST_REMEMBERED = 100_000
const REMEMBERED_MS = 3_000

/**
 * /ping/<id of the job>, and /start, /log, /fail, /<exit status> after it: in the dialect of healthchecks, by any of GET,
 * HEAD and POST. Answers OK only after the commit; what may be sent again is answered with 503, never lost.
 */
export const mountPings = async (http: FastifyInstance, platform: Platform): Promise<void> => {
  const store = createPingStore(platform)
  const allowance = createAllowance(platform)
  let bytes = 0

  const take = async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    const { job = '', action: suffix = '' } = request.params as { job?: string; action?: string }
    const refuse = (status: number, words: string) => {
      reply.code(status)
      return words
    }
    const action = actionOf(suffix)
    if (!isUuid(job)) return refuse(404, 'not found')
    if (!action) return /^\d+$/.test(suffix) ? refuse(400, 'invalid url format') : refuse(404, 'not found')
    const asked = readQuery(request.query as Record<string, unknown>)
    if (typeof asked === 'string') return refuse(400, asked)
    if (store.waiting() > MOST_WAITING || bytes > MOST_WAITING_BYTES) {
      reply.header('retry-after', '2')
      return refuse(503, 'more is coming in than can be kept; try again in a few seconds')
    }
    const jobId = job.toLowerCase()
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
        remote: request.ip,
        method: request.method,
        userAgent: cutTo(request.headers['user-agent'], 200),
        output: output?.text ?? null,
        outputBytes: output?.bytes ?? 0,
      })
      if (known) allowance.learn(jobId, perSecond)
      platform.metrics.pings.inc({ kind: action.kind, outcome: !known ? 'unknown' : repeated ? 'repeated' : 'kept' })
      return known ? 'OK' : refuse(404, 'not found')
    } finally {
      bytes -= size
    }
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
    for (const url of ['/ping/:job', '/ping/:job/', '/ping/:job/:action'])
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

type Asked = Record<'rid' | 'id' | 'host', string | null> & Record<'at' | 'sent', number | null>

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
  }
}

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

/**
 * How often a job may ping: null while it may go on, else its limit. A limit that is not the usual one is learnt from
 * the first ping; once it is passed, it is looked up whether it was changed.
 */
const createAllowance = ({ db }: Platform) => {
  const rate = createRate()
  const limits = new Map<string, { limit: number; at: number }>()
  const learn = (jobId: string, limit: number): number => {
    if (limits.size >= MOST_REMEMBERED) limits.clear()
    limits.set(jobId, { limit, at: performance.now() })
    return limit
  }
  const lookUp = async (jobId: string): Promise<number> => {
    const known = limits.get(jobId)
    if (known && performance.now() - known.at < REMEMBERED_MS) return known.limit
    const row = await db.selectFrom('jobs').select('pings_per_second').where('id', '=', jobId).executeTakeFirst()
    return learn(jobId, row?.pings_per_second ?? USUAL_PER_SECOND)
  }
  return {
    /** A promise only where it has to be looked up: most may go on, and nobody waits for that. */
    exceeded(jobId: string): null | Promise<number | null> {
      const count = rate(jobId)
      if (count <= (limits.get(jobId)?.limit ?? USUAL_PER_SECOND)) return null
      return lookUp(jobId).then((limit) => (count > limit ? limit : null))
    },
    /** The limit of a job, as its last ping found it. */
    learn(jobId: string, limit: number) {
      if (limit !== USUAL_PER_SECOND) learn(jobId, limit)
      else if (limits.size > 0) limits.delete(jobId)
    },
  }
}
