import { type Clock, type Instant, millisBetween, plusMillis, systemClock } from '../../server/platform/clock.ts'

/** The time of the machine until `start`, and from there on so many times as fast. */
export const fastClock = (speed: number, real: Clock = systemClock()): Clock => {
  if (speed === 1) return real
  const start = real.now()
  const toReal = (at: Instant) => plusMillis(start, millisBetween(start, at) / speed)
  return {
    now: () => plusMillis(start, millisBetween(start, real.now()) * speed),
    timer: (at, run) => real.timer(toReal(at), run),
  }
}
