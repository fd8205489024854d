import ICAL from 'ical.js'
import {
  type FileHoliday,
  type HolidayFile,
  MOST_DAYS,
  plain,
  realDate,
  type Skipped,
  UnreadableFile,
} from './holiday-file.ts'
import { daysBetween, type YearlyRule, yearlyDates } from './yearly.ts'

/** Longer than this it is a term of a school or a project, not a holiday. */
const LONGEST_DAYS = 31

type Component = InstanceType<typeof ICAL.Component>
/** One event of the file as its properties say it. */
type Event = { of: Component; line: number }

/** Why an event is not proposed. */
class Skip extends Error {}

const byHand = 'Add its days by hand if they are holidays.'

/**
 * The all-day events of an iCalendar file (RFC 5545), several days as each of them. What comes again each year is
 * followed from `from` until before `to`. Throws UnreadableFile.
 */
export const icalHolidays = (text: string, from: Temporal.PlainDate, to: Temporal.PlainDate): HolidayFile => {
  const calendars = parse(text)
  const lines = beginnings(text)
  const events = calendars
    .flatMap((calendar) => calendar.getAllSubcomponents('vevent'))
    .map((of, at): Event => ({ of, line: lines[at] ?? 1 }))
  if (events.length === 0) throw new UnreadableFile('The calendar has no events. Export it again with its days.')
  const window = daysBetween(from, to)
  const moved = movedDates(events)
  const days: FileHoliday[] = []
  const skipped: Skipped[] = []
  for (const { of, line } of events) {
    try {
      const name = plain(String(of.getFirstPropertyValue('summary') ?? ''))
      const about = plain(String(of.getFirstPropertyValue('description') ?? '').split(/[\r\n]/)[0] ?? '', 100)
      const gone = moved.get(uidOf(of))
      for (const date of datesOf(of, window, gone)) days.push({ date, name, about, line })
    } catch (error) {
      if (!(error instanceof Skip)) throw error
      skipped.push({ line, problem: error.message })
    }
    if (days.length > MOST_DAYS) {
      throw new UnreadableFile(`The calendar has more than ${MOST_DAYS} days. Leave out what is no holiday.`)
    }
  }
  const name = calendars.map((one) => one.getFirstPropertyValue('x-wr-calname')).find(Boolean)
  return { source: plain(String(name ?? '')), days, skipped }
}

const parse = (text: string): Component[] => {
  try {
    const read = ICAL.parse(text) as unknown[]
    const all = (Array.isArray(read[0]) ? read : [read]) as ConstructorParameters<typeof ICAL.Component>[0][]
    return all.map((one) => new ICAL.Component(one))
  } catch (error) {
    const message = (error as Error).message
    if (message.includes('did not end')) {
      throw new UnreadableFile('The calendar breaks off: END:VCALENDAR is missing. Download or copy all of it again.')
    }
    // The library quotes what it does not understand.
    const lines = text.split(/\r?\n/)
    const at = [...message.matchAll(/"([^"]+)"/g)]
      .map(([, words]) => (words && words.length > 1 ? lines.findIndex((line) => line.includes(words)) : -1))
      .find((found) => found >= 0)
    const where = at === undefined ? 'The calendar' : `Line ${at + 1}`
    throw new UnreadableFile(`${where} cannot be read (${plain(message, 120)}). Export the calendar again as .ics.`)
  }
}

/** The lines on which events begin, in their order. */
const beginnings = (text: string): number[] =>
  text.split(/\r?\n/).flatMap((line, at) => (/^BEGIN:VEVENT\s*$/i.test(line) ? [at + 1] : []))

const uidOf = (of: Component) => String(of.getFirstPropertyValue('uid') ?? '')

/** By event, the dates of a repetition that another event of the file stands for. */
const movedDates = (events: readonly Event[]): Map<string, Set<string>> => {
  const moved = new Map<string, Set<string>>()
  for (const { of } of events) {
    const [date] = datesIn(of, 'recurrence-id')
    if (date) moved.set(uidOf(of), (moved.get(uidOf(of)) ?? new Set()).add(date))
  }
  return moved
}

/** The values of a property as they stand: 'YYYY-MM-DD' or 'YYYY-MM-DDTHH:MM:SS', perhaps with a Z. */
const valuesIn = (of: Component, property: string): string[] =>
  of.getAllProperties(property).flatMap((one) => (one.jCal as unknown[]).slice(3).map(String))
const datesIn = (of: Component, property: string) => valuesIn(of, property).map((value) => value.slice(0, 10))

/** The date of a value that is a whole day, or midnight by the clock on the wall, as some programs write one. */
const wholeDay = (value: string | undefined, what: string): Temporal.PlainDate => {
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)(?:T(.*))?$/.exec(value ?? '') ?? []
  const date = realDate(Number(year), Number(month), Number(day))
  if (!date) throw new Skip(`It has no ${what} such as 20261225. Mend it in the file, or add the day by hand.`)
  if (time !== undefined && time !== '00:00:00') throw new Skip(`It is not about whole days. ${byHand}`)
  return Temporal.PlainDate.from(date)
}

const datesOf = (of: Component, window: ReturnType<typeof daysBetween>, gone: ReadonlySet<string> = new Set()) => {
  if (String(of.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED')
    throw new Skip('It was cancelled.')
  const start = wholeDay(valuesIn(of, 'dtstart')[0], 'start')
  const length = lengthOf(of, start)
  const ruled = of.getAllProperties('rrule')
  const isMoved = of.hasProperty('recurrence-id')
  const starts =
    ruled.length === 0 ? [start.toString()] : ruled.flatMap((one) => yearlyDates(ruleOf(one), start, window))
  if (!isMoved) starts.push(...datesIn(of, 'rdate').filter((date) => realDate(...parts(date)) !== null))
  const out = new Set([...datesIn(of, 'exdate'), ...(isMoved ? [] : gone)])
  return [...new Set(starts)]
    .filter((date) => !out.has(date))
    .flatMap((date) => {
      const first = Temporal.PlainDate.from(date)
      return Array.from({ length }, (_, days) => first.add({ days }).toString())
    })
}

const parts = (date: string) => date.split('-').map(Number) as [number, number, number]

/** In days; the end of an event is the day after its last one. */
const lengthOf = (of: Component, start: Temporal.PlainDate): number => {
  const [end] = valuesIn(of, 'dtend')
  const [duration] = valuesIn(of, 'duration')
  const whole = /^P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T.*)?$/.exec(duration ?? '')
  const days = end
    ? start.until(wholeDay(end, 'end'), { largestUnit: 'days' }).days
    : whole
      ? Number(whole[1] ?? 0) * 7 + Number(whole[2] ?? 0)
      : 1
  if (days < 0) throw new Skip('It ends before it begins. Mend it in the file, or add the day by hand.')
  if (days > LONGEST_DAYS) throw new Skip(`It lasts ${days} days. ${byHand}`)
  // Some programs end a day on itself.
  return Math.max(1, days)
}

type Rule = { freq?: string; interval?: number; count?: number; until?: unknown } & Record<string, unknown>

const known = new Set(['freq', 'interval', 'until', 'wkst', 'bymonth', 'bymonthday', 'byday'])
const list = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String))

const ruleOf = (property: { jCal: unknown }): YearlyRule => {
  const rule = (property.jCal as unknown[])[3] as Rule
  if (rule.freq !== 'YEARLY') {
    throw new Skip('It does not repeat by the year. What is closed each week belongs into the open hours.')
  }
  const strange = Object.keys(rule).find((key) => !known.has(key.toLowerCase()))
  if (strange) throw new Skip(`How it repeats (${plain(strange, 20).toUpperCase()}) is not read here. ${byHand}`)
  return {
    interval: Math.max(1, Number(rule.interval ?? 1) || 1),
    until: rule.until === undefined ? null : String(rule.until).slice(0, 10),
    months: list(rule.bymonth).map(Number),
    monthDays: list(rule.bymonthday).map(Number),
    weekdays: list(rule.byday).map((day) => day.replace('+', '').toUpperCase()),
  }
}
