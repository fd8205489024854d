import { z } from 'zod'
import { slug } from '../../../contract/base.ts'
import { changeDeadlineInput, createDeadlineInput, type Due } from '../../../contract/chains/deadline.ts'
import type { TellFrom } from '../../../contract/chains/words.ts'
import { jobSlug } from '../../../contract/jobs/inputs.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeDeadline } from './change.ts'
import { createDeadline } from './create.ts'

const { name, due, weekdays, cut, tellFrom, oddsLimit, consequence, audience, cost } = changeDeadlineInput.shape
const schema = z.strictObject({
  slug,
  name,
  job: jobSlug.optional(),
  due,
  weekdays,
  calendar: slug.nullable().optional(),
  cut,
  tellFrom,
  oddsLimit,
  consequence,
  audience,
  cost,
  team: slug.nullable().optional(),
  service: slug.nullable().optional(),
})

/** A deadline, known by its short name. */
export const deadlineDeclaration = declare<z.output<typeof schema>>({
  kind: 'deadline',
  help: 'By when a job must be done with all that it waits for; `due` is {kind: by, time, days, zone} or {kind: in, seconds, zone}.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('chain_deadlines as d')
      .leftJoin('jobs as j', 'j.id', 'd.job_id')
      .leftJoin('services as s', 's.id', 'd.service_id')
      .leftJoin('teams as t', 't.id', 'd.team_id')
      .leftJoin('calendars as c', 'c.id', 'd.calendar_id')
      .selectAll('d')
      .select(['j.slug as job', 's.slug as service', 't.slug as team', 'c.slug as calendar'])
      .orderBy('d.slug')
      .execute()
    return rows.map((d) => ({
      id: d.id,
      item: {
        slug: d.slug,
        name: d.name,
        ...(d.job === null ? {} : { job: d.job }),
        due: d.due as unknown as Due,
        weekdays: d.weekdays,
        calendar: d.calendar,
        cut: d.cut,
        tellFrom: d.tell_from as TellFrom,
        oddsLimit: d.odds_limit,
        consequence: d.consequence,
        audience: d.audience,
        cost: d.cost,
        team: d.team,
        service: d.service,
      },
    }))
  },
  async write(ctx, { service, team, calendar, job, slug: ownSlug, ...rest }, id) {
    const fields = given({
      ...rest,
      jobId: job && (await idNamed(ctx.db, namedBy('jobs', 'job', 'job'), job, 'job')),
      serviceId: service && (await idNamed(ctx.db, namedBy('services', 'service', 'service'), service, 'service')),
      teamId: team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team')),
      calendarId:
        calendar && (await idNamed(ctx.db, namedBy('calendars', 'calendar', 'calendar'), calendar, 'calendar')),
    })
    if (id) await changeDeadline.run(ctx, { id, ...fields })
    else if (!fields.jobId) throw invalid('job', 'must be given: the last job of the chain')
    else if (!fields.due) throw invalid('due', 'must be given: by when it must be done')
    else await createDeadline.run(ctx, createDeadlineInput.parse({ name: ownSlug, slug: ownSlug, ...fields }))
  },
})
