import ICAL from 'ical.js'
import { percent } from './night-words.ts'

/** A deadline as calendars and lists have it. Instants are epoch milliseconds. */
export type FeedItem = {
  id: string
  name: string
  date: string
  due: number
  job: string | null
  state: string
  odds: number | null
  endsAt: number | null
  consequence: string
  audience: string
  url: string
}

const LASTS_MS = 15 * 60_000

const timeOf = (ms: number) => {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC')
  const { year, month, day, hour, minute, second } = at
  return new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.utcTimezone)
}

/** A calendar of deadlines (RFC 5545): each is a quarter of an hour that ends with it. */
export const calendarText = (items: readonly FeedItem[], now: number): string => {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Watchfloor//Deadlines//EN')
  calendar.addPropertyWithValue('x-wr-calname', 'Deadlines')
  for (const item of items) calendar.addSubcomponent(eventOf(item, now))
  return `${calendar.toString()}\r\n`
}

const eventOf = (i: FeedItem, now: number) => {
  const event = new ICAL.Component('vevent')
  event.addPropertyWithValue('uid', `${i.id}-${i.date}@watchfloor`)
  event.addPropertyWithValue('dtstamp', timeOf(now))
  event.addPropertyWithValue('dtstart', timeOf(i.due - LASTS_MS))
  event.addPropertyWithValue('dtend', timeOf(i.due))
  event.addPropertyWithValue('summary', summaryOf(i))
  event.addPropertyWithValue('description', descriptionOf(i))
  event.addPropertyWithValue('url', i.url)
  return event
}

const summaryOf = ({ name, state, odds }: FeedItem): string => {
  if (state === 'planned') return name
  return `${name} (${state.replaceAll('_', ' ')}${odds === null ? '' : `, ${percent(odds)}`})`
}

const descriptionOf = (i: FeedItem): string =>
  [
    `Business date ${i.date}`,
    i.job ? `Job: ${i.job}` : '',
    i.consequence ? `If it slips: ${i.consequence}` : '',
    i.audience ? `It hurts: ${i.audience}` : '',
  ]
    .filter(Boolean)
    .join('\n')

const columns = ['deadline', 'business_date', 'due', 'state', 'odds', 'expected_end', 'job', 'consequence', 'audience']

/** A cell that a spreadsheet takes for a formula begins with an apostrophe, so that it is none. */
const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const listText = (items: readonly FeedItem[]): string =>
  [
    columns,
    ...items.map((i) => [
      i.name,
      i.date,
      Temporal.Instant.fromEpochMilliseconds(i.due).toString(),
      i.state,
      i.odds === null ? null : Math.round(i.odds * 1000) / 1000,
      i.endsAt === null ? null : Temporal.Instant.fromEpochMilliseconds(i.endsAt).toString(),
      i.job,
      i.consequence,
      i.audience,
    ]),
  ]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('')
