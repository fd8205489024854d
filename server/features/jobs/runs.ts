import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { listRunsInput, runInput } from '../../../contract/jobs/inputs.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { PingKind, RunVerdict } from '../../../contract/jobs/words.ts'
import type { Instant } from '../../platform/clock.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { dateAndTry } from './attempt.ts'
import { requireReadable } from './guard.ts'
import { openRunsOf } from './job-rows.ts'
import { DURATION } from './norms.ts'
import { endsRun, type RunRow, runColumns, showOpen, showRun, unusualOf } from './run-rows.ts'

const place = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

/** Runs that have ended, those we heard of last first. */
export const runsOfJob = query('job.runs', {
  permission: 'job.read',
  input: listRunsInput,
  async run(ctx, { id, cursor, limit, verdict, said }) {
    await requireReadable(ctx, id)
    const before = cursor ? readCursor(cursor, place) : null
    const beyond = before ? sql`and (p.at, p.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : sql``
    // What is kept of outputs has no index: the last runs alone are looked through.
    const from =
      said === undefined
        ? sql`pings p`
        : sql`(select * from pings where job_id = ${id} and kind in ('success', 'fail', 'lost') order by at desc, id desc limit ${MOST_READ}) p`
    const saying = said === undefined ? sql`` : sql`and p.output ilike ${containing(said)}`
    const { rows } = await sql<RunRow>`
      select ${runColumns} from ${from} where p.job_id = ${id} and ${endsRun} ${beyond} ${saying} ${judged(verdict)}
      order by p.at desc, p.id desc limit ${limit + 1}`.execute(ctx.db)
    const page = toPage(rows, limit, (r) => [r.at, r.id])
    const unusual = await unusualOf(
      ctx.db,
      id,
      page.items.map((r) => r.run_id),
    )
    return { next: page.next, items: page.items.map((r) => showRun(r, unusual.get(r.run_id))) }
  },
})

const judged = (verdict: RunVerdict | undefined) => {
  if (verdict === undefined) return sql``
  const unusual = (measure: RawBuilder<unknown>) =>
    sql`and exists (select 1 from unusual_runs u where u.job_id = p.job_id and u.run_id = p.run_id and ${measure})`
  if (verdict === 'unusual_duration') return unusual(sql`u.measure = ${DURATION}`)
  if (verdict === 'unusual_volume') return unusual(sql`u.measure <> ${DURATION}`)
  // Of before there were verdicts, failures are known.
  return verdict === 'failed' ? sql`and p.kind = 'fail'` : sql`and p.verdicts @> array[${verdict}]`
}

type PingRecord = RunRow & {
  any_kind: PingKind
  remote: string | null
  said_host: string | null
  method: string | null
  user_agent: string | null
  output: string | null
  output_id: string | null
}

const MOST_PINGS = 200
const MOST_READ = 1_000

/** A run with what it printed, and its pings. */
export const readRun = query('job.run', {
  permission: 'job.read',
  input: runInput,
  async run(ctx, { id, runId }) {
    await requireReadable(ctx, id)
    const job = await ctx.db
      .selectFrom('jobs as j')
      .innerJoin('job_states as s', 's.job_id', 'j.id')
      .select(['j.name', 'j.schedule', 's.open'])
      .where('j.id', '=', id)
      .executeTakeFirstOrThrow()
    const { rows } = await sql<PingRecord>`
      select * from (select ${runColumns}, p.kind as any_kind, p.remote, p.host as said_host, p.method, p.user_agent, p.output, p.output_id
        from pings p where p.job_id = ${id} and p.run_id = ${runId} order by p.at desc, p.id desc limit ${MOST_PINGS}) newest
      order by at, id`.execute(ctx.db)
    const open = openRunsOf(job).find((r) => r.run === runId)
    const end = rows.findLast((r) => r.any_kind === 'success' || r.any_kind === 'fail' || r.any_kind === 'lost')
    const last = rows.at(-1)
    if (!last) throw notFound('The run')
    const unusual = (await unusualOf(ctx.db, id, [runId])).get(runId)
    const shown = open ? showOpen(open) : showRun(end ?? { ...last, kind: 'lost' }, unusual)
    // Lines of log stand beside it.
    const said = rows.findLast((r) => r.output !== null && r.any_kind !== 'log')
    return {
      ...shown,
      host: shown.host ?? last.host,
      outputBytes: said?.output_bytes ?? 0,
      job: { id, name: job.name },
      ...(await dateAndTry(ctx.db, id, shown, {
        schedule: job.schedule as unknown as JobSchedule,
        end: open ? null : (end ?? last),
      })),
      output: said?.output ?? null,
      hasWhole: said?.output_id != null,
      pings: rows.map(showPing),
    }
  },
})

const showPing = (r: PingRecord & { happened_at: Instant }) => ({
  id: r.id,
  kind: r.any_kind,
  at: r.at,
  happenedAt: r.happened_at,
  exitStatus: r.exit_status,
  host: r.said_host,
  remote: r.remote,
  method: r.method,
  userAgent: r.user_agent,
  output: r.output,
  outputBytes: r.output_bytes,
  note: r.note,
})
