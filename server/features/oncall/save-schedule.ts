import type { z } from 'zod'
import { type layerInput, scheduleChange, scheduleInput } from '../../../contract/oncall/index.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { userNames } from '../identity/index.ts'
import { scheduleChanged, scheduleCreated } from './events.ts'
import { layersOf, type ScheduleRow } from './load.ts'
import { reviseRotation } from './revise.ts'
import type { Rotation, RotationPattern } from './schedule-rules.ts'
import { requireTeam } from './scope.ts'
import { validateSchedule } from './validate-schedule.ts'
import { showScheduleRow } from './views.ts'

type Layer = z.output<typeof layerInput>

const patternOf = (l: Layer): RotationPattern => ({
  kind: l.kind,
  every: l.every,
  startsAt: l.startsAt,
  participants: l.participants,
  startPosition: 0,
  restrictions: l.restrictions,
})

const fresh = (ctx: Context, l: Layer): Rotation => ({
  id: newId(),
  name: l.name,
  effectiveUntil: null,
  // A new rotation holds from when it is made: it says nothing about the past.
  versions: [{ ...patternOf(l), effectiveFrom: ctx.now() }],
})

/** Makes a schedule. */
export const createSchedule = verb('schedule.create', {
  permission: 'schedule.write',
  input: scheduleInput,
  async run(ctx, input) {
    await requireTeam(ctx, input.teamId)
    const layers = input.layers.map((l) => fresh(ctx, l))
    await check(ctx, input.zone, layers)
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
    if (ctx.expected !== null && ctx.expected !== row.version)
      throw new AppError('stale', `${row.name} was changed meanwhile; read it again.`)
    const zone = input.zone ?? row.zone
    const layers = input.layers ? revised(ctx, row, zone, input.layers) : layersOf(row)
    await check(ctx, zone, layers)
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
    if (!after) throw conflict(`${row.name} was changed meanwhile; read it again.`)
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

const revised = (ctx: Context, row: ScheduleRow, zone: string, wanted: Layer[]): Rotation[] => {
  const old = layersOf(row)
  const running = (r: Rotation) =>
    r.effectiveUntil === null || Temporal.Instant.compare(r.effectiveUntil, ctx.now()) > 0
  const stranger = wanted.findIndex((l) => l.id && !old.some((r) => r.id === l.id))
  if (stranger >= 0) throw invalid(`layers.${stranger}.id`, 'is not a layer of this schedule')
  const kept = wanted.map((l) => {
    const known = old.find((r) => r.id === l.id)
    if (!known) return fresh(ctx, l)
    return { ...reviseRotation(zone, known, patternOf(l), ctx.now()), name: l.name }
  })
  const ended = old
    .filter((r) => !wanted.some((l) => l.id === r.id))
    .map((r) => (running(r) ? { ...r, effectiveUntil: ctx.now() } : r))
  return [...ended, ...kept]
}

const check = async (ctx: Context, zone: string, layers: Rotation[]) => {
  const [problem] = validateSchedule({ zone, layers, overrides: [] })
  if (problem) throw invalid('layers', problem)
  const people = [...new Set(layers.flatMap((l) => l.versions.at(-1)?.participants ?? []))]
  const known = await userNames(ctx.db, people)
  const missing = people.find((p) => !known.has(p))
  if (missing) throw invalid('layers', `there is no person ${missing}`)
}
