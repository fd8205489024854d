import type { Times } from './time-in-states.ts'

/** The last days in a zone, oldest first; the last is today, until now. Days differ in length where the clock is changed. */
export const lastDays = (now: Temporal.Instant, zone: string, count: number) => {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).toInstant()
  return Array.from({ length: count }, (_, i) => {
    const date = today.subtract({ days: count - 1 - i })
    const end = start(date.add({ days: 1 }))
    return { date: date.toString(), from: start(date), to: Temporal.Instant.compare(end, now) > 0 ? now : end }
  })
}

/**
 * How much of the time it was up, in percent. Time in which nobody could look or nobody looked counts neither as up
 * nor as down: it is left out, and told beside it.
 */
export const shareOf = (times: readonly Times[]) => {
  const sum = (state: keyof Times) => times.reduce((total, t) => total + (t[state] ?? 0), 0)
  const up = sum('up') + sum('degraded')
  const down = sum('down')
  return {
    percent: up + down === 0 ? null : (100 * up) / (up + down),
    downMs: down,
    blindMs: sum('unknown'),
    unobservedMs: sum('unobserved'),
  }
}
