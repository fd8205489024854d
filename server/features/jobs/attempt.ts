import { sql } from 'kysely'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { businessDateOf } from './business-date.ts'
import { cutsNow } from './cuts.ts'
import { zoneOf } from './job-words.ts'

/** More failures in a row than a scheduler tries again. */
const MOST = 30

type Shown = { dueAt: Instant | null; startedAt: Instant | null; at: Instant }
type Before = { kind: string; due: number | null; began: number }

/**
 * The business date of a run, and which try it is: it is one more than the run before, where that failed on the same date
 * and nothing was due anew. `end`: the ping that ended it; what was told before it stands before it. null: it goes on.
 */
export const dateAndTry = async (
  db: Db,
  jobId: string,
  run: Shown,
  { schedule, end }: { schedule: JobSchedule; end: { at: Instant; id: string } | null },
): Promise<{ businessDate: string; attempt: number }> => {
  const zone = zoneOf(schedule)
  const cut = (await cutsNow(db))(zone)
  const dateOf = (ms: number) => businessDateOf(ms, { zone, cut })
  const businessDate = dateOf((run.dueAt ?? run.startedAt ?? run.at).epochMilliseconds)
  // What only has to be heard of is not tried again: it comes all the time.
  if (run.dueAt !== null || schedule.kind === 'period') return { businessDate, attempt: 1 }
  const before = end ? sql`and (at, id) < (${end.at}, ${end.id}::uuid)` : sql``
  const { rows } = await sql<Before>`
    select kind, (extract(epoch from due_at) * 1000)::int8 as due,
      (extract(epoch from coalesce(due_at, started_at, happened_at)) * 1000)::int8 as began
    from pings where job_id = ${jobId} and kind in ('success', 'fail') ${before}
    order by at desc, id desc limit ${MOST}`.execute(db)
  let attempt = 1
  for (const { kind, due, began } of rows) {
    if (kind !== 'fail' || dateOf(began) !== businessDate) break
    attempt++
    if (due !== null) break
  }
  return { businessDate, attempt }
}
