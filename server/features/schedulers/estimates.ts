import { sql } from 'kysely'
import { estimatesInput } from '../../../contract/schedulers/inputs.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { query } from '../../platform/query.ts'
import type { Estimate } from './define-scheduler.ts'
import { importedName } from './imported-name.ts'
import { schedulerKinds } from './scheduler-kinds.ts'

const MOST = 2_000
const instantOf = (ms: number | null) => (ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms))

/** Keeps by when a scheduler expects its services to end, in the place of what it said before. */
export const keepEstimates = async (
  ctx: Context,
  row: { id: string; host: string },
  { estimates, ours }: { estimates: readonly Estimate[]; ours: ReadonlyMap<string, string> },
): Promise<void> => {
  await ctx.db.deleteFrom('scheduler_estimates').where('scheduler_id', '=', row.id).execute()
  const rows = new Map(
    estimates
      .filter((e) => ours.has(importedName(row.host, e.job)))
      .slice(0, MOST)
      .map((e) => {
        const name = [e.service || e.job, e.date].filter(Boolean).join(' ').slice(0, 300)
        return [
          name,
          {
            scheduler_id: row.id,
            name,
            job: importedName(row.host, e.job),
            service: e.service.slice(0, 200),
            expected_end: instantOf(e.expectedEnd),
            due: instantOf(e.due),
            status: e.status.slice(0, 200),
            said: JSON.stringify(e.said),
            at: ctx.now(),
          },
        ]
      }),
  )
  if (rows.size > 0)
    await ctx.db
      .insertInto('scheduler_estimates')
      .values([...rows.values()])
      .execute()
}

type Row = {
  jobId: string
  id: string
  name: string
  kind: string
  service: string
  expectedEnd: Instant | null
  due: Instant | null
  status: string
  said: Record<string, string>
  at: Instant
  old: boolean
}

/** By when the schedulers themselves expect these jobs to end, of each the newest. */
export const readEstimates = query('scheduler.estimates', {
  permission: 'scheduler.read',
  input: estimatesInput,
  async run(ctx, { jobs }) {
    if (ctx.scope.rows !== 'all') return { items: [] }
    const { rows } = await sql<Row>`
      select distinct on (b.job_id) b.job_id as "jobId", c.id, c.name, c.kind, e.service, e.expected_end as "expectedEnd", e.due, e.status,
        e.said, e.at, s.failing_since is not null or not c.enabled as old
      from job_sight_jobs b join schedulers c on c.id = b.sight_id join scheduler_states s on s.scheduler_id = c.id
      join job_origins o on o.job_id = b.job_id
      join scheduler_estimates e on e.scheduler_id = c.id and e.job = o.external_id
      where b.job_id = any(${jobs}::uuid[]) order by b.job_id, e.due desc nulls last, e.expected_end desc nulls last, e.name`.execute(
      ctx.db,
    )
    return {
      items: rows.map(({ id, name, kind, ...e }) => ({
        ...e,
        scheduler: { id, name },
        title: schedulerKinds.get(kind)?.title ?? kind,
      })),
    }
  },
})
