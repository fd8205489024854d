import type { Finding } from '../../../contract/chains/night.ts'
import type { DayClass } from '../jobs/index.ts'
import type { Dates } from './dates.ts'
import { classesOf } from './history.ts'
import type { NightInput } from './night-input.ts'

const words: Partial<Record<DayClass, string>> = {
  'quarter-end': 'the last business day of a quarter',
  'month-end': 'the last business day of a month',
  'after-holiday': 'the first business day after a holiday',
  'day-off': 'no business day',
}

const format = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** 'Mon 30 Nov 2026'. */
const dayWords = (date: string): string =>
  format.format(Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds).replace(',', '')

/** The last holiday between the last business day of a month and the end of that month, weekends left aside. */
const holidayAfter = (date: string, { exceptionOn }: Pick<Dates, 'exceptionOn'>) => {
  const day = Temporal.PlainDate.from(date)
  for (let n = day.daysInMonth; n > day.day; n--) {
    const other = day.with({ day: n }).toString()
    const exception = exceptionOn(other)
    if (exception?.closed) return { date: other, name: exception.name }
  }
  return null
}

/** What is special about a date: its kind, what the calendar does not know, and what the clock does in its night. */
export const surprisesOf = ({
  date,
  dates,
  dating,
  from,
  to,
}: Pick<NightInput, 'date' | 'dates' | 'dating' | 'from' | 'to'>): Finding[] => {
  const found: Finding[] = []
  const [first = 'any'] = classesOf(dates)(date)
  const word = words[first]
  const day = dayWords(date)
  if (word)
    found.push({
      kind: 'calendar',
      jobs: [],
      message: `${day} is ${word}: what jobs usually take on such days is allowed for.`,
    })
  const own = dates.exceptionOn(date)
  if (own?.short)
    found.push({
      kind: 'calendar',
      jobs: [],
      message: `${day} is a short day, ${own.name}, open ${own.hours}: what follows the close may begin and be wanted sooner.`,
    })
  const after = first.endsWith('-end') ? holidayAfter(date, dates) : null
  if (after)
    found.push({
      kind: 'calendar',
      jobs: [],
      message: `The month ends on a holiday, ${dayWords(after.date)} (${after.name}): its work is done on ${day}, and not on its last day.`,
    })
  if (dates.knownUntil !== null && date > dates.knownUntil)
    found.push({
      kind: 'calendar',
      jobs: [],
      message: `Holidays are entered until ${dayWords(dates.knownUntil)}: whether ${day} is one is not known.`,
    })
  const at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(dating.zone)
  const change = at.getTimeZoneTransition('next')
  if (change && change.epochMilliseconds < to) {
    const before = change.subtract({ nanoseconds: 1 })
    const forward = change.offsetNanoseconds > before.offsetNanoseconds
    found.push({
      kind: 'clock',
      jobs: [],
      message: `In this night the clock of ${dating.zone} is put ${forward ? 'forward: it is an hour shorter' : 'back: it is an hour longer'}.`,
    })
  }
  return found
}
