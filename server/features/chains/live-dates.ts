import { businessDateOf, type Dued, datingOf, dueOn, plusDays } from './business-date.ts'
import type { Dates } from './dates.ts'

const HOUR = 3_600_000
/** What is not done so long after its time is not waited for any more once the next date has begun. */
export const GIVEN_UP_MS = 12 * HOUR

export type StoredNight = { date: string; settled: boolean }

/**
 * The business dates of a deadline that go on at `now`, the oldest first: those that have begun and are not settled. One
 * that was due before the deadline was made is none of its.
 */
export const liveDates = (
  deadline: Dued & { createdAt: number },
  dates: Pick<Dates, 'on'>,
  nights: readonly StoredNight[],
  now: number,
): string[] => {
  const { due } = deadline
  const today = businessDateOf(now, datingOf(deadline))
  const settled = new Set(nights.filter((n) => n.settled).map((n) => n.date))
  const open = new Set(nights.filter((n) => !n.settled).map((n) => n.date))
  const back = due.kind === 'by' ? due.days + 1 : Math.ceil(due.seconds / 86_400) + 1
  const found = [...open]
  for (let i = back; i >= 0; i--) {
    const date = plusDays(today, -i)
    if (open.has(date) || settled.has(date) || !dates.on(date)) continue
    const at = dueOn(date, deadline)
    const isOver = at === null ? i > back - 1 && i > 0 : at < deadline.createdAt || at + GIVEN_UP_MS < now
    if (!isOver) found.push(date)
  }
  return found.sort()
}
