import { sql } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { DueInput } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import type { NamedFlip } from './apply-pings.ts'
import {
  jobCameLate,
  jobEndedLong,
  jobFailed,
  jobMissed,
  jobRecovered,
  jobRunsLong,
  jobRunsOften,
  jobSpaced,
  jobUnheard,
  jobUnusual,
  jobUsual,
} from './events.ts'
import { tellFailureAgain } from './expect.ts'
import type { Flip, FlipKind } from './job-state.ts'
import { type Left, summaryOf } from './signal.ts'
import { aboutJob, heldRunOf, tellAlerts, tellRow } from './tell.ts'

const ms = z.number().nullable()
const input = z.object({
  jobId: z.uuid(),
  kind: z.enum(['miss', 'failure', 'long', 'unheard', 'often']),
  on: z.boolean(),
  flip: z.number(),
  at: z.number(),
  due: ms,
  run: z.uuid().nullable(),
  exit: ms,
  ms,
  ended: z.enum(['success', 'fail', 'lost']).nullable(),
  heard: ms,
  short: z.boolean().default(false),
})

const eventOf: Record<FlipKind, [on: typeof jobMissed, off: typeof jobMissed]> = {
  miss: [jobMissed, jobCameLate],
  failure: [jobFailed, jobRecovered],
  long: [jobRunsLong, jobEndedLong],
  unheard: [jobUnheard, jobUnheard],
  often: [jobRunsOften, jobSpaced],
  unusual: [jobUnusual, jobUsual],
}

/** Tells one change of a job. Once for each, and never after a newer one of its kind. */
export const flipJob = verb('job.flip', {
  permission: 'system',
  input,
  async run(ctx, { jobId, ...flip }) {
    const job = (await isNewest(ctx, jobId, flip)) ? await tellRow(ctx, jobId) : null
    if (!job) return ctx.unchanged(undefined)
    const left = flip.kind === 'failure' && flip.on && flip.run ? await leftBy(ctx, jobId, flip.run) : null
    const held = flip.on && (await heldRunOf(ctx.db, jobId, flip.run)) !== null
    if (held && flip.kind === 'failure') await tellFailureAgain(ctx, jobId)
    const tickets = held || flip.kind === 'unheard' ? [] : await tellAlerts(ctx, job, flip, left)
    if (tickets === null) return ctx.unchanged(undefined)
    ctx.record(eventOf[flip.kind][flip.on ? 0 : 1], {
      ...aboutJob(job, tickets),
      team: job.teamId,
      data: {
        name: job.name,
        flip: flip.flip,
        run: flip.run,
        summary: summaryOf(job, flip, ctx.now().epochMilliseconds),
      },
    })
  },
})

const isNewest = async (ctx: Context, jobId: string, { kind, flip }: Flip): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into job_told as t (job_id, kind, flip) select id, ${kind}, ${flip} from jobs where id = ${jobId}
    on conflict (job_id, kind) do update set flip = excluded.flip where t.flip < excluded.flip`.execute(ctx.db)
  return (numAffectedRows ?? 0n) > 0n
}

const leftBy = async (ctx: Context, jobId: string, run: string): Promise<Left | null> => {
  const { rows } = await sql<Left>`
    select output, output_bytes as bytes, coalesce(host, remote) as host from pings
    where job_id = ${jobId} and run_id = ${run} and kind in ('fail', 'log') order by kind, at desc limit 1`.execute(
    ctx.db,
  )
  return rows[0] ?? null
}

/**
 * The due work of a flip: at once, and before anything that reaches nobody. What nobody knows is told on the floor in one
 * line, and after a time away it may be of every job: a miss of now must not wait behind all of them.
 */
export const flipDue = ({ jobId, ...flip }: NamedFlip, now: Instant): DueInput => ({
  key: `job-flip:${jobId}:${flip.flip}`,
  at: now,
  run: flipJob,
  input: { jobId, ...flip },
  subject: ref('job', jobId),
  priority: flip.kind === 'unheard' ? 2 : 0,
})
