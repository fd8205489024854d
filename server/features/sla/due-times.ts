import { slaPriorities } from '../../../contract/sla/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { findCalendar } from '../calendars/index.ts'
import { type DueTimes, derive } from './derive.ts'
import { defaultPolicy } from './policy.ts'

/**
 * When something of this priority (1 to 5) that started at `from` must have its first response and its resolution, by
 * the policy and the support calendar as they stand now, and how that was computed. Without a calendar it is counted
 * around the clock.
 */
export const dueTimes = async (
  ctx: Pick<ReadContext, 'db'>,
  given: { priority: number; calendarId: string | null; from: Instant },
): Promise<DueTimes> => {
  const name = slaPriorities[given.priority - 1]
  if (!name) throw new RangeError(`A priority is 1 to 5, not ${given.priority}.`)
  const policy = await defaultPolicy(ctx.db)
  const calendar = given.calendarId === null ? null : await findCalendar(ctx.db, given.calendarId)
  if (given.calendarId !== null && !calendar) throw notFound('The support calendar')
  return derive({
    priority: given.priority,
    policy: { name: policy.name, version: policy.version, target: policy.targets[name] },
    calendar,
    from: given.from,
  })
}
