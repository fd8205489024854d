import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { EARLY_MS, expectAfter, freshState, type JobState, type Rule, withLook } from './job-state.ts'
import { lockStates, stateWrite } from './state-rows.ts'

/** Why it is expected anew: it was made, its rule was changed, somebody paused it, or took it up again. */
export type Anew = 'made' | 'changed' | 'paused' | 'resumed'

/**
 * Begins to expect jobs from now on, under the rule that each now has; forgets what they missed under another one. A job of
 * a calendar is expected at its next time; one with a period once it was heard of, for it counts from then.
 */
export const expectFromNow = async (ctx: Context, jobIds: string[], why: Anew): Promise<void> =>
  setStates(ctx, jobIds, (s, rule) => {
    const cleared = {
      ...s,
      missedAt: null,
      unheardAt: null,
      lastStart: null,
      often: false,
      open: s.open.filter((r) => !r.over).map((r) => ({ ...r, long: false })),
      lookAt: null,
    }
    if (rule.strict) return strictly(cleared, rule, why)
    const counts = rule.isFixed || s.lastPingAt !== null
    const now = ctx.now().epochMilliseconds
    return { ...cleared, dueAt: counts && !rule.paused ? expectAfter(rule, now) : null }
  })

/** As healthchecks does: a pause ends what runs, to resume forgets its last ping, and a change counts from that. */
const strictly = (s: JobState, rule: Rule, why: Anew): JobState => {
  if (why === 'paused') return { ...s, open: [], dueAt: null }
  if (why === 'resumed') return { ...freshState, pings: s.pings, lastPingAt: s.lastPingAt, flip: s.flip }
  const counts = s.outcome === 'success' && s.lastAt !== null && !rule.paused
  // One run counts at a time.
  return { ...s, open: s.open.slice(-1), dueAt: counts ? rule.after(s.lastAt ?? 0) : null }
}

/** Nothing of its state changes but when to look at it. */
export const lookAgain = async (ctx: Context, jobId: string): Promise<void> => setStates(ctx, [jobId], (s) => s)

/** A failure of which nobody was told is as if it had not been told: the next one is. */
export const tellFailureAgain = async (ctx: Context, jobId: string): Promise<void> =>
  setStates(ctx, [jobId], (s) => ({ ...s, toldFailAt: null }))

/** What it missed is expected again, now that its deadline is another one. */
export const expectAgain = async (ctx: Context, jobId: string): Promise<void> =>
  setStates(ctx, [jobId], (s) => ({
    ...s,
    dueAt: s.missedAt ?? s.dueAt,
    missedAt: null,
    unheardAt: null,
    lookAt: null,
  }))

/** Goes over the time that it missed, or else over its next one. Answers that time. */
export const skipNext = async (ctx: Context, jobId: string): Promise<Temporal.Instant | null> => {
  let skipped: number | null = null
  await setStates(ctx, [jobId], (s, rule) => {
    skipped = s.missedAt ?? s.dueAt
    const from = Math.max(skipped ?? 0, rule.isFixed ? 0 : ctx.now().epochMilliseconds)
    const dueAt = s.missedAt !== null && s.dueAt !== null ? s.dueAt : rule.after(from)
    return { ...s, dueAt, missedAt: null, unheardAt: null, lookAt: null }
  })
  return skipped === null ? null : Temporal.Instant.fromEpochMilliseconds(skipped)
}

/**
 * Expects each of these jobs by its time, after the end at `ended` of the run that they follow; both in epoch
 * milliseconds. One that is still expected after an earlier end stays so.
 */
export const expectFollowers = async (ctx: Context, due: ReadonlyMap<string, number>, ended: number): Promise<void> =>
  setStates(ctx, [...due.keys()], (s, _, id) => {
    const sign = Math.max(s.lastStart ?? 0, s.lastAt ?? 0)
    const dueAt = due.get(id)
    // Clocks differ, and the start of what follows may be heard before the end.
    if (dueAt === undefined || sign >= ended - EARLY_MS) return s
    return { ...s, dueAt: s.dueAt ?? dueAt, lookAt: null }
  })

/** Expects jobs by calendars that were changed. Answers those whose last miss is none by them. */
export const expectByCalendar = async (ctx: Context, jobIds: string[]): Promise<string[]> => {
  const excused: string[] = []
  await setStates(ctx, jobIds, (s, rule, id) => {
    const now = ctx.now().epochMilliseconds
    const isTime = (ms: number) => rule.after(ms - 1) === ms
    const isExcused = s.missedAt !== null && !isTime(s.missedAt)
    if (isExcused) excused.push(id)
    const stays = s.dueAt !== null && s.dueAt <= now && isTime(s.dueAt)
    return {
      ...s,
      missedAt: isExcused ? null : s.missedAt,
      dueAt: stays || (s.dueAt === null && rule.strict) ? s.dueAt : expectAfter(rule, now),
      lookAt: null,
    }
  })
  return excused
}

/** Whatever told of these jobs tells no more: what it has not told is not held against them, and they are expected from now on. */
export const expectUntold = async (ctx: Context, jobIds: string[]): Promise<void> =>
  setStates(ctx, jobIds, (s, rule) => {
    const now = ctx.now().epochMilliseconds
    const isUntold = s.missedAt === null && s.dueAt !== null && s.dueAt <= now
    return { ...s, open: [], dueAt: isUntold ? expectAfter(rule, now) : s.dueAt, lookAt: null }
  })

const setStates = async (
  ctx: Context,
  jobIds: string[],
  change: (s: JobState, rule: Rule, jobId: string) => JobState,
): Promise<void> => {
  const jobs = [...(await lockStates(ctx.db, jobIds)).values()]
  if (jobs.length === 0) return
  const next = jobs.map((job) => {
    const { id, state, rule } = job
    return { ...job, state: withLook(change(state, rule, id), rule) }
  })
  await stateWrite(next, []).execute(ctx.db)
}

/** What was told of it until now is over: a change that is still on its way to alerts does nothing any more. */
export const forgetFlips = async (ctx: Context, jobId: string, kinds: readonly string[]): Promise<void> => {
  await sql`
    insert into job_told as t (job_id, kind, flip)
    select s.job_id, k, s.flip from job_states s, unnest(${kinds}::text[]) k where s.job_id = ${jobId}
    on conflict (job_id, kind) do update set flip = greatest(t.flip, excluded.flip)`.execute(ctx.db)
}
