import { isBefore, millisBetween, plusMillis } from '../../platform/clock.ts'
import type { MessageClass } from './message.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Milliseconds before the second, third … attempt; the last one repeats. A page is worth a connection every half minute. */
const DELAYS: Record<MessageClass, number[]> = {
  page: [2, 5, 10, 20, 30].map((s) => s * SECOND),
  conversation: [10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  broadcast: [10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE],
}

/** RFC 5321 (4.5.4.1) has senders go on for four to five days; a page that old wakes nobody for a good reason. */
const GIVE_UP_AFTER: Record<MessageClass, number> = { page: 24 * HOUR, conversation: 96 * HOUR, broadcast: 24 * HOUR }

/** How long a page waits for one method before the person's next method is tried as well. */
export const FALL_BACK_AFTER_MS = 30 * SECOND

/** Longest wait that another system may ask of us (Retry-After). */
const LONGEST_ASKED = 6 * HOUR

/**
 * Milliseconds until the next attempt, after `attempts` of them (1 or more). Up to a fifth is added by `random` (0 to 1),
 * so that what failed together does not come back together; nothing is taken away.
 */
export const retryDelay = (messageClass: MessageClass, attempts: number, random: () => number): number => {
  const delays = DELAYS[messageClass]
  const base = delays[Math.min(Math.max(attempts, 1), delays.length) - 1] ?? MINUTE
  return Math.round(base * (1 + 0.2 * random()))
}

export type Failure = {
  class: MessageClass
  outcome: { kind: 'retry'; afterMs?: number | undefined } | { kind: 'refused' }
  /** Attempts by this method so far, with the one that just failed. */
  attempts: number
  firstTriedAt: Temporal.Instant
  now: Temporal.Instant
  /** Whether the person has another method that was not started yet. */
  hasNext: boolean
}

export type AfterFailure = {
  /** When to try this method again; null when never. */
  retryAt: Temporal.Instant | null
  /** Start the person's next method now. This one goes on at `retryAt` all the same: whichever arrives first wakes. */
  fallBack: boolean
  reason: string
}

const seconds = (ms: number): string =>
  ms < 90 * SECOND ? `${Math.round(ms / SECOND)} s` : `${Math.round(ms / MINUTE)} min`

/**
 * What follows a failed attempt. A page falls back to the next method as soon as it is refused, or when its own next
 * attempt would come later than 30 s after the first; and it never ends while another method has not been started.
 */
export const afterFailure = (failure: Failure, random: () => number): AfterFailure => {
  const { outcome, now, firstTriedAt, hasNext } = failure
  const isPage = failure.class === 'page'
  if (outcome.kind === 'refused') {
    const fallBack = isPage && hasNext
    return {
      retryAt: null,
      fallBack,
      reason: fallBack ? 'Refused; the next method is tried at once.' : 'Refused; it is not tried again.',
    }
  }
  const delay = Math.max(
    retryDelay(failure.class, failure.attempts, random),
    Math.min(outcome.afterMs ?? 0, LONGEST_ASKED),
  )
  const retryAt = plusMillis(now, delay)
  const fallBack = isPage && hasNext && millisBetween(firstTriedAt, retryAt) > FALL_BACK_AFTER_MS
  const giveUpAt = plusMillis(firstTriedAt, GIVE_UP_AFTER[failure.class])
  if (isBefore(giveUpAt, retryAt) && !(isPage && hasNext)) {
    const hours = GIVE_UP_AFTER[failure.class] / HOUR
    return { retryAt: null, fallBack: false, reason: `Given up ${hours} hours after the first attempt.` }
  }
  const again = `Tried again in ${seconds(delay)}.`
  return { retryAt, fallBack, reason: fallBack ? `${again} The next method is tried now.` : again }
}
