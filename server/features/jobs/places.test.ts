import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JobStatus, jobStatuses } from '../../../contract/jobs/words.ts'
import { type ScratchDatabase, scratchDatabase } from '../../../test/harness/database.ts'
import { createDb, createPool, type Db } from '../../platform/db/pool.ts'
import { createLog } from '../../platform/log.ts'
import { statusAt } from './job-rows.ts'
import { countsIn, type JobFilter, type Place, placesIn, weighedIn } from './places.ts'
import { writeTags } from './tags.ts'

/** Each way in which a job can stand, once: what the list finds by its indexes is what a reader is shown. */

const now = Temporal.Instant.from('2026-11-23T07:05:00Z')
let database: ScratchDatabase
let db: Db
beforeAll(async () => {
  database = await scratchDatabase()
  db = createDb(createPool(database.url, 2, createLog('silent')))
  await sql`
    with ways as materialized (
      select gen_random_uuid() as id, row_number() over () as n, p.*, a.*, l.*, o.*, m.*, c.*, u.*, d.*
      from (values (null), (timestamptz '2026-11-20')) p(paused), (values (null), (timestamptz '2026-11-20')) a(archived),
        (values (false), (true)) l(long),
        (values ('[]'::jsonb), ('[{"run": "a", "at": 1}]'), ('[{"run": "a", "at": 1, "over": true}]')) o(open),
        (values (null), (timestamptz '2026-11-22')) m(missed), (values (null), ('success'), ('fail')) c(outcome),
        (values (null), (timestamptz '2026-11-22')) u(unheard),
        (values (null), (timestamptz '2026-11-23T07:04:59Z'), ('2026-11-23T07:05:00Z'), ('2026-11-23T07:05:01Z')) d(due)),
    made as (
      insert into jobs (id, slug, name, schedule, grace_seconds, environment, tags, paused_at, archived_at, created_at, updated_at)
      select id, 'job-' || n, (array['Batch', 'batch', 'Ledger', 'prices'])[1 + n % 4] || ' ' || n / 8, '{"kind": "period", "seconds": 60}', 60,
        (array['prod', 'uat'])[1 + n % 2], array['t' || n % 3], paused, archived, ${now}, ${now} from ways returning id)
    insert into job_states (job_id, is_long, open, missed_at, outcome, unheard_at, due_at, ran_on)
    select w.id, long, open, missed, outcome, unheard, due, (array['prdbat01', 'prdbat02', null])[1 + n % 3] from ways w join made using (id)`.execute(
    db,
  )
  await writeTags(
    db,
    (await db.selectFrom('jobs').select('id').execute()).map(({ id }) => id),
  )
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

type Known = Place & {
  status: JobStatus
  name: string
  environment: string
  tags: string[]
  archived: boolean
  host: string | null
}

const simply = async (statuses: readonly JobStatus[], wanted: (job: Known) => boolean): Promise<Place[]> => {
  const { rows } = await sql<Known>`
    select j.id, lower(j.name) as sort, j.name, j.environment, j.tags, j.archived_at is not null as archived, s.ran_on as host, ${statusAt(now)} as status,
      array_position(${[...jobStatuses]}::text[], ${statusAt(now)}) as rank
    from jobs j join job_states s on s.job_id = j.id order by rank, sort, j.id`.execute(db)
  return rows
    .filter((job) => statuses.includes(job.status) && wanted(job))
    .map(({ id, sort, rank }) => ({ id, sort, rank }))
}

const page = async (statuses: readonly JobStatus[], filter: JobFilter, after: Place | null, limit: number) =>
  (await placesIn(statuses, filter, now, { after, limit }).execute(db)).rows

describe('the places of jobs in a list', () => {
  it.each(jobStatuses)('finds all that are %s, by name', async (status) => {
    const expected = await simply([status], (job) => !job.archived)
    expect(expected.length).toBeGreaterThan(0)
    expect(await page([status], { view: 'all' }, null, 2_000)).toEqual(expected)
  })

  it.each(jobStatuses)('finds words among those that are %s, and what comes after one of them', async (status) => {
    const expected = await simply([status], (job) => !job.archived && /c/i.test(job.name))
    const [first = null, ...others] = expected
    expect(first).not.toBeNull()
    expect(await page([status], { view: 'all', q: 'C' }, null, 2_000)).toEqual(expected)
    expect(await page([status], { view: 'all', q: 'C' }, first, 2_000)).toEqual(others)
  })

  it.each<[string, readonly JobStatus[], JobFilter, (job: Known) => boolean]>([
    ['all', jobStatuses, { view: 'all' }, (job) => !job.archived],
    ['those of some statuses', ['failed', 'running', 'paused'], { view: 'all' }, (job) => !job.archived],
    ['those of a tag', jobStatuses, { view: 'all', tag: 't1' }, (job) => !job.archived && job.tags.includes('t1')],
    [
      'those of a host',
      jobStatuses,
      { view: 'all', host: 'PRDBAT01.bank.example:9100' },
      (job) => !job.archived && job.host === 'prdbat01',
    ],
    [
      'words of a host',
      jobStatuses,
      { view: 'all', host: 'prdbat02', q: 'C' },
      (job) => !job.archived && job.host === 'prdbat02' && /c/i.test(job.name),
    ],
    ['what is archived', jobStatuses, { view: 'archived' }, (job) => job.archived],
    [
      'words and an environment',
      jobStatuses,
      { view: 'all', q: 'BATCH', environment: 'uat' },
      (job) => !job.archived && /batch/i.test(job.name) && job.environment === 'uat',
    ],
  ])('goes through %s page by page, each once', async (_, statuses, filter, wanted) => {
    const found: Place[] = []
    for (let more = true; more; ) {
      const rows = await page(statuses, filter, found.at(-1) ?? null, 97)
      found.push(...rows)
      more = rows.length === 97
    }
    const expected = await simply(statuses, wanted)
    expect(expected.length).toBeGreaterThan(97)
    expect(found).toEqual(expected)
  })

  it('counts them up to a limit', async () => {
    const { rows } = await countsIn(jobStatuses, { view: 'all' }, now, 100).execute(db)
    for (const status of jobStatuses) {
      const all = await simply([status], (job) => !job.archived)
      expect(rows.find((r) => r.status === status)?.n, status).toBe(Math.min(100, all.length))
    }
  })

  it('finds those that are in some statuses, with what weighs them', async () => {
    const { rows } = await sql<{ id: string }>`${weighedIn(['missing', 'late'], now)}`.execute(db)
    const expected = await simply(['missing', 'late'], (job) => !job.archived)
    expect(rows.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
  })
})
