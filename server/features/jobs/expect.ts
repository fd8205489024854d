import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { expectAfter, freshState, type JobState, withLook } from './job-state.ts'
import { lockStates, ruleOf, stateWrite } from './state-rows.ts'

/**
 * Begins to expect jobs from now on, under the rule that each now has; forgets what they missed under another one. A job of
 * a calendar is expected at its next time; one with a period once it was heard of, for it counts from then.
 */
export const expectFromNow = async (ctx: Context, jobIds: string[]): Promise<void> =>
  setStates(ctx, jobIds, (s, rule) => {
    // Begun anew, or paused, it has not been heard of.
    if (rule.strict) return { ...freshState, pings: s.pings, lastPingAt: s.lastPingAt, flip: s.flip }
    const now = ctx.now().epochMilliseconds
    const counts = rule.isFixed || s.lastPingAt !== null
    const cleared = {
      ...s,
      missedAt: null,
      unheardAt: null,
      lastStart: null,
      often: false,
      open: s.open.map((r) => ({ ...r, long: false })),
    }
    return { ...cleared, dueAt: counts && !rule.paused ? expectAfter(rule, now) : null, lookAt: null }
  })

/** Nothing of its state changes but when to look at it. */
export const lookAgain = async (ctx: Context, jobId: string): Promise<void> => setStates(ctx, [jobId], (s) => s)

const setStates = async (
  ctx: Context,
  jobIds: string[],
  change: (s: JobState, rule: ReturnType<typeof ruleOf>) => JobState,
): Promise<void> => {
  const jobs = [...(await lockStates(ctx.db, jobIds)).values()]
  if (jobs.length === 0) return
  const next = jobs.map((job) => {
    const rule = ruleOf(job)
    return { ...job, ...withLook(change(job, rule), rule) }
  })
  await stateWrite(next).execute(ctx.db)
}

/** What was told of it until now is over: a change that is still on its way to alerts does nothing any more. */
export const forgetFlips = async (ctx: Context, jobId: string, kinds: readonly string[]): Promise<void> => {
  await sql`
    insert into job_told as t (job_id, kind, flip)
    select s.job_id, k, s.flip from job_states s, unnest(${kinds}::text[]) k where s.job_id = ${jobId}
    on conflict (job_id, kind) do update set flip = greatest(t.flip, excluded.flip)`.execute(ctx.db)
}
