import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError } from '../../platform/errors.ts'
import { findTeam } from '../identity/index.ts'
import { layersOf, type ScheduleRow } from './load.ts'
import type { Shift } from './schedule-rules.ts'
import type { OnCall } from './timeline.ts'

/** A schedule as it runs now: the newest version of each layer that has not ended. */
export const showScheduleRow = async (db: Db, row: ScheduleRow, now: Instant) => {
  const team = await findTeam(db, row.team_id)
  if (!team) throw new AppError('internal', 'The team of a schedule is missing.')
  return scheduleView(row, team.name, now)
}

export const scheduleView = (row: ScheduleRow, teamName: string, now: Instant) => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  team: { id: row.team_id, name: teamName },
  zone: row.zone,
  version: row.version,
  layers: layersOf(row)
    .filter((l) => l.effectiveUntil === null || Temporal.Instant.compare(l.effectiveUntil, now) > 0)
    .flatMap((l) => {
      const version = l.versions.at(-1)
      if (!version) return []
      const { kind, every, startsAt, participants, restrictions } = version
      return [
        {
          id: l.id,
          name: l.name,
          kind,
          every,
          startsAt,
          participants: [...participants],
          restrictions: restrictions.map((r) => ({ ...r, weekdays: [...r.weekdays] })),
        },
      ]
    }),
})

export const shiftView = (s: OnCall | Shift, names: Map<string, string>) => ({
  user: { id: s.userId, name: names.get(s.userId) ?? '' },
  from: s.from,
  to: s.to,
  source: { kind: s.source.kind, id: s.source.id, name: s.source.kind === 'override' ? 'override' : s.source.name },
})
