import { sql } from 'kysely'
import { z } from 'zod'
import { pageQuery } from '../../../contract/base.ts'
import { millisBetween } from '../clock.ts'
import { query } from '../query.ts'
import { readTimeline } from '../timeline.ts'

export const listEvents = query('event.list', {
  permission: 'event.read',
  input: pageQuery.extend({ about: z.string().max(200).optional() }),
  run: (ctx, input) => readTimeline(ctx, input),
})

export const showSchedule = query('schedule.list', {
  permission: 'system.read',
  input: z.object({}),
  async run(ctx) {
    const rows = await ctx.db
      .selectFrom('due')
      .select(['key', 'at', 'last_error'])
      .where('key', 'like', 'every:%')
      .execute()
    const byKey = new Map(rows.map((r) => [r.key, r]))
    return {
      items: ctx.registry.schedule.map((p) => {
        const row = byKey.get(`every:${p.key}`)
        return { key: p.key, what: p.what, every: p.every, nextAt: row?.at ?? null, lastError: row?.last_error ?? null }
      }),
    }
  },
})

const OVERDUE_MS = 30_000

/** What is wrong with Watchfloor itself, from the state of its own work: told on the floor, not only in a log. */
export const showHealth = query('system.health', {
  permission: 'floor.read',
  input: z.object({}),
  async run(ctx) {
    const overdue = await ctx.db
      .selectFrom('due')
      .select(['at', 'verb'])
      .where('at', '<', ctx.now())
      .orderBy('at')
      .limit(1)
      .executeTakeFirst()
    const stuck = await ctx.db
      .selectFrom('due')
      .select(['verb', 'last_error', 'attempts'])
      .where('attempts', '>', 3)
      .where('last_error', 'is not', null)
      .limit(20)
      .execute()
    const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database())::bigint as bytes`.execute(
      ctx.db,
    )
    const late = overdue ? millisBetween(overdue.at, ctx.now()) : 0
    return {
      version: ctx.registry.version,
      items: [
        late > OVERDUE_MS
          ? {
              what: 'Due work',
              state: 'bad' as const,
              detail: `The oldest is ${Math.round(late / 1000)} s late (${overdue?.verb}).`,
              since: overdue?.at ?? null,
            }
          : { what: 'Due work', state: 'ok' as const, detail: 'Nothing is late.', since: null },
        ...stuck.map((s) => ({
          what: s.verb,
          state: 'bad' as const,
          detail: `Failed ${s.attempts} times: ${s.last_error}`,
          since: null,
        })),
        {
          what: 'Database',
          state: 'ok' as const,
          detail: `${Math.round((rows[0]?.bytes ?? 0) / 1e6)} MB`,
          since: null,
        },
      ],
    }
  },
})
