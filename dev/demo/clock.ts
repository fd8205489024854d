import type { Server } from 'node:http'
import { type Clock, type Instant, millisBetween, plusMillis, systemClock } from '../../server/platform/clock.ts'

type Timer = { at: Instant; run(): void; cancel(): void }

/** The time of the machine until `go`, and from there on so many times as fast. */
export const fastClock = (speed: number, real: Clock = systemClock()): Clock & { go(): void } => {
  let start: Instant | null = null
  const timers = new Set<Timer>()
  const toReal = (at: Instant) => (start ? plusMillis(start, millisBetween(start, at) / speed) : at)
  const arm = (timer: Timer) => {
    timer.cancel = real.timer(toReal(timer.at), () => {
      timers.delete(timer)
      timer.run()
    })
  }
  const now = () => (start ? plusMillis(start, millisBetween(start, real.now()) * speed) : real.now())
  return {
    now,
    ms: () => now().epochMilliseconds,
    timer(at, run) {
      const timer: Timer = { at, run, cancel: () => undefined }
      timers.add(timer)
      arm(timer)
      return () => {
        timers.delete(timer)
        timer.cancel()
      }
    },
    go() {
      start ??= real.now()
      // What was set by the slow time comes by the fast one.
      for (const timer of timers) {
        timer.cancel()
        arm(timer)
      }
    },
  }
}

/** Pages go by the time that the server's answers tell, and Node tells that of the machine. */
export const tellTimeBy = (clock: Clock, server: Server): void => {
  server.prependListener('request', (_, answer) => {
    answer.setHeader('date', new Date(clock.now().epochMilliseconds).toUTCString())
  })
}
