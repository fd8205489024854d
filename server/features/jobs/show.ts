import { sql } from 'kysely'
import { canJob } from '../../../contract/jobs/can.ts'
import type { PingFilters } from '../../../contract/jobs/filters.ts'
import { jobIdInput } from '../../../contract/jobs/inputs.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { barsOf } from './bars.ts'
import type { DayClass } from './day-class.ts'
import { isExpected } from './guard.ts'
import { openRunsOf, selectJobs, showRow } from './job-rows.ts'
import { zoneOf } from './job-words.ts'
import { type Norms, usualOn } from './norms.ts'
import { expectedTimes } from './preview.ts'
import { showOpen } from './run-rows.ts'
import { businessDaysOf } from './schedule/open-calendars.ts'
import { classesAt } from './statistics.ts'
import { heldRunOf, openAlertsOf } from './tell.ts'
import { readWaits } from './waits.ts'

export const readJob = query('job.read', {
  permission: 'job.read',
  input: jobIdInput,
  async run(ctx, { id }) {
    if (ctx.scope.rows !== 'all') throw notFound('The job')
    return showJob(ctx, id)
  },
})

const sharesSlug = sql<boolean>`exists (select 1 from jobs o
  where o.slug = j.slug and o.team_id = j.team_id and o.id <> j.id and o.archived_at is null)`

const isFiltering = (f: PingFilters) => f.post || f.httpBody || f.subject || f.body

type Ignored = { id: string; at: Instant; method: string | null; from: string | null; output: string | null }

/** Few pings are looked through: the page is read again every few seconds. */
const ignoredOf = async (db: Db, id: string): Promise<Ignored[]> => {
  const { rows } = await sql<Ignored>`
    select id, at, method, coalesce(host, remote) as "from", left(output, 200) as output from (
      select * from pings where job_id = ${id} order by at desc, id desc limit 500) newest
    where kind = 'ignored' order by at desc, id desc limit 5`.execute(db)
  return rows
}

const usualNext = (norms: Norms | null, dayClass: DayClass | undefined) =>
  usualOn(norms, dayClass).map(([measure, { low, high, n, median, dayClass: of }]) => ({
    measure,
    low,
    high,
    n,
    median,
    dayClass: of,
  }))

/** A job with all that its page shows. */
export const showJob = async (ctx: Pick<ReadContext, 'db' | 'now' | 'config'>, id: string) => {
  const r = await selectJobs(ctx.db, ctx.now())
    .where('j.id', '=', id)
    .select([
      'j.description',
      'j.pings_per_second',
      'j.tell_unusual',
      'g.norms',
      'j.filters',
      'j.resumes_by_hand',
      'j.badge',
      sharesSlug.as('shares_slug'),
      'j.created_at',
      'j.updated_at',
      's.pings',
      's.bars',
    ])
    .executeTakeFirst()
  if (!r) throw notFound('The job')
  const row = await showRow(ctx.db, r, ctx.now())
  const facts = { name: r.name, paused: r.paused_at !== null, archived: r.archived_at !== null, due: isExpected(r) }
  const expected = await expectedTimes(ctx.db, row.schedule, r.last_at ?? null, ctx.now())
  const days = (await businessDaysOf(ctx.db, [row.schedule]))(row.schedule)
  const [dayClass] = classesAt((row.dueAt ?? ctx.now()).epochMilliseconds, zoneOf(row.schedule), days)
  const filters = r.filters as unknown as PingFilters
  const base = (ctx.config.BASE_URL ?? `http://localhost:${ctx.config.PORT}`).replace(/\/$/, '')
  return {
    ...row,
    bars: (await barsOf(ctx.db, [r])).get(id) ?? [],
    description: r.description,
    pingUrl: `${base}/ping/${id}`,
    late:
      r.late_until && Temporal.Instant.compare(r.late_until, ctx.now()) > 0
        ? { until: r.late_until, reason: r.late_reason }
        : null,
    filters,
    resumesByHand: r.resumes_by_hand,
    waits: await readWaits(ctx.db, id),
    ignored: isFiltering(filters) ? await ignoredOf(ctx.db, id) : [],
    sharesSlug: r.shares_slug,
    badgeUrl: `${base}/b/2/${r.badge}.svg`,
    pingsPerSecond: r.pings_per_second,
    tellUnusual: r.tell_unusual,
    usual: usualNext(r.norms as Norms | null, dayClass),
    pings: r.pings,
    nextTimes: facts.paused || facts.archived ? [] : expected.times,
    unknownFrom: expected.unknownFrom,
    notes: expected.notes,
    zone: expected.zone,
    openRuns: openRunsOf(r).map(showOpen),
    alerts: (await openAlertsOf(ctx.db, id)).map((a) => ({
      id: a.id,
      kind: a.kind,
      status: a.status,
      title: a.title,
      acknowledgedBy: a.acknowledgedBy,
      ticket: a.ticketId && a.number ? { id: a.ticketId, number: a.number, state: a.ticketState ?? '' } : null,
    })),
    toldBy: r.sight === null || r.sight_id === null ? null : { id: r.sight_id, name: r.sight },
    heldRun: await heldRunOf(ctx.db, id, openRunsOf(r).at(-1)?.run ?? null),
    can: {
      change: canJob.change(facts),
      pause: canJob.pause(facts),
      resume: canJob.resume(facts),
      expectLate: canJob.expectLate(facts),
      skip: canJob.skip(facts),
      archive: canJob.archive(facts),
      restore: canJob.restore(facts),
    },
    createdAt: r.created_at,
    updatedAt: r.updated_at,
  }
}
