import { sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { type Condition, type JobWaits, noWaits } from '../../../contract/jobs/waits.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { namesIn, waitsOf } from '../jobs/index.ts'
import { type DrawnEdge, readEdges } from './draw-edge.ts'

/** A job with its place in the graph. Jobs that are known stand in `waits` by their ids; any other name is left as it is. */
export type JobDef = {
  id: string
  name: string
  slug: string
  teamId: string | null
  team: string | null
  serviceId: string | null
  service: string | null
  environment: Environment
  schedule: JobSchedule
  /** Kind of its scheduler, and the machine or cluster that it came from. */
  origin: string | null
  host: string | null
  waits: JobWaits
  /** Jobs that its own condition or box names, and those that people have drawn. */
  before: ReadonlySet<string>
}

/** Every job that waits for another or is waited for, of all schedulers. */
export type Definitions = {
  version: string
  jobs: ReadonlyMap<string, JobDef>
  /** Who waits for a job. */
  after: ReadonlyMap<string, readonly string[]>
  members: ReadonlyMap<string, readonly string[]>
  drawn: ReadonlyMap<string, DrawnEdge>
}

export const edgeKey = (from: string, to: string): string => `${from} ${to}`

let known: { db: Db; definitions: Definitions } | null = null

/** The definitions, read anew when one has changed. */
export const readDefinitions = async (db: Db): Promise<Definitions> => {
  const version = await versionOf(db)
  if (known?.definitions.version === version) return known.definitions
  const definitions = await load(db, version)
  known = { db, definitions }
  return definitions
}

/** The marks that changes of what waits for what have left; the name of the database keeps two of a test apart. */
const versionOf = async (db: Db): Promise<string> => {
  const { rows } = await sql<{ version: string }>`${prepared}
    select concat_ws(' ', current_database(), count(*), sum(n), sum(tx::text::numeric)) as version from chain_changes`.execute(
    db,
  )
  return rows[0]?.version ?? ''
}

type Row = Omit<JobDef, 'waits' | 'before'> & {
  key: string | null
  w: Parameters<typeof waitsOf>[0] | null
}

const load = async (db: Db, version: string): Promise<Definitions> => {
  const { rows } = await sql<Row>`
    with named as materialized (
      select unnest(names) as name from job_waits union select box from job_waits where box is not null
      union select schedule ->> 'job' from jobs where schedule ->> 'kind' = 'after')
    select j.id, j.name, j.slug, j.team_id as "teamId", t.name as team, j.service_id as "serviceId", v.name as service,
      j.environment, j.schedule, o.kind as origin, o.host, o.external_id as key, to_jsonb(w) as w
    from jobs j left join job_waits w on w.job_id = j.id left join job_origins o on o.job_id = j.id
      left join teams t on t.id = j.team_id left join services v on v.id = j.service_id
    where j.archived_at is null and (w.job_id is not null or j.schedule ->> 'kind' in ('after', 'arrival')
      or j.id in (select job_id from chain_deadlines) or j.id in (select from_job_id from chain_edges)
      or j.id in (select to_job_id from chain_edges) or j.id::text in (select name from named)
      or j.slug in (select name from named) or o.external_id in (select name from named))`.execute(db)
  const edges = await readEdges(db)
  const find = finder(rows)
  const arrives = arrivals(rows)
  const jobs = new Map<string, JobDef>()
  const drawnTo = Map.groupBy(edges, (e) => e.to)
  const here = new Set(rows.map((r) => r.id))
  for (const { w, key: _, ...row } of rows) {
    const own = w ? waitsOf(w) : noWaits
    const of = (name: string) => find(row.id, name)
    const drawn = (drawnTo.get(row.id) ?? []).filter((e) => here.has(e.from))
    const condition = withDrawn(
      withFollowed(own.condition && resolved(own.condition, of, arrives(row)), row.schedule),
      drawn,
    )
    const waits = { ...own, condition, box: own.box && of(own.box) }
    const before = new Set(namesIn(condition).filter((id) => here.has(id)))
    jobs.set(row.id, { ...row, waits, before })
  }
  return { version, jobs, ...reversed(jobs), drawn: new Map(edges.map((e) => [edgeKey(e.from, e.to), e])) }
}

/** A job whose schedule is to follow another waits for that as well. */
const withFollowed = (condition: Condition | null, schedule: JobSchedule): Condition | null => {
  if (schedule.kind !== 'after') return condition
  const is = schedule.when === 'success' ? 'succeeded' : 'done'
  const follows: Condition = { kind: 'job', job: schedule.job, is, within: 'same-date' }
  return condition ? { kind: 'all', of: [condition, follows] } : follows
}

/** A name as the job that says it means it: an id, one of the same origin, or a short name of the same team, or of one job alone. */
const finder = (rows: readonly Row[]) => {
  const byKey = new Map<string, string>()
  const bySlug = new Map<string, string | null>()
  const put = (name: string, id: string) => bySlug.set(name, bySlug.has(name) ? null : id)
  const byId = new Map(rows.map((r) => [r.id, r]))
  // The machine says nothing here: jobs of one scheduler run on many, and its name for a job is of it alone.
  const keyOf = (r: Row, key: string) => `${r.origin} ${key}`
  const slugOf = (r: Row, slug: string) => `${r.teamId ?? ''} ${slug}`
  for (const r of rows) {
    if (r.key !== null) byKey.set(keyOf(r, r.key), r.id)
    // Two of the same short name: it names none of them.
    put(slugOf(r, r.slug), r.id)
    put(r.slug, r.id)
  }
  return (from: string, name: string): string => {
    const row = byId.get(from)
    if (!row || byId.has(name)) return name
    return byKey.get(keyOf(row, name)) ?? bySlug.get(slugOf(row, name)) ?? bySlug.get(name) ?? name
  }
}

/** The job that a file begins, for another one that waits for that file: one of the same team, or the only one. */
const arrivals = (rows: readonly Row[]) => {
  const byFile = Map.groupBy(
    rows.flatMap(({ id, teamId, schedule: s }) => (s.kind === 'arrival' ? [{ id, teamId, file: s.file }] : [])),
    (one) => one.file,
  )
  return ({ id, teamId }: Pick<Row, 'id' | 'teamId'>) =>
    (path: string): string | null => {
      const all = (byFile.get(path) ?? []).filter((one) => one.id !== id)
      const own = all.filter((one) => one.teamId === teamId)
      const found = own.length > 0 ? own : all
      return found.length === 1 ? (found[0]?.id ?? null) : null
    }
}

const resolved = (c: Condition, of: (name: string) => string, arrives: (path: string) => string | null): Condition => {
  if (c.kind === 'all' || c.kind === 'any') return { kind: c.kind, of: c.of.map((one) => resolved(one, of, arrives)) }
  const job = c.kind === 'file' ? arrives(c.path) : null
  if (job !== null) return { kind: 'job', job, is: 'succeeded', within: 'same-date' }
  return c.kind === 'job' || c.kind === 'exit' ? { ...c, job: of(c.job) } : c
}

/** What people have drawn must hold as well. */
const withDrawn = (own: Condition | null, drawn: readonly DrawnEdge[]): Condition | null => {
  const parts = drawn.map((e): Condition => ({ kind: 'job', job: e.from, is: e.is, within: e.within }))
  const all = own ? [own, ...parts] : parts
  return all.length > 1 ? { kind: 'all', of: all } : (all[0] ?? null)
}

const reversed = (jobs: ReadonlyMap<string, JobDef>) => {
  const after = new Map<string, string[]>()
  const members = new Map<string, string[]>()
  const put = (map: Map<string, string[]>, key: string, id: string) => {
    const list = map.get(key)
    if (list) list.push(id)
    else map.set(key, [id])
  }
  for (const job of jobs.values()) {
    for (const from of job.before) put(after, from, job.id)
    if (job.waits.box && jobs.has(job.waits.box)) put(members, job.waits.box, job.id)
  }
  return { after, members }
}
