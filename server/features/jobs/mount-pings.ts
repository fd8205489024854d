import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../platform/config.ts'
import { errorCodes } from '../../platform/errors.ts'
import { asAppError } from '../../platform/http/problems.ts'
import { takeAsBytes } from '../../platform/http/raw-body.ts'
import { mostOutput } from './outputs/keeper.ts'
import { isUuid } from './ping-action.ts'
import { addressOf, type SlugAddress } from './ping-address.ts'
import { type Output, readTail } from './ping-body.ts'
import { likeHealthchecks } from './ping-desk.ts'
import { type Found, isRefusal, type PingIntake, plainText, type Refusal } from './ping-intake.ts'
import { type Volumes, volumesOfQuery } from './volumes.ts'

/**
 * /ping/<id of the job>, or /ping/<ping key of the team>/<slug>, and /start, /log, /fail, /<exit status> after it: in the
 * dialect of healthchecks, by any method, as there; on hosts of their own also without /ping. Answers OK only after the
 * commit; what may be sent again is answered with 503, never lost.
 */
export const mountPings = async (http: FastifyInstance, intake: PingIntake, config: Config): Promise<void> => {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
    'ping-body-limit': String(mostOutput(config)),
  }
  const take = async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    const refuse = ({ status, words, retryAfterSeconds }: Refusal) => {
      const whole = (request.body as Output | null | undefined)?.whole
      if (whole && 'drop' in whole && status >= 400) void whole.drop()
      if (retryAfterSeconds) reply.header('retry-after', String(retryAfterSeconds))
      reply.code(status)
      return words
    }
    const address = addressOf(request.params as Record<string, string | undefined>)
    if ('status' in address) return refuse(address)
    const asked = readQuery(request.query as Record<string, unknown>)
    if (typeof asked === 'string') return refuse({ status: 400, words: asked })
    const wait = intake.overload() ?? intake.slowed(request.ip, address.name)
    if (wait) return refuse(wait)
    const found = 'key' in address ? await ofSlug(request.ip, address, asked.create) : { ...address, created: false }
    if (isRefusal(found)) return refuse(found)
    const output = request.body as Output | null | undefined
    const refusal = await intake.keep(
      found,
      {
        // Each by its name: thousands a second, and to copy the rest of an object is slow.
        kind: address.action.kind,
        exit: address.action.exit,
        byExit: true,
        rid: asked.rid,
        givenId: asked.givenId,
        host: asked.host,
        at: asked.at,
        sent: asked.sent,
        cpuMs: asked.cpuMs,
        peakKb: asked.peakKb,
        volumes: asked.volumes,
        tookMs: null,
        note: null,
        output: output?.text ?? null,
        head: output?.head ?? null,
        outputBytes: output?.bytes ?? 0,
        whole: output?.whole ?? null,
      },
      request,
    )
    if (refusal) return refuse(refusal)
    return found.created ? refuse({ status: 201, words: 'Created' }) : 'OK'
  }

  const ofSlug = async (ip: string, { key, slug, name }: SlugAddress, create: boolean): Promise<Found | Refusal> => {
    const team = await intake.teamOf(ip, key, name)
    return team
      ? intake.jobOf(ip, team, slug, name, create ? likeHealthchecks : null)
      : { status: 404, words: 'not found' }
  }

  /** Nothing is written for whom nobody knows. */
  const sinkFor = async (request: FastifyRequest) => {
    const address = addressOf(request.params as Record<string, string | undefined>)
    if ('status' in address || intake.overload() || intake.slowed(request.ip, address.name)) return null
    return intake.keepAll(address)
  }

  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (request: FastifyRequest, body: IncomingMessage) =>
      readTail(body, () => sinkFor(request)),
    )
    scope.addHook('onRequest', (request, reply, next) => {
      if (request.headers['content-type']) takeAsBytes(request)
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
    const mount = (url: string, host?: RegExp) =>
      scope.route({
        method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
        url,
        ...(host && { constraints: { host } }),
        bodyLimit: Number.MAX_SAFE_INTEGER,
        exposeHeadRoute: false,
        handler: take,
      })
    const own = config.PING_HOSTS.map((name) => new RegExp(`^${name.replaceAll('.', '\\.')}(:\\d+)?$`, 'i'))
    for (const parts of ['/:first', '/:first/', '/:first/:second', '/:first/:second/:third']) {
      mount(`/ping${parts}`)
      for (const host of own) mount(parts, host)
    }
  })
}

type Asked = Record<'rid' | 'givenId' | 'host', string | null> &
  Record<'at' | 'sent' | 'cpuMs' | 'peakKb', number | null> & { create: boolean; volumes: Volumes | null }

const known = new Set(['rid', 'id', 'seq', 'at', 'sent', 'host', 'cpu_ms', 'peak_kb', 'create'])

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
    givenId: id?.toLowerCase() ?? null,
    at,
    sent,
    host: plainText(text('host'), 200),
    cpuMs: amountOf(text('cpu_ms')),
    peakKb: amountOf(text('peak_kb')),
    create: query.create === '1',
    volumes: volumesOfQuery(query, known),
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
