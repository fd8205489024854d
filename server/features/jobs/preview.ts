import { previewScheduleInput } from '../../../contract/jobs/inputs.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Instant } from '../../platform/clock.ts'
import { query } from '../../platform/query.ts'
import { requireSchedule } from './guard.ts'
import { afterOf } from './schedule/schedule.ts'

const SHOWN = 10
/** As far ahead as a change of the clock is worth a word. */
const NOTICE_MS = 400 * 86_400_000

/** The next times of a schedule; of a period those that follow if it is heard of at the latest moment each time. */
export const nextTimes = (s: JobSchedule, lastAt: Instant | null, now: Instant): Instant[] => {
  const after = afterOf(s)
  const found: Instant[] = []
  let from = now.epochMilliseconds
  if (s.kind === 'period' && lastAt) from = Math.max(lastAt.epochMilliseconds, from - s.seconds * 1000)
  for (let ms: number | null = after(from); ms !== null && found.length < SHOWN; ms = after(ms))
    found.push(Temporal.Instant.fromEpochMilliseconds(ms))
  return found
}

/** What a schedule would mean, before it is saved. */
export const previewSchedule = query('job.preview', {
  permission: 'job.read',
  input: previewScheduleInput,
  async run(ctx, { schedule }) {
    // The same for everybody; there is no row to choose.
    void ctx.scope
    requireSchedule(schedule, ctx.now().epochMilliseconds)
    return {
      times: nextTimes(schedule, null, ctx.now()),
      zone: schedule.kind === 'period' ? null : schedule.zone,
      notes: clockNotes(schedule, ctx.now()),
    }
  },
})

/** Sentences about times that the next two changes of the clock move or leave out. */
const clockNotes = (s: JobSchedule, now: Instant): string[] => {
  if (s.kind === 'period' || s.kind === 'waits') return []
  const after = afterOf(s)
  const notes: string[] = []
  let at = now.toZonedDateTimeISO(s.zone)
  for (let i = 0; i < 2; i++) {
    const change = at.getTimeZoneTransition('next')
    if (!change || change.epochMilliseconds - now.epochMilliseconds > NOTICE_MS) break
    const before = Temporal.Instant.fromEpochMilliseconds(change.epochMilliseconds - 1).toZonedDateTimeISO(s.zone)
    const shift = (change.offsetNanoseconds - before.offsetNanoseconds) / 1e6
    const note = shift > 0 ? gapNote(s, after, change, shift) : repeatNote(s, after, change, -shift)
    if (note) notes.push(note)
    at = change
  }
  return notes
}

const dayWords = (at: Temporal.ZonedDateTime): string =>
  at.toPlainDate().toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

/** Whether the schedule names a time that the clock skips: asked of a day on which it does not. */
const namesTime = (s: JobSchedule, fromWall: Temporal.PlainDateTime, lengthMs: number): boolean => {
  if (s.kind === 'period') return false
  const utc = { ...s, zone: 'UTC' }
  const from = fromWall.toZonedDateTime('UTC').epochMilliseconds
  const next = afterOf(utc)(from - 1)
  return next !== null && next < from + lengthMs
}

const gapNote = (
  s: JobSchedule,
  after: (ms: number) => number | null,
  change: Temporal.ZonedDateTime,
  shift: number,
) => {
  const skipped = change.toPlainDateTime().subtract({ milliseconds: shift })
  if (!namesTime(s, skipped, shift)) return null
  const first = after(change.epochMilliseconds - 1)
  const day = `On ${dayWords(change)} the clock skips ${skipped.toPlainTime().toString().slice(0, 5)} to ${change.toPlainTime().toString().slice(0, 5)}`
  return first === change.epochMilliseconds
    ? `${day}: what is due then is expected at ${change.toPlainTime().toString().slice(0, 5)}.`
    : `${day}: what is due then is not expected on that day.`
}

const repeatNote = (
  s: JobSchedule,
  after: (ms: number) => number | null,
  change: Temporal.ZonedDateTime,
  shift: number,
) => {
  const shown = change.toPlainDateTime()
  if (!namesTime(s, shown, shift)) return null
  const again = after(change.epochMilliseconds - 1)
  const twice = again !== null && again < change.epochMilliseconds + shift
  const day = `On ${dayWords(change)} the clock shows ${shown.toPlainTime().toString().slice(0, 5)} to ${shown.add({ milliseconds: shift }).toPlainTime().toString().slice(0, 5)} twice`
  return twice ? `${day}: it is expected in both hours.` : `${day}: it is expected once, the first time.`
}
