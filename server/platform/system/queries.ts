import { z } from 'zod'
import { listEventsInput } from '../../../contract/system.ts'
import { askHealth } from '../health.ts'
import { namesOf } from '../names.ts'
import { query } from '../query.ts'
import { readTimeline } from '../timeline.ts'
import { ownHealth } from './own-health.ts'

const daysBefore = (time: string, days: number): string =>
  Temporal.Instant.from(time)
    .subtract({ hours: 24 * days })
    .toString()

export const listEvents = query('event.list', {
  permission: 'event.read',
  input: listEventsInput,
  // What is rare would be looked for through years.
  async run(ctx, input) {
    const page = await readTimeline(ctx, {
      ...input,
      ...(input.type && !input.from && { from: daysBefore(input.to ?? ctx.now().toString(), 30) }),
    })
    // Whoever asks may read what happened to his ticket, and not what it has to do with others.
    const names = ctx.scope.internal
      ? await namesOf(
          ctx,
          page.items.flatMap(({ about }) => about),
        )
      : new Map()
    const named = (ref: string) => {
      const name = names.get(ref)
      return name === undefined ? [] : [{ ref, name }]
    }
    return { ...page, items: page.items.map((e) => ({ ...e, about: e.about.flatMap(named) })) }
  },
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

/** What is wrong with Watchfloor itself, from what its parts know: told on the floor, not only in a log. */
export const showHealth = query('system.health', {
  permission: 'floor.read',
  input: z.object({}),
  run: async (ctx) => ({
    version: ctx.registry.version,
    items: await askHealth(ctx, [{ name: 'platform', look: ownHealth }, ...ctx.registry.health]),
  }),
})
