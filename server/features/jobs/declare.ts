import { z } from 'zod'
import { type Environment, slug } from '../../../contract/base.ts'
import type { PingFilters } from '../../../contract/jobs/filters.ts'
import { changeJobInput, createJobInput, jobSlug } from '../../../contract/jobs/inputs.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { JobRules } from '../../../contract/jobs/words.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeJob } from './change.ts'
import { createJob } from './create.ts'

const { name, description, environment, schedule, graceSeconds, maxRunSeconds } = changeJobInput.shape
const { minRunSeconds, minGapSeconds, failuresInARow, rules, tags, filters, resumesByHand, pingsPerSecond } =
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
})

/** A job, known by its slug. What is archived is not written out. */
export const jobDeclaration = declare<z.output<typeof schema>>({
  kind: 'job',
  help: 'Scheduled work that is heard of, known by its slug; `schedule` is {kind: cron or oncalendar, expression, zone} or {kind: period, seconds}.',
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
    return rows.map((j) => ({
      id: j.id,
      item: {
        slug: j.slug,
        name: j.name,
        description: j.description,
        service: j.service,
        environment: j.environment as Environment,
        team: j.team,
        schedule: j.schedule as unknown as JobSchedule,
        graceSeconds: j.grace_seconds,
        maxRunSeconds: j.max_run_seconds,
        minRunSeconds: j.min_run_seconds,
        minGapSeconds: j.min_gap_seconds,
        failuresInARow: j.failures_in_a_row,
        rules: j.rules as JobRules,
        tags: j.tags,
        filters: j.filters as unknown as PingFilters,
        resumesByHand: j.resumes_by_hand,
        pingsPerSecond: j.pings_per_second,
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
