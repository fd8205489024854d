import { sql } from 'kysely'
import type { GraphJob } from '../../../contract/chains/graph.ts'
import { graphInput } from '../../../contract/chains/graph.ts'
import type { NightEdge } from '../../../contract/chains/night.ts'
import { type Condition, noWaits } from '../../../contract/jobs/waits.ts'
import type { JobStatus } from '../../../contract/jobs/words.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { statusAt } from '../jobs/index.ts'
import { conditionWords } from './condition-words.ts'
import { type Definitions, type JobDef, readDefinitions } from './definitions.ts'
import { edgesOf } from './edges-of.ts'
import { findingsOf } from './findings.ts'
import { buildGraph } from './predict/graph.ts'

const MOST_JOBS = 5_000

/** What a job waits for and what waits for it, so many levels each way. */
export const graphAround = query('chain.graph', {
  permission: 'chain.read',
  input: graphInput,
  async run(ctx, { id, up, down }) {
    if (ctx.scope.rows !== 'all') throw notFound('The job')
    const definitions = await readDefinitions(ctx.db)
    const job = definitions.jobs.get(id) ?? (await loneJob(ctx, id))
    const levels = new Map([[id, 0]])
    // The boxes that they are in: they wait for the start of these, not for the other members, and end before them.
    const around = new Set<string>()
    const isCut = spread(levels, id, up, -1, (one) => {
      const box = boxOf(definitions, one)
      if (box && !levels.has(box)) around.add(box)
      return beforeOf(definitions, one, around.has(one))
    })
    const isCutDown = spread(levels, id, down, 1, (one) => afterOf(definitions, one), around)
    const levelOf = (one: JobDef) => levels.get(one.id) ?? 0
    const jobs = [...levels.keys()]
      .flatMap((one) => definitions.jobs.get(one) ?? (one === id ? [job] : []))
      .toSorted((a, b) => levelOf(a) - levelOf(b) || a.name.localeCompare(b.name))
    const here = new Set(levels.keys())
    const more = (list: readonly string[]) => list.some((one) => !here.has(one) && definitions.jobs.has(one))
    const [states, deadlines] = [await statesOf(ctx, jobs), await deadlinesOf(ctx, jobs)]
    const nameOf = (one: string) => definitions.jobs.get(one)?.name ?? one
    const graph = buildGraph(
      jobs.map((one) => ({
        id: one.id,
        name: one.name,
        origin: null,
        key: null,
        waits: within(one, definitions, here),
        zone: 'UTC',
        gates: null,
        shares: [],
      })),
    )
    return {
      job: { id, name: job.name },
      jobs: jobs.map(
        (one): GraphJob => ({
          id: one.id,
          name: one.name,
          service: one.serviceId ? { id: one.serviceId, name: one.service ?? '' } : null,
          team: one.teamId ? { id: one.teamId, name: one.team ?? '' } : null,
          environment: one.environment,
          origin: one.origin,
          isBox: one.waits.isBox,
          box: one.waits.box && definitions.jobs.has(one.waits.box) ? one.waits.box : null,
          level: levelOf(one),
          state: states.get(one.id) ?? 'new',
          condition: one.waits.condition && conditionWords(one.waits.condition, nameOf),
          deadlines: deadlines.get(one.id) ?? [],
          hasMore: { up: more(beforeOf(definitions, one.id)), down: more(afterOf(definitions, one.id)) },
        }),
      ),
      edges: edgesOf(jobs, definitions) satisfies NightEdge[],
      findings: findingsOf({ graph, jobs, models: [] }, null).filter((f) => f.kind !== 'no_statistics'),
      cut: isCut || isCutDown,
    }
  },
})

/** What is not within the levels is not unknown: only names that no job has are. */
const within = (job: JobDef, { jobs }: Definitions, here: ReadonlySet<string>): JobDef['waits'] => {
  const box = job.waits.box && jobs.has(job.waits.box) ? job.waits.box : null
  const isBeyond = (ref: string) => jobs.has(ref) && !here.has(ref)
  return { ...job.waits, box, condition: job.waits.condition && without(job.waits.condition, isBeyond) }
}

const without = (condition: Condition, isBeyond: (ref: string) => boolean): Condition | null => {
  if (condition.kind === 'job' || condition.kind === 'exit') return isBeyond(condition.job) ? null : condition
  if (condition.kind !== 'all' && condition.kind !== 'any') return condition
  const of = condition.of.flatMap((one) => without(one, isBeyond) ?? [])
  return of.length === 0 ? null : { ...condition, of }
}

const boxOf = ({ jobs }: Definitions, id: string): string | null => {
  const box = jobs.get(id)?.waits.box
  return box && jobs.has(box) ? box : null
}

const beforeOf = (definitions: Definitions, id: string, withoutMembers = false): string[] => {
  const box = boxOf(definitions, id)
  const members = withoutMembers ? [] : (definitions.members.get(id) ?? [])
  return [...(definitions.jobs.get(id)?.before ?? []), ...(box ? [box] : []), ...members]
}

const afterOf = (definitions: Definitions, id: string): string[] => {
  const box = boxOf(definitions, id)
  return [...(definitions.after.get(id) ?? []), ...(box ? [box] : [])]
}

/** Level by level, so that what is left out is what is furthest. Answers whether something was. */
const spread = (
  levels: Map<string, number>,
  from: string,
  most: number,
  sign: 1 | -1,
  next: (id: string) => readonly string[],
  /** Gone through once more, although they have a level. */
  through: Iterable<string> = [],
): boolean => {
  const again = new Set(through)
  let front = [from]
  for (let level = 1; level <= most && front.length > 0; level++) {
    const found: string[] = []
    for (const id of front)
      for (const other of next(id)) {
        if (again.delete(other)) found.push(other)
        if (levels.has(other)) continue
        if (levels.size >= MOST_JOBS) return true
        levels.set(other, sign * level)
        found.push(other)
      }
    front = found
  }
  return false
}

/** A job that nothing waits for and that waits for nothing. */
const loneJob = async (ctx: ReadContext, id: string): Promise<JobDef> => {
  const { rows } = await sql<Omit<JobDef, 'waits' | 'before'>>`
    select j.id, j.name, j.slug, j.team_id as "teamId", t.name as team, j.service_id as "serviceId", v.name as service,
      j.environment, j.schedule, o.kind as origin, o.host
    from jobs j left join job_origins o on o.job_id = j.id left join teams t on t.id = j.team_id
      left join services v on v.id = j.service_id where j.id = ${id}`.execute(ctx.db)
  const [row] = rows
  if (!row) throw notFound('The job')
  return { ...row, waits: noWaits, before: new Set() }
}

const statesOf = async (ctx: ReadContext, jobs: readonly JobDef[]): Promise<Map<string, JobStatus>> => {
  const ids = jobs.map((job) => job.id)
  const { rows } = await sql<{ id: string; state: JobStatus }>`
    select j.id, ${statusAt(ctx.now())} as state from jobs j join job_states s on s.job_id = j.id
    where j.id = any(${ids}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r.state]))
}

const deadlinesOf = async (ctx: ReadContext, jobs: readonly JobDef[]) => {
  const ids = jobs.map((job) => job.id)
  const { rows } = await sql<{ job: string; id: string; name: string }>`
    select job_id as job, id, name from chain_deadlines where job_id = any(${ids}::uuid[]) order by lower(name)`.execute(
    ctx.db,
  )
  const found = new Map<string, { id: string; name: string }[]>()
  for (const { job, ...deadline } of rows) found.set(job, [...(found.get(job) ?? []), deadline])
  return found
}
