import { earlier, type Instant, isBefore, plusSeconds } from '../../platform/clock.ts'

export const DAY_SECONDS = 86_400
/** A session ends after so many days without use … */
const IDLE_DAYS = 14
/** … and in any case so many days after it began, when the browser forgets the cookie too. */
export const LONGEST_DAYS = 90

/** When a session that began at `createdAt` and is used now will end. */
export const sessionEnd = (createdAt: Instant, now: Instant): Instant =>
  earlier(plusSeconds(now, IDLE_DAYS * DAY_SECONDS), plusSeconds(createdAt, LONGEST_DAYS * DAY_SECONDS))

/** The new end to be written, or null: moved at most once a day, so that reading a session does not mean writing it. */
export const extendedEnd = (session: { createdAt: Instant; expiresAt: Instant }, now: Instant): Instant | null => {
  const end = sessionEnd(session.createdAt, now)
  return isBefore(plusSeconds(session.expiresAt, DAY_SECONDS), end) ? end : null
}
