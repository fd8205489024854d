import { deadlineIdInput, holdDeadlineInput } from '../../../contract/chains/deadline.ts'
import { actorRow } from '../../platform/access.ts'
import { type Instant, isBefore, plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { deadlineHeld, deadlineReleased } from './events.ts'
import { aboutDeadline, lockDeadline } from './guard.ts'
import { predictSoon } from './predict-due.ts'
import { showDeadline } from './show.ts'
import { endAlertsOf } from './tell.ts'

const MOST_AHEAD = 14 * 86_400

const setHold = (ctx: Context, id: string, until: Instant | null, reason: string) =>
  ctx.db
    .updateTable('chain_deadlines')
    .set((eb) => ({ held_until: until, held_reason: reason, updated_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()

/** No alert is raised for it until then, and one that is open ends; the prediction goes on. */
export const holdDeadline = verb('deadline.hold', {
  permission: 'chain.write',
  input: holdDeadlineInput,
  async run(ctx, { id, until, reason }) {
    const row = await lockDeadline(ctx, id, 'hold')
    if (!isBefore(ctx.now(), until)) throw invalid('until', 'must be in the future; choose a later time.')
    if (isBefore(plusSeconds(ctx.now(), MOST_AHEAD), until))
      throw invalid('until', 'must be within 14 days; choose an earlier time.')
    await setHold(ctx, id, until, reason)
    await endAlertsOf(ctx, id, `${actorRow(ctx.actor).name} holds the alarms of ${row.name}: ${reason}`)
    ctx.record(deadlineHeld, {
      ...aboutDeadline({ id, jobId: row.job_id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name, until: until.toString(), reason },
    })
    return showDeadline(ctx, id)
  },
})

/** What is wrong with it now is told at once. */
export const releaseDeadline = verb('deadline.release', {
  permission: 'chain.write',
  input: deadlineIdInput,
  async run(ctx, { id }) {
    const row = await lockDeadline(ctx, id, 'release')
    await setHold(ctx, id, null, '')
    ctx.record(deadlineReleased, {
      ...aboutDeadline({ id, jobId: row.job_id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name },
    })
    predictSoon(ctx, id)
    return showDeadline(ctx, id)
  },
})
