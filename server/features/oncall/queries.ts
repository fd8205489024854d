import { sql } from 'kysely'
import { z } from 'zod'
import { onCallListInput } from '../../../contract/oncall/schedule.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { AppError } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { userNames } from '../identity/index.ts'
import { loadSchedules, teamNames } from './load.ts'
import { nextHandover, onCallAt } from './timeline.ts'
import { scheduleView, shiftView, showScheduleRow } from './views.ts'

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
      found.flatMap((f) => [
        ...f.people.flatMap((p) => [p.userId, ...(p.source.inPlaceOf ? [p.source.inPlaceOf] : [])]),
        ...(f.next?.after ?? []),
      ]),
    )
    const teams = await teamNames(
      ctx.db,
      loaded.map((l) => l.row.team_id),
    )
    return {
      items: found.map(({ row, people, next }) => ({
        schedule: { id: row.id, name: row.name, slug: row.slug, zone: row.zone },
        team: { id: row.team_id, name: teams.get(row.team_id) ?? '' },
        people: people.map((p) => shiftView(p, names)),
        next: next ? { at: next.at, people: next.after.map((id) => ({ id, name: names.get(id) ?? '' })) } : null,
      })),
    }
  },
})

export const listSchedules = query('schedule.list_all', {
  permission: 'schedule.read',
  input: onCallListInput,
  async run(ctx, input) {
    const after = input.cursor ? readCursor(input.cursor, z.tuple([z.string(), z.uuid()])) : null
    let wanted = ctx.db
      .selectFrom('schedules as s')
      .innerJoin('teams as t', 't.id', 's.team_id')
      .selectAll('s')
      .select('t.name as team_name')
      .where('s.archived_at', 'is', null)
      .orderBy('s.name')
      .orderBy('s.id')
      .limit(input.limit + 1)
    if (input.q) wanted = wanted.where('s.name', 'ilike', containing(input.q))
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
