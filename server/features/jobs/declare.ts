import { z } from 'zod'
import { type Environment, slug } from '../../../contract/base.ts'
import { changeJobInput, createJobInput, jobSlug } from '../../../contract/jobs/inputs.ts'
import { type JobSchedule, jobScheduleWith } from '../../../contract/jobs/schedule.ts'
import type { Db } from '../../platform/db/pool.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeJob } from './change.ts'
import { createJob } from './create.ts'
import { heldTo } from './held-to.ts'
import { followed } from './tell.ts'
import { waitsOf } from './waits.ts'

const { name, description, environment, graceSeconds, maxRunSeconds } = changeJobInput.shape
const {
  minRunSeconds,
  minGapSeconds,
  failuresInARow,
  rules,
  tags,
  filters,
  resumesByHand,
  pingsPerSecond,
  tellUnusual,
  waits,
} = changeJobInput.shape
const schema = z.strictObject({
  slug: jobSlug,
  name,
  description,
  service: slug.nullable().optional(),
  environment,
  team: slug.nullable().optional(),
  // Another job is named by its slug here.
  schedule: jobScheduleWith(jobSlug).optional(),
  graceSeconds,
  maxRunSeconds,
  minRunSeconds,
  minGapSeconds,
  failuresInARow,
  rules,
  tags,
  filters,
  resumesByHand,
  pingsPerSecond,
  tellUnusual,
  waits,
})

/** A job, known by its slug. What is archived is not written out. */
export const jobDeclaration = declare<z.output<typeof schema>>({
  kind: 'job',
  help: 'Scheduled work that is heard of, known by its slug; `schedule` is {kind: cron or oncalendar, expression, zone}, {kind: period, seconds}, {kind: business, calendars, day, times, zone}, {kind: arrival, file, host, day, times, zone} or {kind: after, job, seconds}, where `job` is the slug of one that is there or stands above it.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('jobs as j')
      .leftJoin('services as s', 's.id', 'j.service_id')
      .leftJoin('teams as t', 't.id', 'j.team_id')
      .leftJoin('jobs as a', (join) => join.on(followed))
      .selectAll('j')
      .select(['s.slug as service', 't.slug as team', 'a.slug as follows'])
      .where('j.archived_at', 'is', null)
      .orderBy('j.slug')
      .execute()
    const waits = new Map((await db.selectFrom('job_waits').selectAll().execute()).map((w) => [w.job_id, waitsOf(w)]))
    return inOrder(rows).map((j) => ({
      id: j.id,
      item: {
        slug: j.slug,
        name: j.name,
        description: j.description,
        service: j.service,
        environment: j.environment as Environment,
        team: j.team,
        ...heldTo(j),
        schedule: bySlug(heldTo(j).schedule, j.follows),
        waits: waits.get(j.id) ?? null,
      },
    }))
  },
  async write(ctx, { service, team, schedule, ...rest }, id) {
    const fields = given({
      ...rest,
      schedule: schedule && (await byId(ctx.db, schedule)),
      serviceId: service && (await idNamed(ctx.db, namedBy('services', 'service', 'service'), service, 'service')),
      teamId: team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team')),
    })
    if (id) await changeJob.run(ctx, { id, ...fields })
    else if (!fields.schedule) throw invalid('schedule', 'must be given: when the job is expected')
    else await createJob.run(ctx, createJobInput.parse({ name: fields.slug, ...fields }))
  },
})

/** What others follow stands above them, so that all of it can be written anew. */
const inOrder = <R extends { id: string; schedule: unknown }>(rows: readonly R[]): R[] => {
  const byId = new Map(rows.map((r) => [r.id, r]))
  const depthOf = (r: R | undefined, most = rows.length): number => {
    const s = r?.schedule as JobSchedule | undefined
    return s?.kind === 'after' && most > 0 ? 1 + depthOf(byId.get(s.job), most - 1) : 0
  }
  const depths = new Map(rows.map((r) => [r, depthOf(r)]))
  return rows.toSorted((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0))
}

const bySlug = (s: JobSchedule, slug: string | null): JobSchedule =>
  s.kind === 'after' && slug !== null ? { ...s, job: slug } : s

const byId = async (db: Db, s: JobSchedule): Promise<JobSchedule> =>
  s.kind === 'after' ? { ...s, job: await idNamed(db, namedBy('jobs', 'job', 'job'), s.job, 'schedule.job') } : s
