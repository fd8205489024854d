import { sql } from 'kysely'
import { z } from 'zod'
import { pageQuery } from '../../../contract/base.ts'
import { calendarInput } from '../../../contract/oncall/index.ts'
import { isBefore } from '../../platform/clock.ts'
import { decodeCursor, toPage } from '../../platform/db/keyset.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { userNames } from '../identity/index.ts'
import { loadSchedules } from './load.ts'
import { gaps, nextHandover, onCallAt, renderShifts } from './timeline.ts'
import { scheduleView, shiftView, showScheduleRow } from './views.ts'

const MOST_DAYS = 100

/** Who is on call now, for every schedule, and who is next. */
export const listOnCall = query('oncall.list', {
  permission: 'schedule.read',
  input: z.object({}),
  async run(ctx) {
    const loaded = await loadSchedules(ctx.db, 'all', ctx.now())
    const found = loaded.map((l) => ({
      ...l,
      people: onCallAt(l.schedule, ctx.now()),
      next: nextHandover(l.schedule, ctx.now()),
    }))
    const names = await userNames(
      ctx.db,
      found.flatMap((f) => [...f.people.map((p) => p.userId), ...(f.next?.after ?? [])]),
    )
    const teams = await ctx.db
      .selectFrom('teams')
      .select(['id', 'name'])
      .where('id', 'in', ['00000000-0000-0000-0000-000000000000', ...loaded.map((l) => l.row.team_id)])
      .execute()
    return {
      items: found.map(({ row, people, next }) => ({
        schedule: { id: row.id, name: row.name, slug: row.slug, zone: row.zone },
        team: { id: row.team_id, name: teams.find((t) => t.id === row.team_id)?.name ?? '' },
        people: people.map((p) => shiftView(p, names)),
        next: next ? { at: next.at, people: next.after.map((id) => ({ id, name: names.get(id) ?? '' })) } : null,
      })),
    }
  },
})

export const listSchedules = query('schedule.list_all', {
  permission: 'schedule.read',
  input: pageQuery,
  async run(ctx, input) {
    const after = input.cursor ? decodeCursor(input.cursor, 2) : null
    let wanted = ctx.db
      .selectFrom('schedules as s')
      .innerJoin('teams as t', 't.id', 's.team_id')
      .selectAll('s')
      .select('t.name as team_name')
      .where('s.archived_at', 'is', null)
      .orderBy('s.name')
      .orderBy('s.id')
      .limit(input.limit + 1)
    if (after) wanted = wanted.where(sql<boolean>`(s.name, s.id) > (${after[0]}, ${after[1]}::uuid)`)
    const page = toPage(await wanted.execute(), input.limit, (r) => [r.name, r.id])
    return { next: page.next, items: page.items.map((r) => scheduleView(r, r.team_name, ctx.now())) }
  },
})

export const showSchedule = query('schedule.get', {
  permission: 'schedule.read',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const row = await ctx.db.selectFrom('schedules').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('not_found', 'There is no such schedule.')
    return showScheduleRow(ctx.db, row, ctx.now())
  },
})

/** The calendar of a schedule: each layer by itself, who is really on call, gaps and overrides. */
export const showCalendar = query('schedule.calendar', {
  permission: 'schedule.read',
  input: calendarInput,
  async run(ctx, { id, from, to }) {
    if (!isBefore(from, to)) throw invalid('to', 'must be after `from`')
    if (isBefore(from.add({ hours: 24 * MOST_DAYS }), to))
      throw invalid('to', `must be within ${MOST_DAYS} days of \`from\``)
    const [loaded] = await loadSchedules(ctx.db, [id], from)
    if (!loaded) throw new AppError('not_found', 'There is no such schedule.')
    const rendered = renderShifts(loaded.schedule, from, to)
    const rows = await ctx.db
      .selectFrom('overrides')
      .selectAll()
      .where('schedule_id', '=', id)
      .where('ends_at', '>', from)
      .where('starts_at', '<', to)
      .orderBy('starts_at')
      .execute()
    const ids = [...rendered.final, ...rendered.layers.flatMap((l) => l.shifts)].map((s) => s.userId)
    const names = await userNames(ctx.db, [
      ...new Set([
        ...ids,
        ...rows.flatMap((o) => [o.add_user_id, o.remove_user_id, o.created_by].filter((u): u is string => u !== null)),
      ]),
    ])
    const named = (u: string | null) => (u ? { id: u, name: names.get(u) ?? '' } : null)
    return {
      layers: rendered.layers.map((l) => ({
        id: l.id,
        name: l.name,
        shifts: l.shifts.map((s) => shiftView(s, names)),
      })),
      final: rendered.final.map((s) => shiftView(s, names)),
      gaps: gaps(loaded.schedule, from, to),
      overrides: rows.map((o) => ({
        id: o.id,
        from: o.starts_at,
        to: o.ends_at,
        add: named(o.add_user_id),
        remove: named(o.remove_user_id),
        reason: o.reason,
        createdBy: named(o.created_by),
      })),
    }
  },
})
