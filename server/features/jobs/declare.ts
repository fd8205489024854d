import { z } from 'zod'
import { type Environment, slug } from '../../../contract/base.ts'
import { changeJobInput, createJobInput, jobSlug } from '../../../contract/jobs/inputs.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeJob } from './change.ts'
import { createJob } from './create.ts'
import { heldTo } from './held-to.ts'
import { waitsOf } from './waits.ts'

const { name, description, environment, schedule, graceSeconds, maxRunSeconds } = changeJobInput.shape
const { minRunSeconds, minGapSeconds, failuresInARow, rules, tags, filters, resumesByHand, pingsPerSecond, waits } =
  changeJobInput.shape
const schema = z.strictObject({
  slug: jobSlug,
  name,
  description,
  service: slug.nullable().optional(),
  environment,
  team: slug.nullable().optional(),
  schedule,
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
  waits,
})

/** A job, known by its slug. What is archived is not written out. */
export const jobDeclaration = declare<z.output<typeof schema>>({
  kind: 'job',
  help: 'Scheduled work that is heard of, known by its slug; `schedule` is {kind: cron or oncalendar, expression, zone}, {kind: period, seconds} or {kind: waits, zone}; `waits` names other jobs by their slugs.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('jobs as j')
      .leftJoin('services as s', 's.id', 'j.service_id')
      .leftJoin('teams as t', 't.id', 'j.team_id')
      .selectAll('j')
      .select(['s.slug as service', 't.slug as team'])
      .where('j.archived_at', 'is', null)
      .orderBy('j.slug')
      .execute()
    const waits = new Map((await db.selectFrom('job_waits').selectAll().execute()).map((w) => [w.job_id, waitsOf(w)]))
    return rows.map((j) => ({
      id: j.id,
      item: {
        slug: j.slug,
        name: j.name,
        description: j.description,
        service: j.service,
        environment: j.environment as Environment,
        team: j.team,
        ...heldTo(j),
        waits: waits.get(j.id) ?? null,
      },
    }))
  },
  async write(ctx, { service, team, ...rest }, id) {
    const fields = given({
      ...rest,
      serviceId: service && (await idNamed(ctx.db, namedBy('services', 'service', 'service'), service, 'service')),
      teamId: team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team')),
    })
    if (id) await changeJob.run(ctx, { id, ...fields })
    else if (!fields.schedule) throw invalid('schedule', 'must be given: when the job is expected')
    else await createJob.run(ctx, createJobInput.parse({ name: fields.slug, ...fields }))
  },
})
