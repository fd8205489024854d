import type { CalendarView } from './calendars.ts'
import type { CtmCalendar, CtmDays } from './shape.ts'

/** On which days a rule of Control-M orders a job. */

export type Day = { date: Temporal.PlainDate; text: string }
export type DayTest = (day: Day) => boolean

/** What a rule says without any calendar: numbers, Sunday being 0. null: all of them. */
export type PlainDays = { week: number[] | null; month: number[] | null; months: number[] | null; both: boolean }

export type CompiledDays = {
  plain: PlainDays | null
  test: DayTest
  /** Calendars that are not there, and words that are not understood. */
  missing: string[]
  unread: string[]
}

const weekNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const SIGNS = /^([-+<>]?)([DL]?)(\d{1,2})(?:W(\d))?$/

type Word = { sign: string; letter: string; number: number; week: number | null }

const readWord = (text: string): Word | null => {
  const named = weekNames.indexOf(text.replace(/^[-+<>]/, ''))
  const given = named === -1 ? text : text.replace(/[A-Z]{3}/, String(named))
  const [, sign = '', letter = '', digits = '', week] = SIGNS.exec(given) ?? []
  return digits ? { sign, letter, number: Number(digits), week: week ? Number(week) : null } : null
}

const weekdayOf = (date: Temporal.PlainDate): number => date.dayOfWeek % 7
const dayOf = (date: Temporal.PlainDate): Day => ({ date, text: date.toString() })

type Side = { empty: boolean; plain: number[] | null | undefined; test: DayTest; missing: string[]; unread: string[] }

/** One of the two lists, DAYS or WEEKDAYS, with its calendar. `plain` is undefined where numbers do not say it. */
const side = (words: readonly string[], calendar: string, calendars: CalendarView, isWeek: boolean): Side => {
  const given = words.map((w) => w.trim().toUpperCase()).filter((w) => w && w !== 'NONE')
  const all = given.includes('ALL')
  const read = given.filter((w) => w !== 'ALL').map((text) => ({ text, word: readWord(text) }))
  const isNumber = (w: Word) => (isWeek ? w.number <= 6 : w.number >= 1 && w.number <= 31) || w.letter !== ''
  const unread = read.filter(({ word }) => !word || !isNumber(word)).map(({ text }) => text)
  const list = read.flatMap(({ word }) => (word && isNumber(word) ? [word] : []))
  const found = calendar ? calendars.dates(calendar) : undefined
  const missing = calendar && !found ? [calendar] : []
  const numbers = list.every((w) => (w.sign === '' || w.sign === '+') && w.letter === '' && w.week === null)
  const base = isWorkday(found)
  const without = list.filter((w) => w.sign === '-')
  const added = list.filter((w) => w.sign !== '-')
  const everyDay = all || added.length === 0
  const of = isWeek ? daysOfWeek : daysOfMonth
  return {
    empty: given.length === 0 && !calendar,
    plain: calendar || !numbers ? undefined : all ? null : list.map((w) => w.number),
    test: (day) => {
      if (without.some((w) => of(w, day, base))) return false
      return (everyDay && base(day)) || added.some((w) => of(w, day, base))
    },
    missing,
    unread,
  }
}

const isWorkday =
  (calendar: CtmCalendar | undefined): DayTest =>
  (day) =>
    calendar?.dates.has(day.text) ?? true

/** Whether a word such as 15, >15, D1 or L2 names this day of its month. */
const daysOfMonth = (word: Word, day: Day, base: DayTest): boolean => {
  const { date } = day
  if (word.letter) return isNth(word, day, base, date.with({ day: 1 }), date.daysInMonth)
  if (word.sign === '<' || word.sign === '>') {
    const near = date.with({ day: 1 }).add({ days: Math.min(word.number, date.daysInMonth) - 1 })
    return isNearest(near, word.sign, day, base)
  }
  return date.day === word.number && (word.sign === '+' || word.sign === '-' || base(day))
}

const daysOfWeek = (word: Word, day: Day, base: DayTest): boolean => {
  const { date } = day
  if (word.week !== null) return weekdayOf(date) === word.number && Math.ceil(date.day / 7) === word.week
  const sunday = date.subtract({ days: weekdayOf(date) })
  if (word.letter) return isNth(word, day, base, sunday, 7)
  if (word.sign === '<' || word.sign === '>') return isNearest(sunday.add({ days: word.number }), word.sign, day, base)
  return weekdayOf(date) === word.number && (word.sign === '+' || word.sign === '-' || base(day))
}

/** D1: the first day of the calendar in its month or week; L1: the last. */
const isNth = (word: Word, day: Day, base: DayTest, first: Temporal.PlainDate, length: number): boolean => {
  if (!base(day)) return false
  const days = Array.from({ length }, (_, at) => dayOf(first.add({ days: at }))).filter(base)
  const at = word.letter === 'L' ? days.length - word.number : word.number - 1
  return days[at]?.text === day.text
}

const MOST_AWAY = 31

/** `>15`: the fifteenth, or the first day of the calendar after it. */
const isNearest = (near: Temporal.PlainDate, sign: string, day: Day, base: DayTest): boolean => {
  if (!base(day)) return false
  for (let away = 0; away <= MOST_AWAY; away++) {
    const date = near.add({ days: sign === '>' ? away : -away })
    if (base(dayOf(date))) return date.toString() === day.text
  }
  return false
}

/** A rule as a question to a day. `plain` where it can be written without naming dates. */
export const compileDays = (days: CtmDays, calendars: CalendarView): CompiledDays => {
  const week = side(days.week, days.weekCalendar, calendars, true)
  const month = side(days.month, days.monthCalendar, calendars, false)
  const confirm = days.confirm && confirmed(days.confirm, calendars)
  const months = new Set(days.months)
  const dates = new Set(days.dates.map((d) => d.replace(/\D/g, '')))
  const byRule: DayTest = (day) => {
    if (week.empty) return !month.empty && month.test(day)
    if (month.empty) return week.test(day)
    return days.both ? week.test(day) && month.test(day) : week.test(day) || month.test(day)
  }
  const candidate: DayTest = (day) =>
    (byRule(day) && (months.size === 0 || months.has(day.date.month))) || dates.has(day.text.slice(5).replace('-', ''))
  const test: DayTest = (day) =>
    !days.never &&
    (!days.from || day.text.replaceAll('-', '') >= days.from) &&
    (!days.until || day.text.replaceAll('-', '') <= days.until) &&
    (confirm ? confirm.test(day, candidate) : candidate(day))
  const isPlain =
    week.plain !== undefined &&
    month.plain !== undefined &&
    !confirm &&
    dates.size === 0 &&
    !days.from &&
    !days.until &&
    !days.never &&
    !(week.empty && month.empty)
  return {
    plain: isPlain ? plainOf(week, month, days) : null,
    test,
    missing: [...week.missing, ...month.missing, ...(confirm?.missing ?? [])],
    unread: [...week.unread, ...month.unread],
  }
}

const plainOf = (week: Side, month: Side, days: CtmDays): PlainDays => {
  const months = days.months.length === 0 || days.months.length === 12 ? null : days.months
  const w = week.empty ? null : (week.plain ?? null)
  const m = month.empty ? null : (month.plain ?? null)
  // Every day on one side: with OR that is every day, with AND the other side alone.
  const everyDay = !week.empty && !month.empty && !days.both && (w === null || m === null)
  return { week: everyDay ? null : w, month: everyDay ? null : m, months, both: days.both }
}

/** Days that the calendar does not have are moved to one that it has, or left out. */
const confirmed = (
  given: NonNullable<CtmDays['confirm']>,
  calendars: CalendarView,
): { missing: string[]; test: (day: Day, candidate: DayTest) => boolean } => {
  const calendar = calendars.dates(given.calendar)
  const base = isWorkday(calendar)
  const target = (from: Temporal.PlainDate): string | null => {
    const meant = from.add({ days: given.shift })
    if (base(dayOf(meant)) || given.else === 'anyway') return meant.toString()
    if (given.else === 'none') return null
    for (let away = 1; away <= MOST_AWAY; away++) {
      const date = meant.add({ days: given.else === 'after' ? away : -away })
      if (base(dayOf(date))) return date.toString()
    }
    return null
  }
  return {
    missing: calendar ? [] : [given.calendar],
    test: (day, candidate) => {
      if (!base(day) && given.else !== 'anyway') return false
      for (let away = -MOST_AWAY; away <= MOST_AWAY; away++) {
        const from = dayOf(day.date.add({ days: away }))
        if (candidate(from) && target(from.date) === day.text) return true
      }
      return false
    },
  }
}

/** The days from one to another on which a rule orders, as milliseconds of their midnights as if in UTC. */
export const daysBetween = (test: DayTest, first: Temporal.PlainDate, last: Temporal.PlainDate): number[] => {
  const found: number[] = []
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 }))
    if (test(dayOf(date))) found.push(Date.UTC(date.year, date.month - 1, date.day))
  return found
}
