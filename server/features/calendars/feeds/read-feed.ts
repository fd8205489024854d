import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import type { Net } from '../../../../checks/lib/net.ts'
import { mostHolidayText } from '../../../../contract/calendars/index.ts'
import { plusSeconds } from '../../../platform/clock.ts'
import { effect } from '../../../platform/effect.ts'
import { periodic } from '../../../platform/periodic.ts'
import { cut } from '../../../platform/text.ts'
import { feedChanged, feedFailed, feedRecovered } from '../events.ts'
import { UnreadableFile } from '../holidays/holiday-file.ts'
import { findCalendar, type StoredCalendar } from '../stored-calendar.ts'
import { feedDays } from './feed-days.ts'
import { countWaiting, findFeed, ofFeed, SEALED_FEED } from './feed-rows.ts'

const DEADLINE_MS = 30_000
const [DAY, HOUR] = [86_400, 3_600]

type Read = { text: string } | { problem: string }

const ask = async (url: string, net: Net, stop: AbortSignal): Promise<Read> => {
  try {
    const answer = await net.request(url, {
      headers: { 'user-agent': 'Watchfloor', accept: 'text/calendar, text/csv;q=0.9, */*;q=0.1' },
      signal: AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)]),
      maxRedirects: 3,
      maxBytes: mostHolidayText + 1,
    })
    if (!answer.url.startsWith('https:')) return { problem: 'it leads to an address that is not https' }
    if (answer.status !== 200) return { problem: `it answered ${answer.status}` }
    if (answer.truncated || answer.body.length > mostHolidayText)
      return { problem: `it has more than ${mostHolidayText / 1_000} kB, which no list of holidays has` }
    return { text: textOf(answer.body) }
  } catch (error) {
    return { problem: withoutAddresses(error instanceof Error ? error.message : String(error)) }
  }
}

/** As PostgreSQL can keep it. Some authorities still write in Latin-1. */
const textOf = (body: Uint8Array): string => {
  const decoded = isUtf8(body) ? new TextDecoder().decode(body) : new TextDecoder('windows-1252').decode(body)
  return decoded.replaceAll('\0', '')
}

/** The address may hold the key to a calendar, and so may one that it leads to: only the host is told. */
const withoutAddresses = (message: string): string =>
  message.replace(/\bhttps?:\/\/[^\s"]+/gi, (address) =>
    URL.canParse(address) ? new URL(address).host : 'its address',
  )

/** What is wrong with a text as a feed of this calendar; null when it can be used. */
const problemIn = (text: string, { rules }: StoredCalendar, now: Temporal.Instant): string | null => {
  try {
    const { days } = feedDays(text, [], rules, now).proposals
    return days.length > 0 ? null : 'it has no day that is a holiday'
  } catch (error) {
    if (error instanceof UnreadableFile)
      return `what it answers is no list of holidays: ${error.message.replace(/\.$/, '')}`
    throw error
  }
}

/** Reads a feed. What cannot be used leaves the copy before it as it is, and is told once until it can be used again. */
export const readFeed = effect('calendar.read_feed', {
  input: z.object({ id: z.uuid() }),
  async begin(ctx, { id }) {
    const feed = await findFeed(ctx, id)
    return feed && { id, address: feed.address, url: ctx.crypto.open(SEALED_FEED, feed.address) }
  },
  perform: ({ url }, { platform, signal }) => ask(url, platform.net, signal),
  async settle(ctx, { id, address }, read) {
    const [feed, calendar] = [await findFeed(ctx, id), await findCalendar(ctx.db, id)]
    // Another address was given meanwhile, and is read by itself.
    if (!feed || !calendar || feed.address !== address) return ctx.unchanged(undefined)
    const { place, data } = ofFeed(calendar, feed)
    const found = 'text' in read ? problemIn(read.text, calendar, ctx.now()) : read.problem
    const update = ctx.db.updateTable('holiday_feeds').where('calendar_id', '=', id)
    if (found !== null) {
      const problem = cut(found, 300)
      await update.set({ tried_at: ctx.now(), failing_since: feed.failing_since ?? ctx.now(), problem }).execute()
      if (feed.failing_since) return ctx.unchanged(undefined)
      ctx.record(feedFailed, { ...place, data: { ...data, problem } })
      return
    }
    const copy = (read as { text: string }).text
    const fine = { copy, read_at: ctx.now(), tried_at: ctx.now(), failing_since: null, problem: null }
    await update.set(fine).execute()
    if (feed.failing_since) ctx.record(feedRecovered, { ...place, data })
    const { waiting } = await countWaiting(ctx, { ...feed, ...fine })
    // The floor says so each day; the log, when what is there has changed.
    if (waiting > 0 && copy !== feed.copy) ctx.record(feedChanged, { ...place, data: { ...data, waiting } })
    else if (!feed.failing_since) ctx.unchanged(undefined)
  },
})

/** Each is read once a day, one that cannot be read each hour. */
export const readFeeds = periodic(
  'calendars.read_feeds',
  HOUR,
  'Reads the feeds of holidays: each once a day, those that fail each hour',
  async (ctx) => {
    const before = (seconds: number) => plusSeconds(ctx.now(), -seconds + 60)
    const rows = await ctx.db
      .selectFrom('holiday_feeds')
      .select('calendar_id as id')
      .where((eb) =>
        eb.or([
          eb('tried_at', 'is', null),
          eb('tried_at', '<=', before(DAY)),
          eb.and([eb('failing_since', 'is not', null), eb('tried_at', '<=', before(HOUR))]),
        ]),
      )
      .execute()
    for (const { id } of rows) ctx.due({ key: `holiday-feed:${id}`, at: ctx.now(), run: readFeed, input: { id } })
  },
)
