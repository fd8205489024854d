import type { Finding } from '../../../contract/chains/night.ts'
import type { DayClass } from '../jobs/index.ts'
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
    found.push({ kind: 'calendar', jobs: [], message: `${day} is ${word}: jobs take what they take on such days.` })
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
