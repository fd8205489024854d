import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError } from '../../platform/errors.ts'
import { findTeam } from '../identity/index.ts'
import { layersOf, type ScheduleRow } from './load.ts'
import { runningLayers } from './revise-layers.ts'
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
  layers: runningLayers(layersOf(row), now),
})

export const shiftView = (s: OnCall | Shift, names: ReadonlyMap<string, string>) => ({
  user: { id: s.userId, name: names.get(s.userId) ?? '' },
  from: s.from,
  to: s.to,
  source: {
    kind: s.source.kind,
    id: s.source.id,
    name: s.source.kind === 'override' ? 'override' : s.source.name,
    inPlaceOf: s.source.inPlaceOf ? { id: s.source.inPlaceOf, name: names.get(s.source.inPlaceOf) ?? '' } : null,
  },
})
