import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireScope } from '../../platform/access.ts'
import { sha256 } from '../../platform/crypto.ts'
import { AppError } from '../../platform/errors.ts'
import type { Authenticate } from '../../platform/http/api.ts'
import type { Platform } from '../../platform/platform.ts'
import { calendarText, listText } from './calendar-feed.ts'
import { feedItems } from './feed-items.ts'
import { chainMetrics } from './metrics.ts'
import { servicesSeen } from './seen.ts'

/** The deadlines beside the contract, which is JSON: as a calendar and as CSV. */
export const mountFeeds = (http: FastifyInstance, platform: Platform, authenticate: Authenticate): void => {
  const { db, clock, config } = platform
  const base = (config.BASE_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, '')
  const items = (services: readonly string[] | null = null) => feedItems(db, clock.ms(), base, services)
  const itemsFor = async (request: FastifyRequest) => {
    const scope = requireScope(await authenticate(request), 'chain.read')
    return items(await servicesSeen({ db, scope }))
  }
  const send = (reply: FastifyReply, type: string, name: string, text: string) =>
    reply
      .header('content-type', `${type}; charset=utf-8`)
      .header('content-disposition', `inline; filename="${name}"`)
      .header('cache-control', 'no-store')
      .send(text)

  http.get('/api/deadlines.csv', async (request, reply) => {
    return send(reply, 'text/csv', 'deadlines.csv', listText(await itemsFor(request)))
  })
  http.get('/api/deadlines.ics', async (request, reply) => {
    return send(reply, 'text/calendar', 'deadlines.ics', calendarText(await itemsFor(request), clock.ms()))
  })
  http.get<{ Params: { file: string } }>('/feeds/deadlines/:file', async (request, reply) => {
    const secret = /^([\w-]{43})\.ics$/.exec(request.params.file)?.[1]
    const known =
      secret &&
      (await db
        .selectFrom('chain_feeds as f')
        .innerJoin('users as u', 'u.id', 'f.user_id')
        .select('u.id')
        .where('f.hash', '=', sha256(secret))
        .where('u.disabled_at', 'is', null)
        .where((eb) =>
          eb.or([
            eb('u.role', 'in', ['responder', 'lead', 'admin']),
            eb.exists(eb.selectFrom('team_members as m').select('m.user_id').whereRef('m.user_id', '=', 'u.id')),
          ]),
        )
        .executeTakeFirst())
    if (!known) throw new AppError('not_found', 'There is no calendar at this address; make a new one in Watchfloor.')
    return send(reply, 'text/calendar', 'deadlines.ics', calendarText(await items(), clock.ms()))
  })
  chainMetrics(platform)
}
