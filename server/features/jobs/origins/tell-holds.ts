import { sql } from 'kysely'
import { z } from 'zod'
import { type JobHold, jobHold, noWaits } from '../../../../contract/jobs/waits.ts'
import type { Instant } from '../../../platform/clock.ts'
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

export type HoldNow = { hold: JobHold | null; toldAt: Instant | null }
type Told = { hold: JobHold; over?: readonly JobHold[] | undefined; at?: number | undefined }

/** Whether anything is written for what is told of a hold: it is another and not of before, or the same but of later. */
export const isNews = ({ hold, over, at }: Told, { hold: held, toldAt }: HoldNow): boolean => {
  const now = held ?? 'none'
  const [before, last] = [at ?? Number.POSITIVE_INFINITY, toldAt?.epochMilliseconds ?? Number.NEGATIVE_INFINITY]
  if (before < last) return false
  if (over) return hold !== now && over.includes(now)
  return hold !== now || (at !== undefined && at > last)
}

/** The same of one job, by a line of its scheduler's log. `over`: only where it is one of these now. */
export const tellHold = verb('job.tell_hold', {
  permission: 'job.write',
  input: z.object({
    id: z.uuid(),
    by: z.string(),
    hold: jobHold,
    over: z.array(jobHold).optional(),
    at: z.number().optional(),
  }),
  async run(ctx, { id, by, ...told }) {
    await lockJob(ctx, id)
    const { rows } = await sql<HoldNow>`
      select w.hold, j.hold_told_at as "toldAt" from jobs j left join job_waits w on w.job_id = j.id
      where j.id = ${id}`.execute(ctx.db)
    const [now] = rows
    if (!now || !isNews(told, now)) return ctx.unchanged(undefined)
    // A clock that is ahead must not silence what comes after.
    if (told.at !== undefined) {
      const at = Temporal.Instant.fromEpochMilliseconds(Math.min(told.at, ctx.now().epochMilliseconds))
      await sql`update jobs set hold_told_at = ${at} where id = ${id}`.execute(ctx.db)
    }
    if (told.hold !== (now.hold ?? 'none')) await tellHolds(ctx, by, new Map([[id, told.hold]]), jobHold.options)
    ctx.unchanged(undefined)
  },
})
