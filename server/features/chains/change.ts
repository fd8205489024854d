import { changeDeadlineInput } from '../../../contract/chains/deadline.ts'
import { differences } from '../../platform/differences.ts'
import { verb } from '../../platform/verb.ts'
import { requireOwnTeam } from '../monitors/index.ts'
import { deadlineChanged } from './events.ts'
import { aboutDeadline, lockDeadline, requireCalendar, requireHurtService, requireJob } from './guard.ts'
import { predictSoon } from './predict-due.ts'
import { showDeadline } from './show.ts'

/** Changes the fields that are given. Giving it to another team needs both teams to be the actor's own. */
export const changeDeadline = verb('deadline.change', {
  permission: 'chain.write',
  input: changeDeadlineInput,
  async run(ctx, { id, ...given }) {
    const row = await lockDeadline(ctx, id, 'change')
    const stored = {
      name: row.name,
      jobId: row.job_id as string,
      due: row.due,
      weekdays: row.weekdays,
      calendarId: row.calendar_id,
      cut: row.cut,
      tellFrom: row.tell_from,
      oddsLimit: row.odds_limit,
      consequence: row.consequence,
      audience: row.audience,
      cost: row.cost,
      teamId: row.team_id,
      serviceId: row.service_id,
    }
    const found = differences(stored, given)
    if (!found) return ctx.unchanged(await showDeadline(ctx, id))
    const { before, after, next } = found
    if (after.jobId !== undefined) await requireJob(ctx, after.jobId)
    if (after.teamId !== undefined) await requireOwnTeam(ctx, next.teamId)
    if (after.serviceId !== undefined) await requireHurtService(ctx, next.serviceId)
    if (after.calendarId !== undefined) await requireCalendar(ctx, next.calendarId)
    await ctx.db
      .updateTable('chain_deadlines')
      .set((eb) => ({
        name: next.name,
        job_id: next.jobId,
        due: JSON.stringify(next.due),
        weekdays: next.weekdays,
        calendar_id: next.calendarId,
        cut: next.cut,
        tell_from: next.tellFrom,
        odds_limit: next.oddsLimit,
        consequence: next.consequence,
        audience: next.audience,
        cost: next.cost,
        team_id: next.teamId,
        service_id: next.serviceId,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
    ctx.record(deadlineChanged, {
      ...aboutDeadline({ id, jobId: next.jobId, serviceId: next.serviceId }),
      team: next.teamId,
      data: { name: row.name, before, after },
    })
    predictSoon(ctx, id)
    return showDeadline(ctx, id)
  },
})
