import { sql } from 'kysely'
import { requireScope, system } from '../../platform/access.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Running } from '../../platform/registry-of-work.ts'
import { transact } from '../../platform/transact.ts'
import { flipDue } from './flip.ts'
import { holdBack } from './hold-back.ts'
import { type Observed, type Overdue, overdue } from './overdue.ts'
import { lostRows, pingInsert } from './ping-rows.ts'
import { resumedDue } from './resumed.ts'
import { judgedBy } from './sights/sight.ts'
import { sightsOf } from './sights/sight-rows.ts'
import { lockDue, lockStates, type ReadState, stateWrite } from './state-rows.ts'
import { type Turn, turnInsert, turnOf } from './turns.ts'

const BATCH = 500
const POLL_MS = 1_000
/**
 * A deadline that passed before this process began is looked at only then: a sender may be trying again. Until then it is
 * left as it is, for after a time away it may be that of every job.
 */
const SETTLE_MS = 60_000

/** From when on deadlines are looked at by a process that began at `began`; null: all that have passed. */
const lookedFrom = (began: number, now: number): number | null => (now < began + SETTLE_MS ? began : null)

/**
 * Finds what has not come in time, by the index of the next looks. Any number of processes may do it at once; each
 * takes what no other is at.
 */
export const startSweep = async (platform: Platform): Promise<Running> => {
  const { clock, log } = platform
  const began = clock.ms()
  let armed: { at: number; cancel(): void } | null = null
  let sweeping: Promise<void> | null = null
  let stopped = false

  const arm = (next: number | null) => {
    if (armed?.at === next || stopped) return
    armed?.cancel()
    armed =
      next === null
        ? null
        : { at: next, cancel: clock.timer(Temporal.Instant.fromEpochMilliseconds(next), () => void turn()) }
  }

  const nextNow = () => nextLook(platform.db, lookedFrom(began, clock.ms()))

  const turn = (): Promise<void> => {
    sweeping ??= (async () => {
      let next = await nextNow()
      for (let full = true; full && !stopped && next !== null && next <= clock.ms(); next = await nextNow())
        full = (await sweepOnce(platform, began)) === BATCH
      // What another process is at stays behind for a moment; the poll comes back to it.
      arm(next !== null && next <= clock.ms() ? null : next)
    })()
      .catch((error) => log.debug({ err: (error as Error).message }, 'could not look for jobs that did not come'))
      .finally(() => {
        sweeping = null
      })
    return sweeping
  }

  await turn()
  const timer = setInterval(turn, POLL_MS)
  return {
    idle: async () => {
      await sweeping
      await turn()
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      armed?.cancel()
      await sweeping
    },
  }
}

/** One batch, in one transaction; answers how many jobs it looked at. */
export const sweepOnce = (platform: Platform, began: number): Promise<number> =>
  transact(platform, { actor: system, scope: requireScope(system, 'system') }, async (ctx) => {
    const now = ctx.now().epochMilliseconds
    const locked = await lockPassed(ctx.db, lookedFrom(began, now), now)
    if (locked.length === 0) return 0
    const spans = await observedSpans(
      ctx.db,
      Math.min(...locked.map(({ state }) => Math.min(state.dueAt ?? now, ...state.open.map((r) => r.at)))),
    )
    const sights = await sightsOf(
      ctx.db,
      locked.map((job) => job.id),
    )
    const all = locked.map((job) => {
      const sight = sights.get(job.id)
      const judged = sight ? judgedBy(sight, now) : { now, spans, notBefore: 0 }
      return { job, ...judged, found: overdue(job.state, job.rule, judged.now, judged.spans) }
    })
    const looked = (await holdBack(ctx.db, all)).map((one) => ({ ...one, found: lookedAgain(one) }))
    const rows = looked.flatMap(({ job, found }) => lostRows(job.id, found.lost, now))
    const next = looked.map(({ job, found }) => ({ ...job, state: found.state }))
    const { rows: kept } = await stateWrite(next, rows).execute(ctx.db)
    // A job that was changed meanwhile is looked at again; nothing of this look is told.
    const isKept = new Set(kept.map(({ id }) => id))
    const turns: Turn[] = []
    for (const { job, found } of looked) {
      if (!isKept.has(job.id)) continue
      const turn = turnOf(job.id, job.state, found.state, found.flips[0]?.at ?? now, 'timeout')
      if (turn) turns.push(turn)
      if (found.resumes) ctx.due(resumedDue(job.id, ctx.now()))
      for (const flip of found.flips) ctx.due(flipDue({ ...flip, jobId: job.id }, ctx.now()))
    }
    const lost = rows.filter((r) => isKept.has(r.jobId))
    if (lost.length > 0) await pingInsert(lost).execute(ctx.db)
    if (turns.length > 0) await turnInsert(turns).execute(ctx.db)
    return locked.length
  })

/** As of an earlier time than now, what is ahead may be behind already: it must not come round at once. */
const lookedAgain = ({ found, notBefore }: { found: Overdue; notBefore: number }): Overdue => {
  const { lookAt } = found.state
  return lookAt === null || lookAt >= notBefore ? found : { ...found, state: { ...found.state, lookAt: notBefore } }
}

const passed = (from: number | null) =>
  from === null ? sql`look_at is not null` : sql`look_at > to_timestamp(${from}::float8 / 1000)`

/** Jobs whose deadline may have passed since `from`. What another process is at is left to it. */
const lockPassed = async (db: Db, from: number | null, now: number): Promise<ReadState[]> => {
  if (from === null) return lockDue(db, now, BATCH)
  const { rows } = await sql<{ id: string }>`
    select job_id as id from job_states where ${passed(from)} and look_at <= to_timestamp(${now}::float8 / 1000)
    order by look_at limit ${BATCH} for update skip locked`.execute(db)
  return rows.length === 0
    ? []
    : [
        ...(
          await lockStates(
            db,
            rows.map(({ id }) => id),
          )
        ).values(),
      ]
}

const nextLook = async (db: Db, from: number | null): Promise<number | null> => {
  const { rows } = await sql<{ at: number | null }>`${prepared}
    select (extract(epoch from min(look_at)) * 1000)::int8 as at from job_states where ${passed(from)}`.execute(db)
  return rows[0]?.at ?? null
}

/** When Watchfloor was running, as alerts record it each minute. */
export const observedSpans = async (db: Db, since: number): Promise<Observed[]> => {
  const { rows } = await sql<Observed>`
    select (extract(epoch from from_at) * 1000)::int8 as "from", (extract(epoch from to_at) * 1000)::int8 as "to"
    from observed_spans
    where to_at >= coalesce((select max(to_at) from observed_spans where to_at < to_timestamp(${since}::float8 / 1000)),
      '-infinity') order by from_at`.execute(db)
  return rows
}
