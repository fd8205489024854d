import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { errorCodes } from '../../../platform/errors.ts'
import { asAppError } from '../../../platform/http/problems.ts'
import type { Platform } from '../../../platform/platform.ts'
import { badgesOf, mountBadges } from './badges.ts'
import { type Caller, callerOf } from './caller.ts'
import type { Version } from './checks.ts'
import { Refused } from './fields.ts'
import { mountMetrics } from './metrics.ts'
import { mountOwnMetrics } from './own-metrics.ts'
import * as reads from './reads.ts'
import * as writes from './writes.ts'

export type Asked = {
  platform: Platform
  caller: Caller
  version: Version
  base: string
  params: Record<string, string>
  query: Record<string, string | string[] | undefined>
  body: unknown
  reply: FastifyReply
}
type Does = (asked: Asked) => Promise<unknown>

/** What each address does by each method. `read` may be asked for with a key that only reads. */
const addresses: Record<string, { read?: Does; get?: Does; post?: Does; delete?: Does }> = {
  'checks/': { read: reads.listChecks, post: writes.createCheck },
  'checks/:id': { read: reads.readCheck, post: writes.updateCheck, delete: writes.deleteCheck },
  'checks/:id/pause': { post: writes.pauseCheck },
  'checks/:id/resume': { post: writes.resumeCheck },
  'checks/:id/pings/': { get: reads.pingsOf },
  'checks/:id/pings/:number/body': { get: reads.bodyOfPing },
  'checks/:id/flips/': { read: reads.flipsOf },
  'channels/': { get: async () => ({ channels: [] }) },
  'badges/': { read: badgesOf },
}

const MOST_BYTES = 1_000_000

/**
 * The management API of healthchecks, in its versions 1 to 3: its programs, providers of Terraform among them, are told
 * another host name and nothing else. A project of theirs is a team; a check is a job that goes by their rules.
 */
export const mountHealthchecks = async (http: FastifyInstance, platform: Platform): Promise<void> => {
  mountBadges(http, platform)
  mountMetrics(http, platform)
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.setErrorHandler(async (error, request, reply) => {
      if (error instanceof Refused) return refuse(reply, error.status, error.message)
      const { code, message } = asAppError(error)
      const { status } = errorCodes[code]
      if (status >= 500) request.log.error({ err: error, id: request.id }, 'the API of healthchecks failed')
      // What is refused here and upstream would take is told in the shape of its errors.
      return refuse(reply, code === 'invalid_input' ? 400 : status, message)
    })
    for (const version of [1, 2, 3] as const)
      for (const [path, does] of Object.entries(addresses)) {
        const url = `/api/v${version}/${path}`
        scope.route({
          method: ['GET', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH'],
          url,
          handler: (request, reply) => answer(platform, version, does, request, reply),
        })
      }
    for (const version of [1, 2, 3])
      scope.get(`/api/v${version}/status/`, async (_request, reply) => {
        await sql`select 1`.execute(platform.db)
        return reply.type('text/plain').send('OK')
      })
    mountOwnMetrics(scope, platform)
  })
}

const refuse = (reply: FastifyReply, status: number, message: string) =>
  reply.code(status).send(message ? { error: message } : '')

const answer = async (
  platform: Platform,
  version: Version,
  does: (typeof addresses)[string],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> => {
  reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store')
  if (request.method === 'OPTIONS')
    return reply
      .code(204)
      .header('access-control-allow-headers', 'X-Api-Key')
      .header('access-control-allow-methods', 'GET, POST, DELETE')
      .header('access-control-max-age', '600')
      .send()
  const act = { GET: does.read ?? does.get, POST: does.post, DELETE: does.delete }[request.method]
  if (!act) throw new Refused(405, '')
  const body = request.method === 'POST' ? parse(request.body) : undefined
  const key = keyOf(request, body)
  if (!key) throw new Refused(401, 'missing api key')
  const caller = await callerOf(platform, key)
  if (!caller || (!caller.writes && act !== does.read)) throw new Refused(401, 'wrong api key')
  const { config } = platform
  return act({
    platform,
    caller,
    version,
    base: (config.BASE_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, ''),
    params: request.params as Asked['params'],
    query: request.query as Asked['query'],
    body,
    reply,
  })
}

const parse = (body: unknown): unknown => {
  if (typeof body !== 'string' || body === '') return {}
  try {
    return JSON.parse(body)
  } catch {
    throw new Refused(400, 'could not parse request body')
  }
}

const keyOf = (request: FastifyRequest, body: unknown): string | null => {
  const header = request.headers['x-api-key']
  if (typeof header === 'string' && header) return header
  const given = (body as { api_key?: unknown } | null | undefined)?.api_key
  return typeof given === 'string' && given ? given : null
}
