/**
 * The only place that reads the machine's time. Everything else is handed a clock, so that a test can push it.
 * Leases and network time-outs are on real time and do not come through here.
 */
export type Instant = Temporal.Instant

export type Clock = {
  now(): Instant
  /** The same in milliseconds since 1970, for what is asked for ten thousand times a second. */
  ms(): number
  /** Calls `run` once, at `at` or as soon after as it can. Returns a function that cancels it. */
  timer(at: Instant, run: () => void): () => void
}

const LONGEST_TIMEOUT = 2 ** 31 - 1

export const systemClock = (): Clock => {
  const now = () => Temporal.Now.instant()
  const timer = (at: Instant, run: () => void) => {
    let handle: NodeJS.Timeout
    const arm = () => {
      const wait = Math.max(0, Math.ceil(millisBetween(now(), at)))
      // setTimeout fires at once for a delay over 2^31 ms, so a far timer is armed in stages.
      handle = wait > LONGEST_TIMEOUT ? setTimeout(arm, LONGEST_TIMEOUT) : setTimeout(run, wait)
    }
    arm()
    return () => clearTimeout(handle)
  }
  return { now, ms: Date.now, timer }
}

export type PushedClock = Clock & {
  /** The instant of the earliest timer, or null. */
  next(): Instant | null
  /** Sets the time (never back) and fires every timer that has come due, earliest first. */
  set(at: Instant): void
  /** Steps the time without firing anything, also backwards: a clock that was corrected by hand. */
  step(at: Instant): void
}

/** A clock that stands still until it is pushed. */
export const pushedClock = (start: Instant | string): PushedClock => {
  let current = Temporal.Instant.from(start)
  let timers: { at: Instant; run: () => void }[] = []
  const earliest = () =>
    timers.reduce<(typeof timers)[number] | null>((best, t) => (best && !isBefore(t.at, best.at) ? best : t), null)
  return {
    now: () => current,
    ms: () => current.epochMilliseconds,
    timer(at, run) {
      const entry = { at, run }
      timers.push(entry)
      return () => {
        timers = timers.filter((t) => t !== entry)
      }
    },
    next: () => earliest()?.at ?? null,
    set(at) {
      if (isBefore(current, at)) current = at
      for (let due = earliest(); due && !isBefore(current, due.at); due = earliest()) {
        const fired = due
        timers = timers.filter((t) => t !== fired)
        fired.run()
      }
    },
    step(at) {
      current = at
    },
  }
}

export const isBefore = (a: Instant, b: Instant): boolean => Temporal.Instant.compare(a, b) < 0
export const earlier = (a: Instant, b: Instant): Instant => (isBefore(b, a) ? b : a)
export const later = (a: Instant, b: Instant): Instant => (isBefore(a, b) ? b : a)

/** Milliseconds from `a` to `b`, with fractions; negative when `b` is earlier. */
export const millisBetween = (a: Instant, b: Instant): number => Number(b.epochNanoseconds - a.epochNanoseconds) / 1e6

export const plusMillis = (at: Instant, ms: number): Instant =>
  Temporal.Instant.fromEpochNanoseconds(at.epochNanoseconds + BigInt(Math.round(ms * 1e6)))
export const plusSeconds = (at: Instant, seconds: number): Instant => plusMillis(at, seconds * 1000)
export const plusMinutes = (at: Instant, minutes: number): Instant => plusMillis(at, minutes * 60_000)

/** The beginning of the hour (UTC) in which it lies. */
export const wholeHour = (at: Instant): Instant =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at.epochMilliseconds / 3_600_000) * 3_600_000)

/**
 * An instant as a `Temporal.Instant` writes itself, without the zeros at the end of its fraction: for thousands of them at
 * once, of which an object each takes nearly twice as long.
 */
export const textOfMillis = (ms: number): string => {
  const text = new Date(ms).toISOString()
  return text.endsWith('0Z') ? text.replace(/\.?0+Z$/, 'Z') : text
}
