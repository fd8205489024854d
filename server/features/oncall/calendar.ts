import { calendarInput, schedulePreviewInput, shiftsInput } from '../../../contract/oncall/schedule.ts'
import { type Instant, isBefore } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { changesBetween } from './changes.ts'
import { facesOf, loadSchedules, overridesBetween, teamNames } from './load.ts'
import { freshLayer, reviseLayers } from './revise-layers.ts'
import { rotaView, usersOfRota } from './rota.ts'
import { checkLayers } from './save-schedule.ts'
import type { Schedule } from './schedule-rules.ts'
import { renderShifts } from './timeline.ts'

const MOST_DAYS = 100

const checkTime = (from: Instant, to: Instant) => {
  if (!isBefore(from, to)) throw invalid('to', 'must be after `from`')
  if (isBefore(from.add({ hours: 24 * MOST_DAYS }), to))
    throw invalid('to', `must be within ${MOST_DAYS} days of \`from\``)
}

/** Rotas of schedules, in their order, and everybody in them. */
const rotasOf = async (
  db: Db,
  schedules: readonly { id: string | null; schedule: Schedule }[],
  from: Instant,
  to: Instant,
) => {
  const rows = await overridesBetween(
    db,
    schedules.flatMap((s) => s.id ?? []),
    from,
    to,
  )
  const rendered = schedules.map(({ id, schedule }) => ({
    schedule,
    overrides: rows.filter((o) => o.schedule_id === id),
    shifts: renderShifts(schedule, from, to),
  }))
  const faces = await facesOf(
    db,
    rendered.flatMap((r) => usersOfRota(r.shifts, r.overrides)),
  )
  const names = new Map([...faces.values()].map((f) => [f.id, f.name]))
  const rotas = rendered.map(({ shifts, ...rest }) => rotaView(shifts, { ...rest, from, to, names }))
  return { rotas, rendered: rendered.map((r) => r.shifts), names, people: [...faces.values()] }
}

/** The calendar of a schedule: each layer by itself, who is really on call, gaps and overrides. */
export const showCalendar = query('schedule.calendar', {
  permission: 'schedule.read',
  input: calendarInput,
  async run(ctx, { id, from, to }) {
    checkTime(from, to)
    const [loaded] = await loadSchedules(ctx.db, [id], from)
    if (!loaded) throw new AppError('not_found', 'There is no such schedule.')
    const { rotas, people } = await rotasOf(ctx.db, [{ id, schedule: loaded.schedule }], from, to)
    const [rota] = rotas
    if (!rota) throw new Error('A schedule has no rota.')
    return { ...rota, people }
  },
})

/** The same for every schedule at once. */
export const listShifts = query('schedule.shifts', {
  permission: 'schedule.read',
  input: shiftsInput,
  async run(ctx, { from, to }) {
    checkTime(from, to)
    const loaded = await loadSchedules(ctx.db, 'all', from)
    const { rotas, people } = await rotasOf(
      ctx.db,
      loaded.map(({ row, schedule }) => ({ id: row.id, schedule })),
      from,
      to,
    )
    const teams = await teamNames(
      ctx.db,
      loaded.map((l) => l.row.team_id),
    )
    return {
      people,
      items: loaded.flatMap(({ row }, i) => {
        const rota = rotas[i]
        const { id, name, slug, zone, team_id } = row
        return rota
          ? [{ ...rota, schedule: { id, name, slug, zone }, team: { id: team_id, name: teams.get(team_id) ?? '' } }]
          : []
      }),
    }
  },
})

/** Who would be on call if a schedule were made or changed so, and what differs from now. Saves nothing. */
export const previewSchedule = query('schedule.preview', {
  permission: 'schedule.read',
  input: schedulePreviewInput,
  async run(ctx, { id, zone, layers, from, to }) {
    checkTime(from, to)
    await checkLayers(ctx, zone, layers)
    const loaded = id ? (await loadSchedules(ctx.db, [id], from))[0] : undefined
    if (id && !loaded) throw new AppError('not_found', 'There is no such schedule.')
    const before: Schedule = loaded?.schedule ?? { zone, layers: [], overrides: [] }
    const after = loaded
      ? reviseLayers(before, { zone, layers }, ctx.now())
      : layers.map((l) => freshLayer({ ...l, id: undefined }, ctx.now()))
    const both = [before, { ...before, zone, layers: after }].map((schedule) => ({ id: id ?? null, schedule }))
    const { rotas, rendered, names, people } = await rotasOf(ctx.db, both, from, to)
    const [was, will] = rendered
    const rota = rotas[1]
    if (!was || !will || !rota) throw new Error('A schedule has no rota.')
    const named = (u: string) => ({ id: u, name: names.get(u) ?? '' })
    const changes = loaded ? changesBetween(was.final, will.final) : []
    return {
      ...rota,
      people,
      changes: changes.map((c) => ({ ...c, before: c.before.map(named), after: c.after.map(named) })),
    }
  },
})
