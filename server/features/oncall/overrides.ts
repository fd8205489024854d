import { z } from 'zod'
import { overrideInput } from '../../../contract/oncall/schedule.ts'
import { userOf } from '../../platform/access.ts'
import { isBefore } from '../../platform/clock.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { userNames } from '../identity/index.ts'
import { overrideAdded, overrideRemoved } from './events.ts'
import { requireTeam } from './scope.ts'
import { wallDate } from './targets.ts'
import { validateOverride } from './validate-schedule.ts'

const MOST_DAYS = 366

/** Puts somebody on call, takes somebody off, or both, for a time. */
export const addOverride = verb('override.add', {
  permission: 'override.write',
  input: overrideInput,
  async run(ctx, input) {
    const schedule = await ctx.db
      .selectFrom('schedules')
      .selectAll()
      .where('id', '=', input.scheduleId)
      .executeTakeFirst()
    if (!schedule) throw new AppError('not_found', 'There is no such schedule.')
    await requireTeam(ctx, schedule.team_id)
    const id = newId()
    const [problem] = validateOverride({
      id,
      from: input.from,
      to: input.to,
      add: input.addUserId,
      remove: input.removeUserId,
    })
    if (problem) throw invalid('to', problem)
    if (!isBefore(ctx.now(), input.to)) throw invalid('to', 'lies in the past; what was is not changed')
    // What was is not changed: an override of a shift that runs begins now.
    const from = isBefore(input.from, ctx.now()) ? ctx.now() : input.from
    if (isBefore(from.add({ hours: 24 * MOST_DAYS }), input.to))
      throw invalid('to', 'must be within a year of the start; change the rotation for longer')
    const people = [input.addUserId, input.removeUserId].filter((p): p is string => p !== null)
    const names = await userNames(ctx.db, people)
    const missing = people.find((p) => !names.has(p))
    if (missing)
      throw invalid(
        missing === input.addUserId ? 'addUserId' : 'removeUserId',
        'there is no such person; choose somebody from the list of people',
      )
    const by = userOf(ctx.actor)
    await ctx.db
      .insertInto('overrides')
      .values({
        id,
        schedule_id: schedule.id,
        starts_at: from,
        ends_at: input.to,
        add_user_id: input.addUserId,
        remove_user_id: input.removeUserId,
        reason: input.reason,
        created_by: by,
        created_at: ctx.now(),
      })
      .execute()
    const named = (user: string | null) => (user ? { id: user, name: names.get(user) ?? '' } : null)
    ctx.record(overrideAdded, {
      subject: ref('schedule', schedule.id),
      about: people.map((p) => ref('user', p)),
      team: schedule.team_id,
      data: {
        schedule: schedule.name,
        add: named(input.addUserId)?.name ?? null,
        remove: named(input.removeUserId)?.name ?? null,
        from: wallDate(from, schedule.zone),
        to: wallDate(input.to, schedule.zone),
        reason: input.reason,
      },
    })
    const createdBy = by ? { id: by, name: (await userNames(ctx.db, [by])).get(by) ?? '' } : null
    return {
      id,
      from,
      to: input.to,
      add: named(input.addUserId),
      remove: named(input.removeUserId),
      reason: input.reason,
      createdBy,
    }
  },
})

/** Removes an override. One that has begun ends now instead, so that the past stays what it was. */
export const removeOverride = verb('override.remove', {
  permission: 'override.write',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const found = await ctx.db
      .selectFrom('overrides as o')
      .innerJoin('schedules as s', 's.id', 'o.schedule_id')
      .select([
        'o.starts_at',
        'o.ends_at',
        'o.add_user_id',
        'o.remove_user_id',
        's.id as schedule_id',
        's.name',
        's.team_id',
      ])
      .where('o.id', '=', id)
      .executeTakeFirst()
    if (!found || !isBefore(ctx.now(), found.ends_at))
      throw new AppError('not_found', 'There is no such override, or it is over.')
    await requireTeam(ctx, found.team_id)
    if (isBefore(found.starts_at, ctx.now()))
      await ctx.db.updateTable('overrides').set({ ends_at: ctx.now() }).where('id', '=', id).execute()
    else await ctx.db.deleteFrom('overrides').where('id', '=', id).execute()
    const people = [found.add_user_id, found.remove_user_id].filter((p): p is string => p !== null)
    ctx.record(overrideRemoved, {
      subject: ref('schedule', found.schedule_id),
      about: people.map((p) => ref('user', p)),
      team: found.team_id,
      data: { schedule: found.name },
    })
    return { ok: true as const }
  },
})
