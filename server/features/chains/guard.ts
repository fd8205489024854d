import { sql } from 'kysely'
import { canDeadline } from '../../../contract/chains/can.ts'
import type { Due } from '../../../contract/chains/deadline.ts'
import type { TellFrom } from '../../../contract/chains/words.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import { AppError, conflict, invalid, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { findCalendar } from '../calendars/index.ts'
import { requireCovered } from '../monitors/index.ts'

/** Takes the row of a deadline for this transaction, after its existence, the row scope and the version the caller read. */
export const lockDeadline = async (ctx: Context, id: string, may?: keyof typeof canDeadline) => {
  const row = await ctx.db
    .selectFrom('chain_deadlines')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('The deadline')
  await requireCovered(ctx, row.name, row.team_id)
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `${row.name} was changed since you read it. Load it again and repeat your change.`)
  const held = row.held_until !== null && isBefore(ctx.now(), row.held_until)
  const refusal = may && canDeadline[may]({ name: row.name, hasJob: row.job_id !== null, held })
  if (refusal) throw conflict(refusal)
  return { ...row, due: row.due as unknown as Due, tell_from: row.tell_from as TellFrom }
}

/** The job at the end of a chain: there, and not put away. */
export const requireJob = async (ctx: ReadContext, id: string, field = 'jobId') => {
  const job = await ctx.db
    .selectFrom('jobs')
    .select(['id', 'name', 'team_id', 'service_id', 'archived_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!job) throw invalid(field, 'there is no such job; choose one from the list of jobs.')
  if (job.archived_at) throw invalid(field, `${job.name} is archived; restore it, or choose another.`)
  return job
}

/** The service may be any that is there: a chain hurts it, and need not run on it. */
export const requireHurtService = async (ctx: ReadContext, id: string | null): Promise<void> => {
  if (id === null) return
  const { rows } = await sql<{ name: string; archived: boolean }>`
    select name, archived_at is not null as archived from services where id = ${id}`.execute(ctx.db)
  const [service] = rows
  if (!service) throw invalid('serviceId', 'there is no such service; choose one from the list of services.')
  if (service.archived) throw invalid('serviceId', `${service.name} is archived; choose another.`)
}

export const requireCalendar = async (ctx: ReadContext, id: string | null): Promise<void> => {
  if (id !== null && !(await findCalendar(ctx.db, id)))
    throw invalid('calendarId', 'there is no such calendar; choose one from the list of calendars.')
}

/** Whose timelines an event about a deadline belongs to. */
export const aboutDeadline = (
  d: { id: string; jobId: string | null; serviceId: string | null },
  tickets: (string | null)[] = [],
) => ({
  subject: ref('deadline', d.id),
  about: [
    d.jobId && ref('job', d.jobId),
    d.serviceId && ref('service', d.serviceId),
    ...tickets.map((t) => t && ref('ticket', t)),
  ],
})
