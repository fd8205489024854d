import { decideFeedInput, knownThrough } from '../../../../contract/calendars/index.ts'
import type { Context } from '../../../platform/context.ts'
import { AppError, invalid } from '../../../platform/errors.ts'
import { verb } from '../../../platform/verb.ts'
import { changeCalendar } from '../change-calendar.ts'
import { feedDecided } from '../events.ts'
import type { StoredCalendar } from '../stored-calendar.ts'
import { type FeedDays, feedDays } from './feed-days.ts'
import { countWaiting, lockFeed, ofFeed } from './feed-rows.ts'
import { showFeed } from './feed-view.ts'

/**
 * Decides about the days of a feed: adds some, takes out some that it has no more, and leaves the others, of which
 * nobody is told again. How far the holidays are known follows the feed.
 */
export const decideFeed = verb('calendar.decide_feed', {
  permission: 'calendar.write',
  input: decideFeedInput,
  async run(ctx, { id, add, remove, readAt }) {
    const { calendar, feed } = await lockFeed(ctx, id)
    if (feed.copy === null || feed.read_at === null || !feed.read_at.equals(readAt))
      throw new AppError('stale', 'The feed was read again since you looked at it. Look at its days once more.')
    const days = feedDays(feed.copy, feed.decided, calendar.rules, ctx.now())
    await change(ctx, calendar, days, { add, remove, host: feed.host })
    const dates = days.proposals.days.map(({ date }) => date)
    await ctx.db.updateTable('holiday_feeds').set({ decided: dates }).where('calendar_id', '=', id).execute()
    await countWaiting(ctx, { ...feed, decided: dates })
    const left = days.came.filter((date) => !add.includes(date)).length
    const { place, data } = ofFeed(calendar, feed)
    ctx.record(feedDecided, { ...place, data: { ...data, added: add.length, removed: remove.length, left } })
    return showFeed(ctx, id)
  },
})

type Wanted = { add: readonly string[]; remove: readonly string[]; host: string }

const change = async (ctx: Context, calendar: StoredCalendar, days: FeedDays, { add, remove, host }: Wanted) => {
  const said = new Map(days.proposals.days.map((day) => [day.date, day]))
  const unknown = add.findIndex((date) => !said.has(date) || said.get(date)?.stored)
  if (unknown >= 0) throw invalid(`add.${unknown}`, 'is no day that the feed has and the calendar has not')
  const gone = new Set(days.went.map(({ date }) => date))
  const foreign = remove.findIndex((date) => !gone.has(date))
  if (foreign >= 0) throw invalid(`remove.${foreign}`, 'is no day that came from the feed and has gone from it')
  const { exceptions, validThrough } = calendar.rules
  const through = knownThrough([...said.keys()])
  const added = [...new Set(add)].map((date) => ({ date, open: [], name: said.get(date)?.name ?? '' }))
  const kept = exceptions.filter(({ date }) => !remove.includes(date)).map((one) => ({ ...one, open: [...one.open] }))
  await changeCalendar.run(ctx, {
    id: calendar.id,
    ...((added.length > 0 || remove.length > 0) && {
      exceptions: [...kept, ...added].sort((a, b) => (a.date < b.date ? -1 : 1)),
    }),
    ...(validThrough !== null && through !== null && through > validThrough && { validThrough: through }),
    ...(added.length > 0 &&
      !calendar.provenance.includes(host) && {
        provenance: [calendar.provenance, host].filter(Boolean).join('; ').slice(0, 500),
      }),
  })
}
