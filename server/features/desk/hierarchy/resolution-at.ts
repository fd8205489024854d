import { slaPriorities } from '../../../../contract/sla/index.ts'
import { type Instant, plusMillis } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { addBusiness, aroundTheClock } from '../../calendars/index.ts'
import { termsFor } from '../../sla/index.ts'
import { storedFacts } from '../clock-facts.ts'
import { computeClocks } from '../clock-plan.ts'
import { termsOf } from '../keep-clocks.ts'
import type { Ticket } from '../ticket.ts'

const MINUTE = 60_000

/**
 * When so many percent of the open time to a ticket's resolution are used: the one place that knows where the clock
 * comes from. Answers null while that clock stands still, is over, or where there is none; now, for what is past.
 */
export const resolutionOf = async (
  ctx: Pick<ReadContext, 'db' | 'now'>,
  ticket: Ticket,
): Promise<(percent: number) => Instant | null> => {
  const now = ctx.now()
  const terms = await termsFor(ctx.db, termsOf(ticket))
  const clocks = computeClocks({ ticket, facts: storedFacts(ticket), terms, now })
  const clock = clocks.findLast((c) => c.clock === 'resolution' && c.stoppedAt === null)
  const { dueAt, targetMinutes } = clock ?? {}
  if (!clock?.ticking || !dueAt || !targetMinutes) return () => null
  const name = slaPriorities[ticket.priority - 1]
  const counted = name && terms.policy.targets[name].clock === 'support' ? terms.calendar : null
  return (percent) => {
    if (percent === 100) return dueAt
    const left = ((targetMinutes * percent) / 100 - clock.elapsedMinutes) * MINUTE
    if (left <= 0) return plusMillis(now, 0)
    const found = addBusiness(counted?.rules ?? aroundTheClock, now, left)
    return found.kind === 'at' ? found.at : null
  }
}
