import { type DayRule, type IfClosed, needsNoCalendar, type Period } from '../../../contract/jobs/index.ts'

/** A rule of business days as it is being written: what is not of its kind of day stays, should somebody come back to it. */
export type BusinessDraft = {
  calendars: string[]
  open: DayRule['open']
  on: DayRule['day']['on']
  nth: number
  of: Period
  /** Days of the month, 1 to 31 or -1 for its last, as they are written. */
  monthDays: string[]
  months: number[]
  weekdays: number[]
  dates: string
  ifClosed: IfClosed
  offsetDays: number | undefined
  times: string[]
}

export const newBusiness: BusinessDraft = {
  calendars: [],
  open: 'all',
  on: 'nth',
  nth: 3,
  of: 'month',
  monthDays: ['15'],
  months: [],
  weekdays: [5],
  dates: '',
  ifClosed: 'after',
  offsetDays: 0,
  times: ['06:30'],
}

/** Files are expected on weekdays, whatever is open. */
export const newArrival: BusinessDraft = {
  ...newBusiness,
  on: 'weekday',
  weekdays: [1, 2, 3, 4, 5],
  ifClosed: 'anyway',
  times: ['06:00'],
}

export const businessDraftOf = (s: DayRule): BusinessDraft => {
  const { calendars, open, day, offsetDays, times } = s
  const draft = { ...newBusiness, calendars, open, on: day.on, offsetDays, times }
  if ('ifClosed' in day) draft.ifClosed = day.ifClosed
  if (day.on === 'nth') return { ...draft, nth: day.nth, of: day.of }
  if (day.on === 'monthday') return { ...draft, monthDays: day.days.map(String), months: day.months }
  if (day.on === 'weekday') return { ...draft, weekdays: day.days }
  if (day.on === 'dates') return { ...draft, dates: day.dates.join('\n') }
  return draft
}

const datesIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

const dayOf = (d: BusinessDraft): DayRule['day'] => {
  switch (d.on) {
    case 'nth':
      return { on: 'nth', nth: d.nth, of: d.of }
    case 'monthday':
      return { on: 'monthday', days: d.monthDays.map(Number), months: d.months, ifClosed: d.ifClosed }
    case 'weekday':
      return { on: 'weekday', days: d.weekdays, ifClosed: d.ifClosed }
    case 'dates':
      return { on: 'dates', dates: datesIn(d.dates), ifClosed: d.ifClosed }
    default:
      return { on: d.on }
  }
}

export const businessOf = (d: BusinessDraft, zone: string): DayRule => ({
  calendars: d.calendars,
  open: d.open,
  day: dayOf(d),
  offsetDays: d.offsetDays ?? 0,
  times: d.times,
  zone,
})

/** '6:30', '0630' and '6.30' are meant as 06:30; anything else stays, and is told to be no time. */
export const timesIn = (given: readonly string[]): string[] => [
  ...new Set(
    given.map((one) => {
      const found = /^(\d{1,2})[:.]?(\d\d)$/.exec(one.trim())
      return found ? `${found[1]?.padStart(2, '0')}:${found[2]}` : one.trim()
    }),
  ),
]

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
const isMonthDay = (text: string): boolean =>
  /^-?\d{1,2}$/.test(text) && Math.abs(Number(text)) >= 1 && Math.abs(Number(text)) <= 31
const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** What can be seen to be wrong before the server is asked, by the path that it would name. */
export const businessProblems = (d: BusinessDraft): Record<string, string> => {
  const needsNone = needsNoCalendar({ day: dayOf(d), offsetDays: d.offsetDays ?? 0 })
  const badTime = d.times.find((t) => !isTime(t))
  const badDate = datesIn(d.dates).find((t) => !isDate(t))
  return {
    ...(d.calendars.length > 0 || needsNone
      ? {}
      : { 'schedule.calendars': 'Choose the calendars that say what a business day is.' }),
    ...(d.on === 'monthday' && (d.monthDays.length === 0 || !d.monthDays.every(isMonthDay))
      ? { 'schedule.day.days': 'Days are 1 to 31, or -1 for the last day of the month.' }
      : {}),
    ...(d.on === 'weekday' && d.weekdays.length === 0
      ? { 'schedule.day.days': 'Choose at least one day of the week.' }
      : {}),
    ...(d.on === 'dates' && (badDate !== undefined || datesIn(d.dates).length === 0)
      ? {
          'schedule.day.dates':
            badDate === undefined
              ? 'Write at least one date, such as 2026-12-24.'
              : `${badDate} is no date; write it as 2026-12-24.`,
        }
      : {}),
    ...(d.times.length === 0 ? { 'schedule.times': 'Write at least one time of day, such as 06:30.' } : {}),
    ...(badTime === undefined ? {} : { 'schedule.times': `${badTime} is no time of day; write it as 06:30.` }),
  }
}

export const businessFields = [
  'schedule.calendars',
  'schedule.day',
  'schedule.day.days',
  'schedule.day.dates',
  'schedule.day.nth',
  'schedule.offsetDays',
  'schedule.times',
]
