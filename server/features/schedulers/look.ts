import { z } from 'zod'
import type { JobHold } from '../../../contract/jobs/waits.ts'
import { type Instant, later, plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { DueInput } from '../../platform/due.ts'
import { effect } from '../../platform/effect.ts'
import { ref } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { advanceSight, blindSight, claimJobs, type RunReport, reportRuns, tellHolds } from '../jobs/index.ts'
import { type Config, openConfig } from './connection-config.ts'
import type { Looked, SchedulerKind, Told } from './define-scheduler.ts'
import { keepEstimates } from './estimates.ts'
import { schedulerFound } from './events.ts'
import { importedName } from './imported-name.ts'
import { type Outcome, readScheduler } from './read-scheduler.ts'
import { aboutScheduler } from './rows.ts'
import { schedulerKinds } from './scheduler-kinds.ts'
import { keepStrangers } from './strangers.ts'
import { endLoss, tellLoss } from './tell.ts'

/** What has just happened may not be told yet. */
const SETTLED_SECONDS = 5
const FAILED_SECONDS = 60
const LOST_SECONDS = 120

const input = z.object({ id: z.uuid() })

export const lookKey = (id: string): string => `scheduler:${id}`

type Read = {
  looked: Looked
  strangers: string[]
  names: Map<string, string>
  holds: Map<string, JobHold>
  fresh: number
}
type Result = Read | Extract<Outcome, { problem: string }>

/**
 * Asks a scheduler what has run since the last look, and takes it in as if each run had reported itself. What was kept
 * before a crash is told again by the next look, and counts once.
 */
export const lookAtScheduler = effect('scheduler.look', {
  input,
  async begin(ctx, { id }) {
    const row = await find(ctx, id)
    const kind = row && schedulerKinds.get(row.kind)
    if (!row?.enabled || !kind) return null
    return { id, row, kind, config: configOf(ctx, kind, row), at: ctx.now() }
  },
  async perform({ id, row, kind, config, at }, { platform, signal }): Promise<Result> {
    if (config === null) return { problem: UNREADABLE, retryAfterSeconds: null }
    const wanted = {
      kind,
      config,
      cursor: row.cursor,
      now: at.epochMilliseconds,
      readAt: row.read_at?.epochMilliseconds ?? null,
    }
    const outcome = await readScheduler(wanted, { net: platform.net, log: platform.log, signal })
    if ('problem' in outcome) return outcome
    return { looked: outcome.looked, ...(await takeIn(platform, { id, row, importer: kind.importer }, outcome.looked)) }
  },
  async settle(ctx, { id, at }, result) {
    const row = await find(ctx, id)
    if (!row) return ctx.unchanged(undefined)
    if ('problem' in result) return failed(ctx, row, result)
    const { looked, fresh } = result
    const next = looked.more ? ctx.now() : later(ctx.now(), plusSeconds(at, row.interval_seconds))
    const ago = row.read_at === null ? null : row.read_at
    await ctx.db
      .updateTable('scheduler_states')
      .set((eb) => ({
        cursor: JSON.stringify(looked.cursor),
        about: looked.about.slice(0, 200),
        looked_at: at,
        read_at: looked.more ? ago : at,
        failing_since: null,
        problem: null,
        next_at: next,
        runs: eb('runs', '+', fresh),
      }))
      .where('scheduler_id', '=', id)
      .execute()
    if (!looked.more) await advanceSight(ctx, id, plusSeconds(at, -SETTLED_SECONDS), !looked.complete)
    await keepStrangers(ctx, row, { names: result.strangers, isAll: looked.names !== null })
    await tellHolds(ctx, row.name, result.holds)
    if (looked.estimates) await keepEstimates(ctx, row, { estimates: looked.estimates, ours: result.names })
    ctx.due(lookDue(id, next))
    if (!row.lost_since) return ctx.unchanged(undefined)
    await endLoss(ctx, row, `${row.name} can be read again`)
    ctx.record(schedulerFound, { ...aboutScheduler(row), data: { name: row.name } })
  },
})

const UNREADABLE =
  'what is stored of it cannot be used: it was sealed with another SECRET_KEY, or another version has written it; edit it, and enter its password or token anew'

const configOf = (ctx: Context, kind: SchedulerKind, row: LookedAt): Config | null => {
  try {
    return kind.config.parse(openConfig(row, ctx.crypto))
  } catch {
    return null
  }
}

export const lookDue = (id: string, at: Instant): DueInput => ({
  key: lookKey(id),
  at,
  run: lookAtScheduler,
  input: { id },
  subject: ref('scheduler', id),
})

/** It is asked as soon as somebody can. */
export const lookSoon = async (ctx: Context, id: string): Promise<void> => {
  await ctx.db.updateTable('scheduler_states').set({ next_at: ctx.now() }).where('scheduler_id', '=', id).execute()
  ctx.due(lookDue(id, ctx.now()))
}

const find = (ctx: Context, id: string) =>
  ctx.db
    .selectFrom('schedulers as c')
    .innerJoin('scheduler_states as s', 's.scheduler_id', 'c.id')
    .selectAll('c')
    .select(['s.cursor', 's.read_at', 's.failing_since', 's.lost_since'])
    .where('c.id', '=', id)
    .executeTakeFirst()
type LookedAt = NonNullable<Awaited<ReturnType<typeof find>>>

type Place = { id: string; row: LookedAt; importer: string }

/** Ends of long ago say nothing of how a job is, and would alert of what is over. */
const FIRST_MS = 3_600_000

/** Of a scheduler that is read for the first time: runs that go on, and those that ended within the hour. */
const recent = (told: readonly Told[], now: number): Told[] => {
  const over = new Set(
    told.flatMap((t) => (t.kind !== 'start' && t.kind !== 'log' && t.at < now - FIRST_MS ? [t.run] : [])),
  )
  return told.filter((t) => !over.has(t.run))
}

const takeIn = async (platform: Platform, { id, row, importer }: Place, looked: Looked) => {
  const named = (name: string) => importedName(row.host, name)
  const whole = [...(looked.names ?? []), ...looked.told.filter((t) => !t.isPart).map((t) => t.name)].map(named)
  const held = [...(looked.holds ?? [])].map(([name, hold]) => [named(name), hold] as const)
  const names = [...whole, ...looked.told.map((t) => named(t.name)), ...held.map(([name]) => name)]
  const asked = { kind: importer, names, teamId: row.team_id }
  const { mine, strangers } = await claimJobs(platform.db, id, asked)
  const sent = looked.sent ?? platform.clock.ms()
  const told = row.read_at === null ? recent(looked.told, sent) : looked.told
  const reports = told.flatMap(({ name, isPart: _, ...report }: Told): RunReport[] => {
    const jobId = mine.get(named(name))
    return jobId ? [{ ...report, jobId }] : []
  })
  const fresh = await reportRuns(platform, reports, looked.sent)
  const wholes = new Set(whole)
  const holds = new Map(held.flatMap(([name, hold]) => [[mine.get(name), hold] as const]).filter(isOurs))
  return { fresh, names: mine, holds, strangers: strangers.filter((name) => wholes.has(name)) }
}

const isOurs = (pair: readonly [string | undefined, JobHold]): pair is readonly [string, JobHold] =>
  pair[0] !== undefined

const failed = async (
  ctx: Context,
  row: LookedAt,
  { problem, retryAfterSeconds }: Extract<Outcome, { problem: string }>,
) => {
  const wait = Math.max(row.interval_seconds, FAILED_SECONDS, retryAfterSeconds ?? 0)
  const next = plusSeconds(ctx.now(), wait)
  const known = row.read_at ?? row.created_at
  await ctx.db
    .updateTable('scheduler_states')
    .set({ looked_at: ctx.now(), failing_since: row.failing_since ?? ctx.now(), problem, next_at: next })
    .where('scheduler_id', '=', row.id)
    .execute()
  ctx.due(lookDue(row.id, next))
  const lostAfter = plusSeconds(known, Math.max(LOST_SECONDS, 3 * row.interval_seconds))
  // One look that failed, after a time in which nobody looked, is no loss yet; but one that is to be the last for long is.
  const isLong = (retryAfterSeconds ?? 0) > LOST_SECONDS
  const isYetToCome = Temporal.Instant.compare(isLong ? next : ctx.now(), lostAfter) < 0
  const isFirst = row.failing_since === null && !isLong
  if (row.lost_since || isFirst || isYetToCome) return ctx.unchanged(undefined)
  await blindSight(ctx, row.id, known)
  await tellLoss(ctx, row, problem)
}
