import type { Instant } from '../../platform/clock.ts'

const EARLIEST = Temporal.Instant.from('1971-01-01T00:00:00Z').epochMilliseconds
const LATEST = Temporal.Instant.from('2900-01-01T00:00:00Z').epochMilliseconds

const fromMillis = (ms: number): Instant | null =>
  Number.isFinite(ms) && ms > EARLIEST && ms < LATEST ? Temporal.Instant.fromEpochMilliseconds(Math.trunc(ms)) : null

/** Seconds below this are seconds, above they are milliseconds: 1e11 s is the year 5138. */
const SECONDS_UP_TO = 1e11

/**
 * A time as tools write it: RFC 3339 in all its shapes (`+0000`, nine digits of a second), or seconds or milliseconds
 * since 1970, also as text. Null for what is no time, and for Go's zero time and its like, which mean "not set".
 */
export const readWhen = (given: unknown): Instant | null => {
  if (typeof given === 'number') return fromMillis(Math.abs(given) < SECONDS_UP_TO ? given * 1000 : given)
  if (typeof given !== 'string' || given.length > 40) return null
  if (/^\d{9,16}(\.\d+)?$/.test(given)) return readWhen(Number(given))
  try {
    return fromMillis(Temporal.Instant.from(given).epochMilliseconds)
  } catch {
    return null
  }
}

const MOST_BEHIND_MS = 15 * 60_000
const MOST_AHEAD_MS = 60_000

/**
 * The sender's time where it may be gone by, else null: at most 15 minutes before we received it (a retry that was
 * held up) and one minute after (clocks differ). Beyond that it is more likely that the sender's clock is wrong, and
 * what it sent is put in order by its arrival.
 */
export const plausible = (sent: Instant | null, received: Instant): Instant | null => {
  if (!sent) return null
  const age = received.epochMilliseconds - sent.epochMilliseconds
  return age <= MOST_BEHIND_MS && age >= -MOST_AHEAD_MS ? sent : null
}
