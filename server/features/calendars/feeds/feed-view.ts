import { byCalendar } from '../../../../contract/calendars/index.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { notFound } from '../../../platform/errors.ts'
import { query } from '../../../platform/query.ts'
import { findCalendar } from '../stored-calendar.ts'
import { feedDays } from './feed-days.ts'
import { findFeed } from './feed-rows.ts'

/** The feed of a calendar with what it proposes; null where it has none. Throws `not_found`. */
export const showFeed = async (ctx: Pick<ReadContext, 'db' | 'now'>, id: string) => {
  const calendar = await findCalendar(ctx.db, id)
  if (!calendar) throw notFound('The calendar')
  const feed = await findFeed(ctx, id)
  if (!feed) return { feed: null }
  const days = feed.copy === null ? null : feedDays(feed.copy, feed.decided, calendar.rules, ctx.now())
  const { failing_since: since, problem } = feed
  return {
    feed: {
      host: feed.host,
      readAt: feed.read_at,
      failing: since && { since, problem: problem ?? '' },
      // A year that is over is nobody's concern any more.
      proposals: days && { ...days.proposals, days: days.proposals.days.filter(({ past }) => !past) },
      came: days?.came ?? [],
      went: days?.went ?? [],
    },
  }
}

export const readHolidayFeed = query('calendar.read_feed', {
  permission: 'calendar.read',
  input: byCalendar,
  run: (ctx, { id }) => showFeed(ctx, id),
})
