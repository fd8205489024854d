import { sql } from 'kysely'
import { z } from 'zod'
import type { Severity } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import type { Context } from '../../platform/context.ts'
import { insertIfAbsent } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { healthChanged } from './events.ts'
import { healthOf, type WatchedState } from './health-rules.ts'

export type Place = { serviceId: string; environment: string }

const nameOf = (p: Place) => `${p.serviceId} ${p.environment}`

/** Leaves it to due work to compute the health of services anew: once, for however many of their alerts change meanwhile. */
export const refreshHealthSoon = (ctx: Context, places: readonly Place[], flood: boolean): Promise<void> => {
  const unique = [...new Map(places.map((p) => [nameOf(p), p])).values()].sort((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : 1,
  )
  return insertIfAbsent(
    ctx.db,
    unique.map((place) => ({
      key: `alerts.refresh_health:${nameOf(place)}`,
      at: ctx.now(),
      run: { name: 'alerts.refresh_health' },
      input: place,
      subject: `health:${nameOf(place)}`,
      priority: flood ? 2 : 1,
      cause: ctx.cause,
    })),
  )
}

/** Computes the health of a service anew from its open alerts. */
export const refreshHealth = verb('alerts.refresh_health', {
  permission: 'system',
  input: z.object({ serviceId: z.uuid(), environment: z.string() }),
  async run(ctx, place) {
    return (await refreshOne(ctx, place)) ? null : ctx.unchanged(null)
  },
})

// The row is locked first: of two that compute it at once, the second sees what the first saw and more.
const refreshOne = async (ctx: Context, place: Place): Promise<boolean> => {
  const before = await takeHealth(ctx, place)
  const { state, firing } = await present(ctx, place)
  if (before.state === state && before.firing === firing) return false
  const moved = before.state !== state
  await ctx.db
    .updateTable('service_health')
    .set({ state, firing, ...(moved ? { since: ctx.now() } : {}) })
    .where('service_id', '=', place.serviceId)
    .where('environment', '=', place.environment)
    .execute()
  if (!moved) return false
  await newSpan(ctx, place, state)
  await recordMove(ctx, place, before.state as WatchedState, state)
  return true
}

const recordMove = async (ctx: Context, place: Place, before: WatchedState, after: WatchedState): Promise<void> => {
  const service = await ctx.db
    .selectFrom('services')
    .select(['name', 'owner_team_id'])
    .where('id', '=', place.serviceId)
    .executeTakeFirstOrThrow()
  // Not about the service: the alerts that it follows from stand there, with more words.
  ctx.record(healthChanged, {
    subject: ref('health', place.serviceId),
    team: service.owner_team_id,
    data: { service: service.name, environment: place.environment, before, after },
  })
}

const takeHealth = async (ctx: Context, { serviceId, environment }: Place) => {
  const made = await ctx.db
    .insertInto('service_health')
    .values({ service_id: serviceId, environment, state: 'ok', since: ctx.now() })
    .onConflict((c) => c.doNothing())
    .returning('state')
    .executeTakeFirst()
  if (made) await newSpan(ctx, { serviceId, environment }, 'ok')
  return ctx.db
    .selectFrom('service_health')
    .select(['state', 'firing'])
    .where('service_id', '=', serviceId)
    .where('environment', '=', environment)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

const MOST_COUNTED = 1_001

// By kinds of alerts and not by alerts: a service with ten thousand of them costs no more than one with ten.
const present = async (
  ctx: Context,
  { serviceId, environment }: Place,
): Promise<{ state: WatchedState; firing: number }> => {
  const { rows } = await sql<{ status: 'firing' | 'blind'; severity: Severity; firing: number }>`
    with open as (select status, severity from alerts
      where service_id = ${serviceId} and environment = ${environment} and status in ('firing', 'blind')),
    kinds as (select p.status, p.severity from
      (values ('firing'), ('blind')) s(status), (values ('critical'), ('high'), ('medium'), ('low'), ('info')) v(severity),
      lateral (select open.status, open.severity from open
        where open.status = s.status and open.severity = v.severity limit 1) p)
    select k.status, k.severity, (select count(*) from (select 1 from open limit ${MOST_COUNTED}) x) as firing
    from kinds k`.execute(ctx.db)
  return { state: healthOf(rows), firing: rows[0]?.firing ?? 0 }
}

const newSpan = async (ctx: Context, { serviceId, environment }: Place, state: WatchedState): Promise<void> => {
  await ctx.db
    .updateTable('service_health_spans')
    .set({ to_at: ctx.now() })
    .where('service_id', '=', serviceId)
    .where('environment', '=', environment)
    .where('to_at', 'is', null)
    .execute()
  await ctx.db
    .insertInto('service_health_spans')
    .values({ service_id: serviceId, environment, state, from_at: ctx.now() })
    .onConflict((c) => c.columns(['service_id', 'environment', 'from_at']).doUpdateSet({ state, to_at: null }))
    .execute()
}

/**
 * Says that something watches a service in an environment from now on: until then its health is "unobserved", and from
 * then on it is fine until an alert says otherwise. Inner function.
 */
export const watchService = async (ctx: Context, serviceId: string, environment: Environment): Promise<void> => {
  await refreshOne(ctx, { serviceId, environment })
}
