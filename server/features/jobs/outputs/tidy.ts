import { sql } from 'kysely'
import { z } from 'zod'
import { plusSeconds } from '../../../platform/clock.ts'
import { effect } from '../../../platform/effect.ts'
import { periodic } from '../../../platform/periodic.ts'
import { KEPT_DAYS } from '../kept-days.ts'

const AT_ONCE = 500
const DAY = 86_400

/** Removes outputs whose runs have gone, or whose job was deleted, and what was begun a day ago and never kept. */
export const tidyOutputs = periodic(
  'jobs.tidy_outputs',
  3_600,
  'Removes the outputs on disk of runs that are no longer kept',
  async (ctx) => {
    const { rows } = await sql<{ id: string }>`
      delete from run_outputs where id in (
        select o.id from run_outputs o left join jobs j on j.id = o.job_id
        where o.at < date_trunc('month', ${plusSeconds(ctx.now(), -KEPT_DAYS * DAY)}::timestamptz, 'UTC')
          or j.id is null or (not o.kept and o.at < ${plusSeconds(ctx.now(), -DAY)})
        order by o.at limit ${AT_ONCE}) returning id`.execute(ctx.db)
    // The bytes go after the commit: a transaction that rolls back must not have lost them.
    for (const { id } of rows)
      ctx.due({ key: `output:${id}:unlink`, at: ctx.now(), run: unlinkOutput, input: { id }, priority: 2 })
  },
)

export const unlinkOutput = effect('job.unlink_output', {
  input: z.object({ id: z.uuid() }),
  async begin(ctx, { id }) {
    const row = await ctx.db.selectFrom('run_outputs').select('id').where('id', '=', id).executeTakeFirst()
    return row === undefined ? { id } : null
  },
  perform: async ({ id }, { platform }) => platform.store.remove(id),
  settle: async (ctx) => ctx.unchanged(undefined),
})
