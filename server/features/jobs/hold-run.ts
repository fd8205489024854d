import { holdRunInput, jobIdInput } from '../../../contract/jobs/inputs.ts'
import { actorRow } from '../../platform/access.ts'
import { conflict } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { jobRunHeld, jobRunReleased } from './events.ts'
import { forgetFlips } from './expect.ts'
import { lockJob } from './guard.ts'
import { plainFlip } from './job-state.ts'
import { lastRunOf } from './last-run.ts'
import { showJob } from './show.ts'
import { aboutJob, endAlerts, tellAlerts, tellRow } from './tell.ts'

/**
 * Nobody is told anything of the run that goes on, whatever becomes of it: somebody knows. What is told already that it
 * takes too long ends. The run after it is told of as ever.
 */
export const holdRun = verb('job.hold_run', {
  permission: 'job.write',
  input: holdRunInput,
  async run(ctx, { id, reason }) {
    const row = await lockJob(ctx, id, 'change')
    const run = await lastRunOf(ctx.db, id)
    if (run?.state !== 'running')
      throw conflict(`${row.name} is not running. Say that it will be late, or skip its next time.`)
    const by = actorRow(ctx.actor).name
    const held = { run_id: run.id, reason, by_name: by, at: ctx.now() }
    await ctx.db
      .insertInto('job_held_runs')
      .values({ job_id: id, ...held })
      .onConflict((on) => on.column('job_id').doUpdateSet(held))
      .execute()
    const told = await tellRow(ctx, id)
    if (told) {
      await forgetFlips(ctx, id, ['long', 'often'])
      await endAlerts(ctx, told, ['long', 'often'], `${by} knows of this run of ${row.name}: ${reason}`)
    }
    ctx.record(jobRunHeld, {
      ...aboutJob({ id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name, run: run.id, reason },
    })
    return showJob(ctx, id)
  },
})

/** What is wrong with it now is told at once. */
export const releaseRun = verb('job.release_run', {
  permission: 'job.write',
  input: jobIdInput,
  async run(ctx, { id }) {
    const row = await lockJob(ctx, id)
    const held = await ctx.db
      .deleteFrom('job_held_runs')
      .where('job_id', '=', id)
      .returning('run_id')
      .executeTakeFirst()
    if (!held) return ctx.unchanged(await showJob(ctx, id))
    const state = await ctx.db.selectFrom('job_states').select('is_long').where('job_id', '=', id).executeTakeFirst()
    const told = state?.is_long ? await tellRow(ctx, id) : null
    const flip = plainFlip({ kind: 'long', on: true, at: ctx.now().epochMilliseconds, run: held.run_id }, 0)
    if (told) await tellAlerts(ctx, told, flip, null)
    ctx.record(jobRunReleased, {
      ...aboutJob({ id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name },
    })
    return showJob(ctx, id)
  },
})
