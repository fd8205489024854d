import { instantOfWall, wallOf } from '../../../ui/wall.ts'

const hour = 3_600_000
const day = 24 * hour

/** A time of day so many days after today, by the clocks of the zone. */
const wallIn = (days: number, time: string, now: number, zone: string): number => {
  const today = Date.parse(`${wallOf(now, zone).slice(0, 10)}T00:00Z`)
  return instantOfWall(`${new Date(today + days * day).toISOString().slice(0, 10)}T${time}`, zone) ?? now + day
}

const weekday = (now: number, zone: string) => new Date(`${wallOf(now, zone).slice(0, 10)}T00:00Z`).getUTCDay()

/** Until when something can be left for later: an hour, four, tomorrow at nine, Monday at nine, in the reader's zone. */
export const snoozeOffers = (now: number, zone: string): { label: string; at: number }[] => {
  const untilMonday = (8 - weekday(now, zone)) % 7 || 7
  return [
    { label: 'For 1 hour', at: now + hour },
    { label: 'For 4 hours', at: now + 4 * hour },
    { label: 'Until tomorrow 09:00', at: wallIn(1, '09:00', now, zone) },
    // On a Sunday that is tomorrow.
    ...(untilMonday > 1 ? [{ label: 'Until Monday 09:00', at: wallIn(untilMonday, '09:00', now, zone) }] : []),
  ]
}
