import { isBefore, plusMinutes } from '../../platform/clock.ts'

/**
 * How many messages one contact may get in a sliding window. GoAlert's discipline (SMS: 5 in 15 minutes, 11 in an hour,
 * 21 in three) with each channel's own figures; a window that is not named does not limit.
 */
export type ContactLimits = { perMinute?: number; per15Minutes?: number; perHour?: number; per3Hours?: number }

const WINDOWS = [
  { key: 'perMinute', minutes: 1, words: 'a minute' },
  { key: 'per15Minutes', minutes: 15, words: '15 minutes' },
  { key: 'perHour', minutes: 60, words: 'an hour' },
  { key: 'per3Hours', minutes: 180, words: '3 hours' },
] as const

/** The longest time for which past sends need to be known, in minutes. */
export const LIMIT_MEMORY_MINUTES = 180

type Allowed = { at: Temporal.Instant; reason: string | null }

/**
 * When the next message to a contact is within its limits: `now`, or the moment at which enough earlier ones have left
 * every window. `sent` are the times of earlier messages, in any order. Windows are half open: a message sent exactly
 * one window ago counts no more.
 */
export const allowedAt = (limits: ContactLimits, sent: Temporal.Instant[], now: Temporal.Instant): Allowed => {
  const newestFirst = sent.filter((at) => !isBefore(now, at)).sort((a, b) => Temporal.Instant.compare(b, a))
  let allowed: Allowed = { at: now, reason: null }
  for (const { key, minutes, words } of WINDOWS) {
    const most = limits[key]
    if (most === undefined) continue
    // When the most-th newest has left the window, fewer than `most` are in it.
    const blocking = newestFirst[most - 1]
    const free = blocking && plusMinutes(blocking, minutes)
    if (free && isBefore(allowed.at, free)) {
      allowed = { at: free, reason: `This contact may get ${most} messages in ${words}, and has had them.` }
    }
  }
  return allowed
}
