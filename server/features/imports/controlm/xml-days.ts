import type { Place } from '../define-importer.ts'
import type { Element } from '../xml-files.ts'
import type { CtmCalendars } from './calendars.ts'
import type { CtmReading } from './json.ts'
import { monthNames } from './json-days.ts'
import { type CtmDays, noDays } from './shape.ts'

/** Days and calendars, as Control-M's XML writes them. */

type Attributes = Record<string, string>

const words = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((w) => w.trim())
    .filter(Boolean)

const shifts: [RegExp, NonNullable<CtmDays['confirm']>['else']][] = [
  [/prev|^</i, 'before'],
  [/next|^>/i, 'after'],
  [/no shift|anyway|^@/i, 'anyway'],
]

export const daysOf = (a: Attributes): CtmDays => {
  const months = monthNames.flatMap((name, at) => (a[name] === '1' || a[name] === 'Y' ? [at + 1] : []))
  const saysMonths = monthNames.some((name) => a[name] !== undefined)
  const shift = (a.SHIFT ?? '').trim()
  return {
    ...noDays,
    week: words(a.WEEKDAYS),
    month: words(a.DAYS),
    months,
    both: /^(A|AND)$/i.test(a.DAYS_AND_OR ?? ''),
    weekCalendar: a.WEEKSCAL ?? '',
    monthCalendar: a.DAYSCAL ?? '',
    // MMDD each.
    dates: words(a.DATE).filter((d) => /^\d{4}$/.test(d)),
    confirm: a.CONFCAL
      ? {
          calendar: a.CONFCAL,
          else: shifts.find(([pattern]) => pattern.test(shift))?.[1] ?? 'none',
          shift: Number(a.SHIFTNUM ?? 0) || 0,
        }
      : null,
    from: a.ACTIVE_FROM ?? '',
    until: a.ACTIVE_TILL ?? '',
    never: saysMonths && months.length === 0,
  }
}

/** A year of a calendar is a row of Y and N: 31 for each month, or one for each of its days. */
export const calendarOf = (
  { attributes, children }: Element,
  place: Place,
  calendars: CtmCalendars,
  { findings }: CtmReading,
): void => {
  const name = attributes.NAME ?? ''
  const server = attributes.DATACENTER ?? ''
  const type = attributes.TYPE ?? 'Regular'
  const warn = (message: string) =>
    findings.push({ ...place, rule: 'calendar-unread', severity: 'warn', message: `${name}: ${message}` })
  if (/rule/i.test(type)) {
    calendars.addRule(server, '', name, daysOf(attributes))
    return
  }
  if (!/^regular$/i.test(type)) {
    warn(`calendars of the type ${type} are not carried over.`)
    return
  }
  const dates = new Set<string>()
  for (const { attributes: year, name: element } of children) {
    const number = Number(year.NAME)
    if (element !== 'YEAR' || !Number.isInteger(number) || number < 1970 || number > 2200) continue
    const found = datesOf(number, (year.DAYS ?? '').replace(/\s/g, ''))
    if (!found)
      warn(
        `its year ${number} has ${(year.DAYS ?? '').length} signs; it must have one for each day, or 31 for each month.`,
      )
    else {
      for (const date of found) dates.add(date)
    }
  }
  calendars.addDates(server, { ...place, name, dates })
}

const datesOf = (year: number, signs: string): string[] | null => {
  const first = new Temporal.PlainDate(year, 1, 1)
  if (signs.length === 372)
    return [...signs].flatMap((sign, at) => {
      const month = Math.floor(at / 31) + 1
      const day = (at % 31) + 1
      const exists = day <= first.with({ month }).daysInMonth
      return sign === 'Y' && exists ? [first.with({ month, day }).toString()] : []
    })
  if (signs.length !== first.daysInYear && signs.length !== 366) return null
  return [...signs]
    .slice(0, first.daysInYear)
    .flatMap((sign, at) => (sign === 'Y' ? [first.add({ days: at }).toString()] : []))
}
