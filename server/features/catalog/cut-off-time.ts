import type { Instant } from '../../platform/clock.ts'

/** `atTime` is HH:MM by the clock of `zone`; days are 1 Monday to 7 Sunday. */
export type CutOffRule = { atTime: string; zone: string; days: readonly number[] }

/**
 * The first time at or after `now` at which the cut-off falls, or null when it has no day. A time that the clock skips
 * falls as much later, and of a time that it shows twice the first counts, which is the one to be ready by.
 */
export const nextCutOffAt = ({ atTime, zone, days }: CutOffRule, now: Instant): Instant | null => {
  const time = Temporal.PlainTime.from(atTime)
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  // From the day before, because a time that was skipped may have moved over midnight; one day further than a week, because today's may be over.
  for (let ahead = -1; ahead <= 8; ahead++) {
    const date = today.add({ days: ahead })
    if (!days.includes(date.dayOfWeek)) continue
    const at = date.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant()
    if (Temporal.Instant.compare(at, now) >= 0) return at
  }
  return null
}
