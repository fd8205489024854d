import { useSyncExternalStore } from 'react'

let skew = 0
const ticks = new Map<number, { listeners: Set<() => void>; timer: ReturnType<typeof setInterval> }>()

/** The server's time in milliseconds: a clock that is wrong on the reader's machine must not show a deadline as met. */
export const serverNow = (): number => Date.now() + skew

/**
 * Learn the server's time from one of its answers. Differences under two seconds are the network and the whole-second
 * `Date` header, and are left alone. Another time is shown at once, not at the next step.
 */
export const learnServerTime = (serverMillis: number): void => {
  const difference = serverMillis - Date.now()
  if (Number.isNaN(difference)) return
  if (Math.abs(difference - skew) <= 2000) return
  skew = Math.abs(difference) > 2000 ? difference : 0
  for (const { listeners } of ticks.values()) for (const tell of listeners) tell()
}

const subscribe = (every: number) => (listener: () => void) => {
  let tick = ticks.get(every)
  if (!tick) {
    const listeners = new Set<() => void>()
    tick = { listeners, timer: setInterval(() => listeners.forEach((tell) => void tell()), every) }
    ticks.set(every, tick)
  }
  const { listeners, timer } = tick
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      ticks.delete(every)
    }
  }
}

const everySecond = subscribe(1000)
export const everyHalfMinute = subscribe(30_000)

/** The time now, renewed each second or half minute; all that show it share one timer. Rounded down to the step. */
export const useNow = (step: 'second' | 'half-minute' = 'half-minute'): number => {
  const every = step === 'second' ? 1000 : 30_000
  return useSyncExternalStore(
    step === 'second' ? everySecond : everyHalfMinute,
    () => Math.floor(serverNow() / every) * every,
  )
}
