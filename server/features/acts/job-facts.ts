import { sql } from 'kysely'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { businessDateIn, deadlinesOn, openAlertsOfDeadline } from '../chains/index.ts'
import { lastRunOf, openAlertsOf, zoneOf } from '../jobs/index.ts'
import type { Values } from './fill.ts'

export type JobFacts = {
  id: string
  name: string
  /** As its scheduler calls it, where it was imported: people may call it something else here. */
  schedulerName: string
  slug: string
  teamId: string | null
  serviceId: string | null
  environment: string
  tags: string[]
  archived: boolean
  schedule: JobSchedule
  scheduler: string | null
  externalId: string | null
  host: string | null
  box: string | null
}

const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

/** What decides which actions a job has, and what their placeholders stand for. Throws `not_found`. */
export const jobFacts = async ({ db }: Pick<ReadContext, 'db'>, id: string): Promise<JobFacts> => {
  const { rows } = await sql<JobFacts>`
    select j.id, j.name, coalesce(o.said ->> 'name', j.name) as "schedulerName", j.slug, j.team_id as "teamId", j.service_id as "serviceId", j.environment, j.tags,
      j.archived_at is not null as archived, j.schedule, o.kind as scheduler, o.external_id as "externalId", o.host,
      coalesce((select coalesce(p.said ->> 'name', b.name) from jobs b left join job_origins p on p.job_id = b.id where b.id = case when w.box ~ ${uuid} then w.box::uuid end),
        (select coalesce(p.said ->> 'name', b.name) from job_origins p join jobs b on b.id = p.job_id
          where p.kind = o.kind and p.external_id = w.box), w.box) as box
    from jobs j left join job_origins o on o.job_id = j.id left join job_waits w on w.job_id = j.id
    where j.id = ${id}`.execute(db)
  const [job] = rows
  if (!job) throw notFound('The job')
  return job
}

/** The date and the run that somebody means who acts now. */
export const momentOf = async (ctx: Pick<ReadContext, 'db' | 'now'>, job: JobFacts, date: string | undefined) => ({
  businessDate: date ?? (await businessDateIn(ctx.db, zoneOf(job.schedule), ctx.now().epochMilliseconds)),
  run: await lastRunOf(ctx.db, job.id),
})

export const valuesOf = (job: JobFacts, moment: { businessDate: string; run: { id: string } | null }): Values => ({
  job: job.schedulerName,
  slug: job.slug,
  externalId: job.externalId ?? '',
  box: job.box ?? '',
  host: job.host ?? '',
  runId: moment.run?.id ?? '',
  businessDate: moment.businessDate,
})

const isOver = (state: string | null): boolean => state === null || ['resolved', 'closed', 'cancelled'].includes(state)

/** Whose timelines it belongs to what somebody does about a job: those of its open incidents, and of deadlines that hang on it. */
export const aboutJobAct = async (ctx: Context, job: Pick<JobFacts, 'id' | 'serviceId'>) => {
  const own = (await openAlertsOf(ctx.db, job.id)).map((a) => ({ ticketId: a.ticketId, state: a.ticketState }))
  const deadlines = await deadlinesOn(ctx, job.id)
  const theirs: typeof own = []
  for (const { id, night } of deadlines)
    if (night && !night.doneAt) theirs.push(...(await openAlertsOfDeadline(ctx.db, id)))
  const tickets = [...own, ...theirs].flatMap(({ ticketId, state }) => (ticketId && !isOver(state) ? ticketId : []))
  return {
    subject: ref('job', job.id),
    about: [job.serviceId && ref('service', job.serviceId), ...tickets.map((id) => ref('ticket', id))],
  }
}
