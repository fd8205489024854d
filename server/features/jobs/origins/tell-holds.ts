import { sql } from 'kysely'
import { z } from 'zod'
import { type JobHold, jobHold, noWaits } from '../../../../contract/jobs/waits.ts'
import type { Context } from '../../../platform/context.ts'
import { verb } from '../../../platform/verb.ts'
import { jobHoldTold } from '../events.ts'
import { lockJob } from '../guard.ts'
import { aboutJob } from '../tell.ts'
import { readWaits, writeWaits } from '../waits.ts'

type Changed = { id: string; name: string; serviceId: string | null; teamId: string | null; hold: JobHold }

/**
 * Takes over whether a scheduler starts these jobs, where it says otherwise than before; what people have set here since
 * then stays. Until it is none again, nobody is told that the job does not come. `over`: only where it said one of these
 * before; a list of what is held knows nothing of ice. Inner function.
 */
export const tellHolds = async (
  ctx: Context,
  by: string,
  holds: ReadonlyMap<string, JobHold>,
  over: readonly JobHold[] = ['none', 'held'],
): Promise<void> => {
  if (holds.size === 0) return
  const { rows } = await sql<Changed>`
    select j.id, j.name, j.service_id as "serviceId", j.team_id as "teamId", u.h as hold
    from unnest(${[...holds.keys()]}::uuid[], ${[...holds.values()]}::text[]) u(i, h)
    join jobs j on j.id = u.i left join job_origins o on o.job_id = j.id left join job_waits w on w.job_id = j.id
      cross join lateral (select coalesce(o.said ->> 'hold', o.said #>> '{waits,hold}',
        case when o.job_id is null then w.hold end, 'none') as hold) b
    where j.archived_at is null and b.hold <> u.h and b.hold = any(${[...over]}::text[])
    order by j.id for no key update of j`.execute(ctx.db)
  for (const { id, name, serviceId, teamId, hold } of rows) {
    const waits = { ...((await readWaits(ctx.db, id)) ?? noWaits), hold }
    await writeWaits(ctx, [{ id, waits }])
    // A later import tells by this whether its scheduler has changed it.
    await sql`
      update job_origins set said = case when said ? 'waits' then jsonb_set(said, '{waits,hold}', to_jsonb(${hold}::text)) else said end
        || jsonb_build_object('hold', ${hold}::text) where job_id = ${id}`.execute(ctx.db)
    await sql`update jobs set updated_at = ${ctx.now()}, version = version + 1 where id = ${id}`.execute(ctx.db)
    ctx.record(jobHoldTold, {
      ...aboutJob({ id, serviceId }),
      team: teamId,
      data: { name, by, hold },
    })
  }
}

/** The same of one job, by a line of its scheduler's log. `over`: only where it is one of these now. */
export const tellHold = verb('job.tell_hold', {
  permission: 'job.write',
  input: z.object({ id: z.uuid(), by: z.string(), hold: jobHold, over: z.array(jobHold).optional() }),
  async run(ctx, { id, by, hold, over }) {
    await lockJob(ctx, id)
    const now = (await readWaits(ctx.db, id))?.hold ?? 'none'
    if (now === hold || (over && !over.includes(now))) return ctx.unchanged(undefined)
    await tellHolds(ctx, by, new Map([[id, hold]]), jobHold.options)
    ctx.unchanged(undefined)
  },
})
