import { type Selectable, sql } from 'kysely'
import type { Context, ReadContext } from '../../../platform/context.ts'
import type { HolidayFeeds } from '../../../platform/db/schema.gen.ts'
import { notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { findCalendar, type StoredCalendar } from '../stored-calendar.ts'
import { feedDays, waitingOf } from './feed-days.ts'

/** What addresses of feeds are sealed for. */
export const SEALED_FEED = 'holiday-feed'

export type FeedRow = Omit<Selectable<HolidayFeeds>, 'decided'> & { decided: string[] }

export const findFeed = async ({ db }: Pick<ReadContext, 'db'>, calendarId: string): Promise<FeedRow | null> => {
  const { rows } = await sql<FeedRow>`
    select *, decided::text[] as decided from holiday_feeds where calendar_id = ${calendarId}`.execute(db)
  return rows[0] ?? null
}

/** The calendar and its feed, taken for an act. Throws `not_found`. */
export const lockFeed = async (ctx: Context, id: string): Promise<{ calendar: StoredCalendar; feed: FeedRow }> => {
  await ctx.db.selectFrom('holiday_feeds').select('calendar_id').where('calendar_id', '=', id).forUpdate().execute()
  const [calendar, feed] = [await findCalendar(ctx.db, id), await findFeed(ctx, id)]
  if (!calendar) throw notFound('The calendar')
  if (!feed) throw notFound('A feed of holidays of this calendar')
  return { calendar, feed }
}

/** Keeps how many days of the feed wait for a decision, by what the calendar has now; returns them. */
export const countWaiting = async (ctx: Context, { calendar_id: id, copy, decided }: FeedRow) => {
  const calendar = await findCalendar(ctx.db, id)
  const counted =
    calendar && copy !== null
      ? waitingOf(feedDays(copy, decided, calendar.rules, ctx.now()))
      : { waiting: 0, first_waiting: null }
  await ctx.db.updateTable('holiday_feeds').set(counted).where('calendar_id', '=', id).execute()
  return counted
}

/** What an event about a feed says of it. */
export const ofFeed = (calendar: Pick<StoredCalendar, 'id' | 'name'>, { host }: Pick<FeedRow, 'host'>) => ({
  place: { subject: ref('calendar', calendar.id) },
  data: { name: calendar.name, host },
})
