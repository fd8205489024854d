import type { Selectable } from 'kysely'
import type { PingFilters } from '../../../contract/jobs/filters.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { JobRules } from '../../../contract/jobs/words.ts'
import type { Jobs } from '../../platform/db/schema.gen.ts'

/** What a job is held to, of its row and under the names of the contract. */
export const heldTo = (row: Selectable<Jobs>) => ({
  schedule: row.schedule as unknown as JobSchedule,
  graceSeconds: row.grace_seconds,
  maxRunSeconds: row.max_run_seconds,
  minRunSeconds: row.min_run_seconds,
  minGapSeconds: row.min_gap_seconds,
  failuresInARow: row.failures_in_a_row,
  rules: row.rules as JobRules,
  tags: row.tags,
  filters: row.filters as unknown as PingFilters,
  resumesByHand: row.resumes_by_hand,
  pingsPerSecond: row.pings_per_second,
  tellUnusual: row.tell_unusual,
})
