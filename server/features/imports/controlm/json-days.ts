import type { Place } from '../define-importer.ts'
import { isObject, type Json, numberIn, objectsIn, textIn, textsIn } from '../json-values.ts'
import type { CtmCalendars } from './calendars.ts'
import type { CtmReading } from './json.ts'
import { type CtmDays, type CtmRules, noDays } from './shape.ts'

/** When, as the Automation API writes it. */

export const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

const policies: Record<string, NonNullable<CtmDays['confirm']>['else']> = {
  DoNotOrder: 'none',
  OrderOnNextConfirmedDay: 'after',
  OrderOnPreviousConfirmedDay: 'before',
  OrderAnyway: 'anyway',
}

const monthsOf = (words: readonly string[]): number[] =>
  words.flatMap((w) => {
    const at = monthNames.indexOf(w.toUpperCase())
    return at === -1 ? [] : [at + 1]
  })

export const daysOf = (when: Json): CtmDays => {
  const confirm = isObject(when.ConfirmationCalendars) ? when.ConfirmationCalendars : {}
  return {
    ...noDays,
    week: textsIn(when.WeekDays),
    month: textsIn(when.MonthDays),
    months: monthsOf(textsIn(when.Months)),
    both: textIn(when.DaysRelation).toUpperCase() === 'AND',
    weekCalendar: textIn(when.WeekDaysCalendar),
    monthCalendar: textIn(when.MonthDaysCalendar),
    dates: textsIn(when.SpecificDates),
    confirm: textIn(confirm.Calendar)
      ? {
          calendar: textIn(confirm.Calendar),
          else: policies[textIn(confirm.ExceptionPolicy)] ?? 'none',
          shift: numberIn(confirm.ShiftBy) ?? 0,
        }
      : null,
    from: textIn(when.StartDate),
    until: textIn(when.EndDate),
    never: textIn(when.Schedule) === 'Never' || textsIn(when.Months).join().toUpperCase() === 'NONE',
  }
}

export const rulesOf = (when: Json): CtmRules => {
  const rules = isObject(when.RuleBasedCalendars) ? when.RuleBasedCalendars : {}
  return {
    included: textsIn(rules.Included),
    excluded: textsIn(rules.Excluded),
    and: textIn(rules.Relationship).toUpperCase() === 'AND',
  }
}

/** Rules that a folder defines itself, by name. */
export const rulesIn = (folder: Json): [string, Json][] => {
  const when = isObject(folder.When) ? folder.When : {}
  const rules = isObject(when.RuleBasedCalendars) ? when.RuleBasedCalendars : {}
  return Object.entries(rules).flatMap(([name, rule]) =>
    isObject(rule) && isObject(rule.When) ? [[name, rule.When] as [string, Json]] : [],
  )
}

/** A calendar of dates, or a rule that has a name. */
export const calendarOf = (
  name: string,
  node: Json,
  place: Place,
  calendars: CtmCalendars,
  { findings }: Pick<CtmReading, 'findings'>,
): void => {
  const when = isObject(node.When) ? node.When : {}
  if (textIn(node.Type).startsWith('Calendar:RuleBased')) calendars.addRule(textIn(node.Server), '', name, daysOf(when))
  else if (node.Type === 'Calendar:Regular') {
    const years = isObject(when.Years)
      ? Object.entries(when.Years).map(([year, v]) => ({ Year: year, ...(isObject(v) ? v : {}) }))
      : objectsIn(when.Years)
    const dates = new Set<string>()
    for (const given of years as Json[]) {
      const year = numberIn(given.Year) ?? 0
      if (year < 1970 || year > 2200) continue
      for (const [at, month] of monthNames.entries())
        for (const day of daysWritten(given[month], year, at + 1)) dates.add(day)
    }
    calendars.addDates(textIn(node.Server), { ...place, name, dates })
  } else
    findings.push({
      ...place,
      rule: 'calendar-unread',
      severity: 'warn',
      message: `${name}: calendars of the type ${textIn(node.Type)} are not carried over.`,
    })
}

const daysWritten = (value: unknown, year: number, month: number): string[] => {
  const length = new Temporal.PlainYearMonth(year, month).daysInMonth
  const given = textsIn(value)
  const days = given.includes('ALL') ? Array.from({ length }, (_, at) => at + 1) : given.map(Number)
  return days
    .filter((d) => Number.isInteger(d) && d >= 1 && d <= length)
    .map((day) => new Temporal.PlainDate(year, month, day).toString())
}
