import { scheduleChange, scheduleInput } from '../../../contract/oncall/schedule.ts'
import type { ReadContext } from '../../platform/context.ts'
import { AppError, conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { userNames } from '../identity/index.ts'
import { scheduleChanged, scheduleCreated } from './events.ts'
import { layersOf } from './load.ts'
import { freshLayer, type Layer, reviseLayers, runningLayers } from './revise-layers.ts'
import { requireKnownTeam, requireTeam } from './scope.ts'
import { validateSchedule } from './validate-schedule.ts'
import { showScheduleRow } from './views.ts'

/** Makes a schedule. */
export const createSchedule = verb('schedule.create', {
  permission: 'schedule.write',
  input: scheduleInput,
  async run(ctx, input) {
    await requireTeam(ctx, input.teamId)
    await requireKnownTeam(ctx, input.teamId)
    await checkLayers(ctx, input.zone, input.layers)
    const layers = input.layers.map((l) => freshLayer(l, ctx.now()))
    const taken = await ctx.db.selectFrom('schedules').select('id').where('slug', '=', input.slug).executeTakeFirst()
    if (taken) throw invalid('slug', `there is a schedule ${input.slug} already; choose another`)
    const row = await ctx.db
      .insertInto('schedules')
      .values({
        id: newId(),
        slug: input.slug,
        name: input.name,
        team_id: input.teamId,
        zone: input.zone,
        layers: JSON.stringify(layers),
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    ctx.record(scheduleCreated, {
      subject: ref('schedule', row.id),
      about: [ref('team', row.team_id)],
      team: row.team_id,
      data: { name: row.name },
    })
    return showScheduleRow(ctx.db, row, ctx.now())
  },
})

/**
 * Changes a schedule from now on: who was on call stays what it was. Layers are matched by id; one that is left away
 * ends now, one without an id begins now.
 */
export const changeSchedule = verb('schedule.change', {
  permission: 'schedule.write',
  input: scheduleChange,
  async run(ctx, input) {
    const row = await ctx.db
      .selectFrom('schedules')
      .selectAll()
      .where('id', '=', input.id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new AppError('not_found', 'There is no such schedule.')
    await requireTeam(ctx, row.team_id)
    if (input.teamId) await requireTeam(ctx, input.teamId)
    await requireKnownTeam(ctx, input.teamId ?? null)
    if (ctx.expected !== null && ctx.expected !== row.version)
      throw new AppError('stale', `${row.name} was changed meanwhile. Load it again, and make your change anew.`)
    const zone = input.zone ?? row.zone
    const old = layersOf(row)
    const wanted = input.layers ?? runningLayers(old, ctx.now())
    await checkLayers(ctx, zone, wanted)
    const layers = reviseLayers({ zone: row.zone, layers: old }, { zone, layers: wanted }, ctx.now())
    const after = await ctx.db
      .updateTable('schedules')
      .set((eb) => ({
        name: input.name ?? row.name,
        team_id: input.teamId ?? row.team_id,
        zone,
        layers: JSON.stringify(layers),
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', row.id)
      .where('version', '=', row.version)
      .returningAll()
      .executeTakeFirst()
    if (!after) throw conflict(`${row.name} was changed meanwhile. Load it again, and make your change anew.`)
    ctx.record(scheduleChanged, {
      subject: ref('schedule', row.id),
      about: [ref('team', after.team_id)],
      team: after.team_id,
      data: {
        name: after.name,
        before: { name: row.name, zone: row.zone, layers: row.layers },
        after: { name: after.name, zone, layers },
      },
    })
    return showScheduleRow(ctx.db, after, ctx.now())
  },
})

/** Throws `invalid`, naming the layer, for what no schedule can be. */
export const checkLayers = async (ctx: Pick<ReadContext, 'db' | 'now'>, zone: string, layers: readonly Layer[]) => {
  const known = await userNames(
    ctx.db,
    layers.flatMap((l) => l.participants),
  )
  for (const [i, layer] of layers.entries()) {
    const [problem] = validateSchedule({ zone, layers: [freshLayer(layer, ctx.now())], overrides: [] })
    if (problem) throw invalid(`layers.${i}`, problem)
    const missing = layer.participants.find((p) => !known.has(p))
    if (missing)
      throw invalid(
        `layers.${i}.participants`,
        `there is no person ${missing}; choose somebody from the list of people`,
      )
  }
}
