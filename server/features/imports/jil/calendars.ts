import { type DateOrder, dayOf, orderOf } from '../../jobs/index.ts'
import type { Finding, Place } from '../define-importer.ts'
import { extendedDays } from './extended.ts'
import type { Statement } from './lex.ts'

/** The days of a calendar as milliseconds of their midnights in UTC, in order, each with the times that its rows name. */
export type Calendar = Place & {
  name: string
  days: number[]
  /** Minutes of the day by day; empty where its rows name none but midnight. */
  times: ReadonlyMap<number, readonly number[]>
  /** Its days follow from rules, and go on after the last of them. */
  isEndless: boolean
  /** Why its days are not known. */
  unknown: string | null
}

export type Calendars = (name: string) => Calendar | undefined

/**
 * Calendars by their names, out of what `autocal_asc -E` prints. Rules are followed until `until`, once for each calendar
 * that is asked for: a site has thousands, and few of them have jobs.
 */
export const readCalendars = (
  statements: readonly Statement[],
  from: number,
  until: number,
): { calendarOf: Calendars; findings: Finding[] } => {
  const findings: Finding[] = []
  const calendars = new Map<string, Calendar>()
  const ruled = new Map<string, Statement>()
  const order = orderOf(statements.flatMap(datesOf)).order
  const cycles = new Map(statements.filter(({ verb }) => verb === 'cycle').map((s) => [s.subject, periodsOf(s, order)]))
  for (const statement of statements) {
    if (statement.verb === 'cycle') continue
    const made = rowsOf(statement, order, findings)
    calendars.set(statement.subject, made)
    if (statement.verb !== 'calendar' && made.days.length === 0) ruled.set(statement.subject, statement)
  }
  const calendarOf: Calendars = (name) => {
    const made = calendars.get(name)
    const statement = ruled.get(name)
    if (!statement || !made) return made
    // At once, for its holidays may be itself.
    ruled.delete(name)
    const days = extendedDays(statement, { calendarOf, cycles, from, until })
    const found =
      typeof days === 'string' ? { ...made, unknown: days } : { ...made, days, isEndless: true, unknown: null }
    calendars.set(name, found)
    return found
  }
  return { calendarOf, findings }
}

/** First and last day of each. */
export type Periods = readonly (readonly [first: number, last: number])[]

const datesOf = ({ rows, attributes }: Statement): string[] => [
  ...rows.map(({ text }) => text),
  ...attributes.filter(({ key }) => key === 'start_date' || key === 'end_date').map(({ value }) => value),
]

const rowsOf = (statement: Statement, order: DateOrder, findings: Finding[]): Calendar => {
  const { file, line, subject } = statement
  const times = new Map<number, number[]>()
  for (const row of statement.rows) {
    const day = dayOf(row.text, order)
    const [, hours = '0', minutes = '0'] = /\s(\d{1,2}):(\d{2})/.exec(row.text) ?? []
    if (day === null) {
      const { file, line } = row
      findings.push({
        file,
        line,
        rule: 'no-date',
        severity: 'warn',
        message: `${row.text.slice(0, 30)} is no date, and is left out of the calendar ${subject}.`,
      })
      continue
    }
    const minute = Number(hours) * 60 + Number(minutes)
    const known = times.get(day)
    if (known) known.push(minute)
    else times.set(day, [minute])
  }
  const days = [...times.keys()].sort((a, b) => a - b)
  const hasTimes = [...times.values()].some((all) => all.some((minute) => minute > 0))
  return {
    file,
    line,
    name: subject,
    days,
    times: hasTimes ? times : new Map(),
    isEndless: false,
    unknown: days.length === 0 && statement.verb === 'calendar' ? 'it has no dates' : null,
  }
}

const periodsOf = ({ attributes }: Statement, order: DateOrder): Periods => {
  const periods: [number, number][] = []
  let first: number | null = null
  for (const { key, value } of attributes) {
    if (key === 'start_date') first = dayOf(value.trim(), order)
    const last = key === 'end_date' ? dayOf(value.trim(), order) : null
    if (first === null || last === null) continue
    if (last >= first) periods.push([first, last])
    first = null
  }
  return periods
}
