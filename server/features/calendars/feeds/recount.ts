import { eventInput, refId } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { calendarChanged } from '../events.ts'
import { countWaiting, findFeed } from './feed-rows.ts'

/** A calendar was changed: what of its feed waits for a decision is counted anew. */
export const recountFeed = verb('calendar.recount_feed', {
  permission: 'system',
  input: eventInput(calendarChanged),
  async run(ctx, event) {
    const feed = await findFeed(ctx, refId(event.subject))
    if (feed) await countWaiting(ctx, feed)
    return ctx.unchanged(null)
  },
})
