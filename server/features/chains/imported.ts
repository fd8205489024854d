import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Due, due } from '../../../contract/chains/deadline.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { ImportedDeadline } from '../../../contract/jobs/waits.ts'
import { slugOf } from '../../../contract/slug.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { zoneOf } from '../jobs/index.ts'
import { deadlineChanged, deadlineSet } from './events.ts'
import { aboutDeadline } from './guard.ts'
import { predictSoon } from './predict-due.ts'

type Origin = {
  jobId: string
  job: string
  schedule: JobSchedule
  teamId: string | null
  serviceId: string | null
  deadlines: ImportedDeadline[]
  /** Of its importer. */
  kind: string
}
/** As its scheduler says it: `key` finds it again among those of its job. */
type Said = { key: string; name: string; due: Due }
type Stored = { id: string; name: string; due: Due; said: Said; serviceId: string | null; teamId: string | null }

/**
 * Makes deadlines of what schedulers say of their jobs, and changes those whose scheduler says something else now. What
 * people have changed here stays, as long as their scheduler says the same; what it says no more is left to people.
 */
export const takeImported = verb('deadline.take_imported', {
  permission: 'system',
  input: z.object({}).loose(),
  async run(ctx) {
    await sql`select pg_advisory_xact_lock(928200039)`.execute(ctx.db)
    let changes = 0
    const stored = await storedByJob(ctx)
    for (const origin of await originsWith(ctx)) changes += await take(ctx, origin, stored.get(origin.jobId) ?? [])
    if (changes === 0) ctx.unchanged(undefined)
  },
})

const originsWith = async (ctx: Context): Promise<Origin[]> => {
  const { rows } = await sql<Origin>`
    select j.id as "jobId", j.name as job, j.schedule, j.team_id as "teamId", j.service_id as "serviceId", o.deadlines, o.kind
    from job_origins o join jobs j on j.id = o.job_id
    where o.deadlines <> '[]' and j.archived_at is null order by j.id`.execute(ctx.db)
  return rows
}

const storedByJob = async (ctx: Context): Promise<Map<string, Stored[]>> => {
  const { rows } = await sql<Stored & { jobId: string }>`
    select id, job_id as "jobId", name, due, said, service_id as "serviceId", team_id as "teamId" from chain_deadlines
    where job_id is not null and said is not null`.execute(ctx.db)
  return Map.groupBy(rows, (r) => r.jobId)
}

const take = async (ctx: Context, origin: Origin, stored: readonly Stored[]): Promise<number> => {
  let changes = 0
  for (const [at, given] of origin.deadlines.entries()) {
    const said = saidOf(origin, given, at)
    if (!said) continue
    const known = stored.find((s) => s.said.key === said.key)
    if (!known) await make(ctx, origin, said)
    else if (!isDeepStrictEqual(known.said, said)) await follow(ctx, origin, known, said)
    else continue
    changes++
  }
  return changes
}

const saidOf = (origin: Origin, given: ImportedDeadline, at: number): Said | null => {
  const zone = zoneOf(origin.schedule)
  // AutoSys counts from the start of the job, others from that of all that leads to it.
  const read = due.safeParse({ ...given, zone, ...(origin.kind === 'jil' && { from: 'job' }) })
  if (!read.success) return null
  return { key: `${given.kind} ${at}`, name: given.name, due: read.data }
}

const make = async (ctx: Context, { jobId, job, teamId, serviceId }: Origin, said: Said): Promise<void> => {
  const id = newId()
  const name = said.name.slice(0, 120) || job
  await ctx.db
    .insertInto('chain_deadlines')
    .values({
      id,
      slug: `${slugOf(name, 50) || 'deadline'}-${id.slice(-6)}`,
      name,
      job_id: jobId,
      due: JSON.stringify(said.due),
      weekdays: [1, 2, 3, 4, 5],
      tell_from: 'predicted_late',
      consequence: '',
      audience: '',
      cost: '',
      team_id: teamId,
      service_id: serviceId,
      said: JSON.stringify(said),
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .execute()
  ctx.record(deadlineSet, {
    ...aboutDeadline({ id, jobId, serviceId }),
    team: teamId,
    data: { name, job, after: { due: said.due } },
  })
  predictSoon(ctx, id)
}

const follow = async (ctx: Context, { jobId }: Origin, known: Stored, said: Said): Promise<void> => {
  const isOurs = !isDeepStrictEqual(known.due, known.said.due)
  const next = isOurs ? known.due : said.due
  await ctx.db
    .updateTable('chain_deadlines')
    .set((eb) => ({
      due: JSON.stringify(next),
      said: JSON.stringify(said),
      updated_at: ctx.now(),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', known.id)
    .execute()
  ctx.record(deadlineChanged, {
    ...aboutDeadline({ id: known.id, jobId, serviceId: known.serviceId }),
    team: known.teamId,
    data: { name: known.name, before: { due: known.due }, after: { due: next } },
  })
  predictSoon(ctx, known.id)
}
