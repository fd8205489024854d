import type { Recurrence } from '../../../contract/alerts/silence.ts'
import { earlier, type Instant, isBefore, later, plusMinutes } from '../../platform/clock.ts'

/** When a maintenance window lasts: once from `startsAt` to `endsAt`, or again and again between the two. */
export type WindowTimes = { startsAt: Instant; endsAt: Instant | null; recurrence: Recurrence | null }

/** From `from` until before `to`. */
export type Lasting = { from: Instant; to: Instant }

/** Days that a window may reach over, which is a week at most, and one for zones. */
const DAYS_BACK = 8
/** A time that a zone skips on its day is looked for on the next: one day more than a week. */
const DAYS_AHEAD = 9

/**
 * The time that the window lasts at `now`, or else the next time that it will; null when it will not any more. Each
 * time begins by the clock on the wall of its zone and takes as many real minutes as it says, also over a change of the
 * clocks. Times that touch or overlap are one.
 */
export const lasting = (w: WindowTimes, now: Instant): Lasting | null => {
  const { startsAt, endsAt } = w
  if (!w.recurrence) return endsAt && isBefore(now, endsAt) ? { from: startsAt, to: endsAt } : null
  const found = joined(occurrences(w.recurrence, later(now, startsAt)))
    .map(({ from, to }) => ({ from: later(from, startsAt), to: endsAt ? earlier(to, endsAt) : to }))
    .find(({ from, to }) => isBefore(from, to) && isBefore(now, to))
  return found ?? null
}

/** The times of the window that lie in a span of some days, at least in part; of many the first `most`. */
export const lastingBetween = (w: WindowTimes, from: Instant, to: Instant, most = 50): Lasting[] => {
  const found: Lasting[] = []
  let at = from
  while (found.length < most) {
    const next = lasting(w, at)
    if (!next || !isBefore(next.from, to)) break
    if (isBefore(from, next.to)) found.push(next)
    at = next.to
  }
  return found
}

/** Whether the window lasts at `now`, and until when. */
export const lastsNow = (w: WindowTimes, now: Instant): Lasting | null => {
  const found = lasting(w, now)
  return found && !isBefore(now, found.from) ? found : null
}

const occurrences = ({ zone, weekdays, from, minutes }: Recurrence, around: Instant): Lasting[] => {
  const time = Temporal.PlainTime.from(from)
  const today = around.toZonedDateTimeISO(zone).toPlainDate()
  return Array.from({ length: DAYS_BACK + DAYS_AHEAD + 1 }, (_, i) => today.add({ days: i - DAYS_BACK }))
    .filter((date) => weekdays.includes(date.dayOfWeek))
    .map((date) => date.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant())
    .map((start) => ({ from: start, to: plusMinutes(start, minutes) }))
}

const joined = (times: Lasting[]): Lasting[] => {
  const list: Lasting[] = []
  for (const t of times) {
    const last = list.at(-1)
    if (last && !isBefore(last.to, t.from)) last.to = later(last.to, t.to)
    else list.push({ ...t })
  }
  return list
}
