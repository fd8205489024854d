import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { Instant } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { openRunsOf, selectJobs } from '../job-rows.ts'
import { zoneIn } from '../job-words.ts'
import type { CalendarJob } from './show-days.ts'

type NamedJob = CalendarJob & {
  id: string
  name: string
  service: { id: string; name: string } | null
  team: { id: string; name: string } | null
  state: Awaited<ReturnType<ReturnType<typeof selectJobs>['execute']>>[number]['status']
  follows: string | null
  zone: string
}

/** Jobs with what the calendar needs of them. `zone`: of those that have none of their own. */
export const calendarJobs = async (db: Db, ids: readonly string[], now: Instant, zone: string): Promise<NamedJob[]> => {
  if (ids.length === 0) return []
  const rows = await selectJobs(db, now)
    .select('j.created_at')
    .where('j.id', 'in', [...ids])
    .execute()
  return rows.map((r) => {
    const schedule = r.schedule as unknown as JobSchedule
    return {
      id: r.id,
      name: r.name,
      service: r.service_id ? { id: r.service_id, name: r.service_name ?? '' } : null,
      team: r.team_id ? { id: r.team_id, name: r.team_name ?? '' } : null,
      state: r.status,
      follows: r.followed_name,
      zone: zoneIn(schedule) ?? zone,
      schedule,
      graceMs: r.grace_seconds * 1000,
      createdAt: r.created_at.epochMilliseconds,
      resting: r.paused_at !== null || r.archived_at !== null,
      open: openRunsOf(r),
      missedAt: r.missed_at?.epochMilliseconds ?? null,
    }
  })
}
