import { jobIdInput } from '../../../contract/jobs/inputs.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import type { EventType } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { jobArchived, jobPaused, jobRestored, jobResumed } from './events.ts'
import { expectFromNow, forgetFlips } from './expect.ts'
import { lockJob, requireFreeSlug } from './guard.ts'
import { showJob } from './show.ts'
import { alertKinds } from './signal.ts'
import { aboutJob, endAlerts, tellRow } from './tell.ts'
import { turnInsert } from './turns.ts'

/**
 * Nobody expects it any more; its pings are kept and tell nobody. A miss and a long run that are being told end. A
 * failure stays: a pause mends nothing.
 */
export const pauseJob = verb('job.pause', {
  permission: 'job.write',
  input: jobIdInput,
  run: (ctx, { id }) =>
    turn(ctx, id, 'pause', jobPaused, { paused_at: ctx.now() }, ['miss', 'long', 'often', 'unusual'], 'paused'),
})

/** Expected again, from now on. */
export const resumeJob = verb('job.resume', {
  permission: 'job.write',
  input: jobIdInput,
  run: (ctx, { id }) => turn(ctx, id, 'resume', jobResumed, { paused_at: null }, [], ''),
})

/** Put away for good: its runs are kept, its pings are refused, and whatever is told of it ends. */
export const archiveJob = verb('job.archive', {
  permission: 'job.write',
  input: jobIdInput,
  run: (ctx, { id }) => turn(ctx, id, 'archive', jobArchived, { archived_at: ctx.now() }, alertKinds, 'archived'),
})

export const restoreJob = verb('job.restore', {
  permission: 'job.write',
  input: jobIdInput,
  run: (ctx, { id }) => turn(ctx, id, 'restore', jobRestored, { archived_at: null }, [], ''),
})

const turn = async (
  ctx: Context,
  id: string,
  act: 'pause' | 'resume' | 'archive' | 'restore',
  event: EventType<{ name: string }>,
  set: { paused_at: Temporal.Instant | null } | { archived_at: Temporal.Instant | null },
  given: readonly (typeof alertKinds)[number][],
  word: string,
) => {
  const row = await lockJob(ctx, id, act)
  await ctx.db
    .updateTable('jobs')
    .set((eb) => ({ ...set, updated_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  if (act === 'restore' && row.rules === 'own') await requireFreeSlug(ctx, row.slug, row.team_id, id)
  await expectFromNow(ctx, [id], act === 'pause' || act === 'archive' ? 'paused' : 'resumed')
  if (act === 'pause' || act === 'resume')
    await turnInsert([{ jobId: id, at: ctx.now().epochMilliseconds, up: false, reason: act }]).execute(ctx.db)
  // Begun anew by the rules of healthchecks, it has not failed.
  const isNew = row.rules === 'healthchecks' && (act === 'resume' || act === 'restore')
  const ends = isNew ? alertKinds : given
  const told = ends.length > 0 ? await tellRow(ctx, id) : null
  if (told) {
    await forgetFlips(ctx, id, [...ends, 'unheard'])
    await endAlerts(
      ctx,
      told,
      ends,
      isNew
        ? `${actorRow(ctx.actor).name} began ${row.name} anew`
        : `${row.name} was ${word} by ${actorRow(ctx.actor).name}; nobody expects it now`,
    )
  }
  ctx.record(event, { ...aboutJob({ id, serviceId: row.service_id }), team: row.team_id, data: { name: row.name } })
  return showJob(ctx, id)
}
