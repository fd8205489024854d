import { isKnownZone, parseClock, parseWall } from '../../platform/wall-clock.ts'
import type { CalendarRules, Hours } from './calendar-rules.ts'

const WEEKDAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function hoursProblems(where: string, hours: readonly Hours[]): string[] {
  const problems: string[] = []
  const good: { from: number; to: number; text: string }[] = []
  for (const { from, to } of hours) {
    const [start, end] = [parseClock(from), parseClock(to)]
    const text = `${from}–${to}`
    if (start === null || from === '24:00') problems.push(`${where}: "${from}" is not a time. Write it as HH:MM.`)
    else if (end === null) problems.push(`${where}: "${to}" is not a time. Write it as HH:MM, or 24:00 for midnight.`)
    else if (start >= end) {
      problems.push(
        `${where}: ${text} ends before it begins. Hours over midnight are two entries, until 24:00 and from 00:00.`,
      )
    } else good.push({ from: start, to: end, text })
  }
  good.sort((a, b) => a.from - b.from)
  for (const [i, next] of good.entries()) {
    const last = good[i - 1]
    if (last && next.from < last.to)
      problems.push(`${where}: ${last.text} and ${next.text} overlap. Join them into one.`)
  }
  return problems
}

/**
 * What is wrong with a calendar, as sentences that name the place and the remedy; empty when it can be used.
 * The arithmetic relies on rules that pass here.
 */
export function validateCalendar(rules: CalendarRules): string[] {
  const problems: string[] = []
  if (!isKnownZone(rules.zone)) {
    problems.push(`Time zone: "${rules.zone}" is not known. Use a name such as Europe/London.`)
  }
  for (const day of new Set(rules.weekly.map((hours) => hours.day))) {
    const name = Number.isInteger(day) && day > 0 ? WEEKDAYS[day] : undefined
    if (name === undefined) problems.push(`Weekly hours: ${day} is not a weekday. Use 1 (Monday) to 7 (Sunday).`)
    else
      problems.push(
        ...hoursProblems(
          name,
          rules.weekly.filter((hours) => hours.day === day),
        ),
      )
  }
  const dates = new Set<string>()
  for (const { date, open } of rules.exceptions) {
    if (date.length !== 10 || parseWall(date) === null) {
      problems.push(`Exceptions: "${date}" is not a date. Write it as YYYY-MM-DD.`)
    } else if (dates.has(date)) problems.push(`Exceptions: ${date} is listed twice. Join both entries into one.`)
    dates.add(date)
    problems.push(...hoursProblems(date, open))
  }
  const { validThrough } = rules
  if (validThrough !== null && (validThrough.length !== 10 || parseWall(validThrough) === null)) {
    problems.push(`Valid through: "${validThrough}" is not a date. Write it as YYYY-MM-DD.`)
  }
  if (rules.weekly.length === 0 && rules.exceptions.every(({ open }) => open.length === 0)) {
    problems.push('The calendar is never open. Add weekly hours.')
  }
  return problems
}
