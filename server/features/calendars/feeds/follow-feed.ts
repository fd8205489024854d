import { byCalendar, followFeedInput } from '../../../../contract/calendars/index.ts'
import { notFound } from '../../../platform/errors.ts'
import { verb } from '../../../platform/verb.ts'
import { feedFollowed, feedLeft } from '../events.ts'
import { findCalendar } from '../stored-calendar.ts'
import { lockFeed, ofFeed, SEALED_FEED } from './feed-rows.ts'
import { showFeed } from './feed-view.ts'
import { readFeed } from './read-feed.ts'

/** Has the holidays of a calendar read from an address, at once and then each day. Another address begins anew. */
export const followFeed = verb('calendar.follow_feed', {
  permission: 'calendar.write',
  input: followFeedInput,
  async run(ctx, { id, url }) {
    const calendar = await findCalendar(ctx.db, id)
    if (!calendar) throw notFound('The calendar')
    const { host } = new URL(url)
    const fresh = {
      address: ctx.crypto.seal(SEALED_FEED, url),
      host,
      copy: null,
      read_at: null,
      tried_at: null,
      failing_since: null,
      problem: null,
      waiting: 0,
      first_waiting: null,
    }
    await ctx.db
      .insertInto('holiday_feeds')
      .values({ calendar_id: id, ...fresh, created_at: ctx.now() })
      .onConflict((c) => c.column('calendar_id').doUpdateSet(fresh))
      .execute()
    const { place, data } = ofFeed(calendar, { host })
    ctx.record(feedFollowed, { ...place, data })
    ctx.due({ key: `holiday-feed:${id}`, at: ctx.now(), run: readFeed, input: { id } })
    return showFeed(ctx, id)
  },
})

/** Reads it no more. The days that were added stay. */
export const leaveFeed = verb('calendar.leave_feed', {
  permission: 'calendar.write',
  input: byCalendar,
  async run(ctx, { id }) {
    const { calendar, feed } = await lockFeed(ctx, id)
    await ctx.db.deleteFrom('holiday_feeds').where('calendar_id', '=', id).execute()
    const { place, data } = ofFeed(calendar, feed)
    ctx.record(feedLeft, { ...place, data })
    return { ok: true as const }
  },
})
