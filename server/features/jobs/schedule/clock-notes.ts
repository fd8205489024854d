import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { Instant } from '../../../platform/clock.ts'
import type { BusinessDays } from './open-calendars.ts'
import { afterOf } from './schedule.ts'

/** As far ahead as a change of the clock is worth a word. */
const NOTICE_MS = 400 * 86_400_000

type Zoned = Extract<JobSchedule, { zone: string }>

/** Sentences about times that the next two changes of the clock move or leave out. */
export const clockNotes = (s: JobSchedule, days: BusinessDays | null, now: Instant): string[] => {
  if (!('zone' in s)) return []
  const notes: string[] = []
  let at = now.toZonedDateTimeISO(s.zone)
  for (let i = 0; i < 2; i++) {
    const change = at.getTimeZoneTransition('next')
    if (!change || change.epochMilliseconds - now.epochMilliseconds > NOTICE_MS) break
    const before = Temporal.Instant.fromEpochMilliseconds(change.epochMilliseconds - 1).toZonedDateTimeISO(s.zone)
    const shift = (change.offsetNanoseconds - before.offsetNanoseconds) / 1e6
    const note = shift > 0 ? gapNote(s, days, change, shift) : repeatNote(s, days, change, -shift)
    if (note) notes.push(note)
    at = change
  }
  return notes
}

const dayWords = (at: Temporal.ZonedDateTime): string =>
  at.toPlainDate().toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

/** Whether the schedule names a time that the clock skips: asked of a day on which it does not. */
const namesTime = (
  s: Zoned,
  days: BusinessDays | null,
  fromWall: Temporal.PlainDateTime,
  lengthMs: number,
): boolean => {
  const utc = { ...s, zone: 'UTC' }
  const from = fromWall.toZonedDateTime('UTC').epochMilliseconds
  const next = afterOf(utc, days)(from - 1)
  return next !== null && next < from + lengthMs
}

const gapNote = (s: Zoned, days: BusinessDays | null, change: Temporal.ZonedDateTime, shift: number) => {
  const skipped = change.toPlainDateTime().subtract({ milliseconds: shift })
  if (!namesTime(s, days, skipped, shift)) return null
  const first = afterOf(s, days)(change.epochMilliseconds - 1)
  const day = `On ${dayWords(change)} the clock skips ${skipped.toPlainTime().toString().slice(0, 5)} to ${change.toPlainTime().toString().slice(0, 5)}`
  return first === change.epochMilliseconds
    ? `${day}: what is due then is expected at ${change.toPlainTime().toString().slice(0, 5)}.`
    : `${day}: what is due then is not expected on that day.`
}

const repeatNote = (s: Zoned, days: BusinessDays | null, change: Temporal.ZonedDateTime, shift: number) => {
  const shown = change.toPlainDateTime()
  if (!namesTime(s, days, shown, shift)) return null
  const again = afterOf(s, days)(change.epochMilliseconds - 1)
  const twice = again !== null && again < change.epochMilliseconds + shift
  const day = `On ${dayWords(change)} the clock shows ${shown.toPlainTime().toString().slice(0, 5)} to ${shown.add({ milliseconds: shift }).toPlainTime().toString().slice(0, 5)} twice`
  return twice ? `${day}: it is expected in both hours.` : `${day}: it is expected once, the first time.`
}
