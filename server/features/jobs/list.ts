import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { type ListJobsInput, listJobsInput } from '../../../contract/jobs/inputs.ts'
import { type JobStatus, jobStatuses } from '../../../contract/jobs/words.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { plainArray } from '../../platform/db/plain-array.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { query } from '../../platform/query.ts'
import { barsOf } from './bars.ts'
import { selectJobs, showRows } from './job-rows.ts'
import { type AtRisk, countsIn, type Place, placesIn, weighedIn } from './places.ts'

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
    const page = toPage(await placesOf(ctx, input), input.limit, (r) => [r.rank, r.sort, r.id])
    const { rows, shown } = await shownOf(ctx, page.items)
    const bars = await barsOf(ctx.db, rows)
    return { items: shown.map((row) => ({ ...row, bars: bars.get(row.id) ?? [] })), next: page.next }
  },
})

// One statement, however many there are.
const byIds = (ids: readonly string[]) => sql<boolean>`j.id = any(${plainArray(ids)}::uuid[])`

/** As they are shown, in this order. */
const shownOf = async ({ db, now }: Pick<ReadContext, 'db' | 'now'>, jobs: readonly { id: string }[]) => {
  const ids = jobs.map(({ id }) => id)
  const rows =
    ids.length === 0
      ? []
      : await selectJobs(db, now()).modifyFront(prepared).select('s.bars').where(byIds(ids)).execute()
  const byId = new Map((await showRows(db, rows, now())).map((row) => [row.id, row]))
  return { rows, shown: ids.flatMap((id) => byId.get(id) ?? []) }
}

/** Its index knows words by three letters in a row. What is shorter fits many jobs, and is looked for in each. */
const hasIndex = (words: string) => /[\p{L}\p{N}]{3}/u.test(words)

const place = z.tuple([z.number().int(), z.string(), z.uuid()])
const asPlace = ([rank, sort, id]: z.output<typeof place>): Place => ({ rank, sort, id })

const placesOf = async (ctx: ReadContext, input: ListJobsInput): Promise<Place[]> => {
  // What a signed link may read is named in it, and no job ever is.
  if (ctx.scope.rows !== 'all') return []
  const after = input.cursor ? asPlace(readCursor(input.cursor, place)) : null
  const statuses = shownIn[input.view].filter((s) => input.state === undefined || s === input.state)
  // What fits some words is found once for all statuses, by their index. Otherwise they are asked for until the page is full.
  const groups = input.q && hasIndex(input.q) ? [statuses] : statuses.map((status) => [status])
  const limit = input.limit + 1
  // By id: what changes its status meanwhile is there once.
  const places = new Map<string, Place>()
  for (const group of groups) {
    if (places.size >= limit) break
    // Of so many each time: for the one or two that are still missing the planner would go through all names.
    const { rows } = await placesIn(group, input, ctx.now(), { after, limit }).execute(ctx.db)
    for (const row of rows) if (!places.has(row.id)) places.set(row.id, row)
  }
  return [...places.values()].slice(0, limit)
}

const CAP = 1_001

const counted = {
  trouble,
  missing: ['missing'],
  failed: ['failed'],
  late: ['late'],
  running: ['running', 'running_long'],
  paused: ['paused'],
} as const satisfies Record<string, readonly JobStatus[]>

/** How many jobs are in which state, for the side bar and the views; each is cut at 1,001. */
export const countJobs = query('job.counts', {
  permission: 'job.read',
  input: z.object({}),
  async run(ctx) {
    const sees = ctx.scope.rows === 'all'
    const statuses = [...new Set(Object.values(counted).flat())]
    const { rows } = sees ? await countsIn(statuses, { view: 'all' }, ctx.now(), CAP).execute(ctx.db) : { rows: [] }
    const of = (these: readonly JobStatus[]) =>
      Math.min(
        CAP,
        rows.filter((r) => these.includes(r.status)).reduce((sum, r) => sum + r.n, 0),
      )
    const some = async (where: RawBuilder<unknown>) => {
      const found = await sql<{ n: number }>`
        select count(*)::int as n from (select 1 from jobs where ${where} and ${sees} limit ${CAP}) counted`.execute(
        ctx.db,
      )
      return found.rows[0]?.n ?? 0
    }
    return {
      all: await some(sql`archived_at is null`),
      trouble: of(counted.trouble),
      missing: of(counted.missing),
      failed: of(counted.failed),
      late: of(counted.late),
      running: of(counted.running),
      paused: of(counted.paused),
      archived: await some(sql`archived_at is not null`),
    }
  },
})

const MOST_AT_RISK = 50

const atRisk: readonly AtRisk[] = ['missing', 'running_long', 'late']

/** Jobs that did not come in time or take too long: those of the most critical services first, then what was due first. */
export const jobsAtRisk = query('job.at_risk', {
  permission: 'job.read',
  input: z.object({}),
  async run(ctx) {
    if (ctx.scope.rows !== 'all') return { items: [] }
    // First which, by what orders them, and then all that is shown of those: after a bad night there are thousands.
    const { rows: found } = await sql<{ id: string; tier: number | null }>`
      select r.id, v.tier from (${weighedIn(atRisk, ctx.now())}) r left join services v on v.id = r.service_id
      order by (r.environment <> 'prod'), coalesce(v.tier, 5), r.due, r.id
      limit ${MOST_AT_RISK}`.execute(ctx.db)
    const tiers = new Map(found.map(({ id, tier }) => [id, tier]))
    const { shown } = await shownOf(ctx, found)
    return { items: shown.map((row) => ({ ...row, tier: tiers.get(row.id) ?? null })) }
  },
})
