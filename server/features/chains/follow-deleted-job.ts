import { sql } from 'kysely'
import { eventInput } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { jobDeleted } from '../jobs/index.ts'
import { endAlertsOf } from './tell.ts'

/** Deadlines that have lost their job are predicted no more, and what was told of them ends. */
export const followDeletedJob = verb('deadline.follow_deleted_job', {
  permission: 'system',
  input: eventInput(jobDeleted),
  async run(ctx, { data }) {
    const { rows } = await sql<{ id: string; name: string }>`
      select d.id, d.name from chain_deadlines d where d.job_id is null
        and exists (select 1 from chain_nights n where n.deadline_id = d.id and not n.settled)`.execute(ctx.db)
    for (const { id, name } of rows) {
      await endAlertsOf(ctx, id, `The job ${data.name} of ${name} was deleted`)
      await sql`update chain_nights set settled = true where deadline_id = ${id} and not settled`.execute(ctx.db)
    }
    ctx.unchanged(undefined)
  },
})
