import { sql } from 'kysely'
import { z } from 'zod'
import { type ListJobsInput, listJobsInput } from '../../../contract/jobs/inputs.ts'
import { type JobStatus, jobStatuses } from '../../../contract/jobs/words.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { query } from '../../platform/query.ts'
import { selectJobs, showRows, statusAt } from './job-rows.ts'
import { DURATION } from './norms.ts'
import { barsOf } from './run-rows.ts'

const trouble: readonly JobStatus[] = ['missing', 'failed', 'running_long', 'late', 'unknown']
/** What a view shows. */
export const shownIn: Record<ListJobsInput['view'], readonly JobStatus[]> = {
  all: jobStatuses,
  trouble,
  paused: ['paused'],
  archived: jobStatuses,
}

/** Jobs of a view, what needs somebody first, each with its last runs. */
export const listJobs = query('job.list', {
  permission: 'job.read',
  input: listJobsInput,
  async run(ctx, input) {
    const page = toPage(await placesOf(ctx, input).execute(), input.limit, (r) => [r.rank, r.sort, r.id])
    const ids = page.items.map((r) => r.id)
    const rows = ids.length === 0 ? [] : await selectJobs(ctx.db, ctx.now()).where('j.id', 'in', ids).execute()
    const byId = new Map((await showRows(ctx.db, rows, ctx.now())).map((row) => [row.id, row]))
    const bars = await barsOf(ctx.db, ids)
    const items = ids.flatMap((id) => {
      const row = byId.get(id)
      return row ? [{ ...row, bars: bars.get(id) ?? [] }] : []
    })
    return { items, next: page.next }
  },
})

const place = z.tuple([z.number().int(), z.string(), z.uuid()])

const placesOf = (ctx: ReadContext, input: ListJobsInput) => {
  const after = input.cursor ? readCursor(input.cursor, place) : null
  const statuses = shownIn[input.view].filter((s) => input.state === undefined || s === input.state)
  const ranks = statuses.map((s) => jobStatuses.indexOf(s) + 1)
  return ctx.db
    .selectFrom(filtered(ctx, input).as('places'))
    .selectAll()
    .where(sql<boolean>`rank = any(${ranks}::int[])`)
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(rank, sort, id) > (${after?.[0]}::int, ${after?.[1]}, ${after?.[2]}::uuid)`),
    )
    .orderBy('rank')
    .orderBy('sort')
    .orderBy('id')
    .limit(input.limit + 1)
}

/** Jobs of a filter with their places in a list; those of a view are told by the rank. */
export const filtered = (ctx: ReadContext, f: ListJobsInput) => {
  const rank = sql<number>`array_position(${[...jobStatuses]}::text[], ${statusAt(ctx.now())})`
  let q = ctx.db
    .selectFrom('jobs as j')
    .innerJoin('job_states as s', 's.job_id', 'j.id')
    .select(['j.id', sql<string>`lower(j.name)`.as('sort'), rank.as('rank')])
    .where('j.archived_at', f.view === 'archived' ? 'is not' : 'is', null)
  // What a signed link may read is named in it, and no job ever is.
  if (ctx.scope.rows !== 'all') q = q.where(sql<boolean>`false`)
  if (f.serviceId) q = q.where('j.service_id', '=', f.serviceId)
  if (f.teamId) q = q.where('j.team_id', '=', f.teamId)
  if (f.unusual) q = q.where(unusualIn(f.unusual))
  if (f.tag) q = q.where(sql<boolean>`j.tags @> array[${f.tag}]`)
  if (f.environment) q = q.where('j.environment', '=', f.environment)
  const { q: words } = f
  if (words)
    q = q.where((eb) => eb.or([eb('j.name', 'ilike', containing(words)), eb('j.slug', 'ilike', containing(words))]))
  return q
}

const unusualIn = (what: 'any' | 'duration' | 'volume') => {
  const some = { any: sql`true`, duration: sql`m = ${DURATION}`, volume: sql`m <> ${DURATION}` }[what]
  return sql<boolean>`exists (select 1 from job_norms g, unnest(g.unusual) m where g.job_id = j.id and g.unusual <> '{}' and ${some})`
}

const CAP = 1_001

/** How many jobs are in which state, for the side bar and the views; each is cut at 1,001. */
export const countJobs = query('job.counts', {
  permission: 'job.read',
  input: z.object({}),
  async run(ctx) {
    const all = filtered(ctx, listJobsInput.parse({}))
    const { rows } = await sql<{ rank: number; n: number }>`
      select rank, count(*) as n from ${all.as('places')} group by rank`.execute(ctx.db)
    const archived = filtered(ctx, listJobsInput.parse({ view: 'archived' })).limit(CAP)
    const away = await sql<{ n: number }>`select count(*) as n from ${archived.as('places')}`.execute(ctx.db)
    const of = (...states: JobStatus[]) =>
      Math.min(
        CAP,
        rows.filter((r) => states.includes(jobStatuses[r.rank - 1] ?? 'ok')).reduce((sum, r) => sum + Number(r.n), 0),
      )
    return {
      all: of(...jobStatuses),
      trouble: of(...trouble),
      missing: of('missing'),
      failed: of('failed'),
      late: of('late'),
      running: of('running', 'running_long'),
      paused: of('paused'),
      archived: Number(away.rows[0]?.n ?? 0),
    }
  },
})

const MOST_AT_RISK = 50

const atRisk: readonly JobStatus[] = ['missing', 'running_long', 'late']

/** Jobs that did not come in time or take too long: those of the most critical services first, then what was due first. */
export const jobsAtRisk = query('job.at_risk', {
  permission: 'job.read',
  input: z.object({}),
  async run(ctx) {
    if (ctx.scope.rows !== 'all') return { items: [] }
    const rows = await selectJobs(ctx.db, ctx.now())
      .select('v.tier')
      .where('j.archived_at', 'is', null)
      .where(statusAt(ctx.now()), 'in', [...atRisk])
      .orderBy(sql`(j.environment <> 'prod')`)
      .orderBy(sql`coalesce(v.tier, 5)`)
      .orderBy(sql`coalesce(s.missed_at, s.due_at)`)
      .orderBy('j.id')
      .limit(MOST_AT_RISK)
      .execute()
    const shown = await showRows(ctx.db, rows, ctx.now())
    return { items: shown.map((row, i) => ({ ...row, tier: rows[i]?.tier ?? null })) }
  },
})
