import { sql } from 'kysely'
import type { Context } from '../../../platform/context.ts'
import { rereadBars } from '../bars.ts'
import { uuidOf } from '../define-dialect.ts'
import { KEPT_DAYS } from '../kept-days.ts'
import { type PingRow, pingInsert, unsent } from '../ping-rows.ts'

/** A run that had ended before a scheduler was imported, as it reports it. Epoch milliseconds. */
export type PastRun = { startedAt: number; endedAt: number; failed: boolean; exit: number | null }

/** What marks such a run, wherever it is shown. */
export const IMPORTED_NOTE = 'Imported from a report of its scheduler.'

const AT_ONCE = 1_000
const DAY_MS = 86_400_000

/** Those that may still come on record: no older than runs are kept. */
export const keptRuns = (runs: readonly PastRun[], now: number): PastRun[] =>
  runs.filter(({ endedAt }) => endedAt > now - KEPT_DAYS * DAY_MS && endedAt <= now)

/**
 * Puts runs of the past on record that ended before the first one that a job has told us itself. They change no state
 * and nobody is told of them; twice the same counts once. Answers how many are new. Inner function.
 */
export const writePastRuns = async (
  ctx: Context,
  given: readonly { jobId: string; runs: readonly PastRun[] }[],
): Promise<number> => {
  const now = ctx.now().epochMilliseconds
  const jobs = given.filter(({ runs }) => runs.length > 0)
  const first = await firstOwn(
    ctx,
    jobs.map(({ jobId }) => jobId),
  )
  const rows = jobs.flatMap(({ jobId, runs }) => {
    const own = first.get(jobId) ?? Number.POSITIVE_INFINITY
    return keptRuns(runs, now)
      .filter(({ endedAt }) => endedAt < own)
      .map((run) => rowOf(jobId, run))
  })
  let written = 0
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const { numAffectedRows } = await pingInsert(rows.slice(from, from + AT_ONCE)).execute(ctx.db)
    written += Number(numAffectedRows ?? 0)
  }
  const ids = [...new Set(rows.map(({ jobId }) => jobId))]
  for (let from = 0; from < ids.length; from += AT_ONCE) await rereadBars(ctx.db, ids.slice(from, from + AT_ONCE))
  return written
}

const firstOwn = async (ctx: Context, ids: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await sql<{ id: string; at: number }>`
    select j as id, (extract(epoch from f.at) * 1000)::float8 as at from unnest(${[...ids]}::uuid[]) j cross join lateral (
      select least(p.at, p.happened_at, p.started_at) as at from pings p where p.job_id = j and p.kind <> 'log' and p.note is distinct from ${IMPORTED_NOTE}
      order by p.at limit 1) f`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r.at]))
}

const rowOf = (jobId: string, { startedAt, endedAt, failed, exit }: PastRun): PingRow => {
  // The same run has the same id, whenever it is imported.
  const id = uuidOf(`past run ${startedAt} ${endedAt}`)
  return {
    jobId,
    received: endedAt,
    id,
    kind: failed ? 'fail' : 'success',
    happened: endedAt,
    run: id,
    rid: null,
    exit: exit !== null && exit >= 0 && exit <= 255 ? exit : null,
    startedAt,
    dueAt: null,
    ...unsent,
    note: IMPORTED_NOTE,
    verdicts: failed ? ['failed'] : [],
  }
}
