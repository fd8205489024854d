import { type Instant, millis } from './time.ts'

const parts = new Map<string, Intl.DateTimeFormat>()

/** The clock on the wall of a zone, as if it were UTC: the difference to the instant is the zone's offset then. */
const wallMillis = (at: number, zone: string): number => {
  let format = parts.get(zone)
  if (!format) {
    const two = '2-digit'
    format = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: two, day: two },
      ...{ hour: two, minute: two, second: two },
    })
    parts.set(zone, format)
  }
  const found = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(found.year ?? 0, (found.month ?? 1) - 1, found.day, found.hour, found.minute, found.second)
}

/** '2026-11-23T07:12', the form of a datetime-local field, in the zone. */
export const wallOf = (at: Instant, zone: string): string =>
  new Date(wallMillis(millis(at), zone)).toISOString().slice(0, 16)

/**
 * The instant at which the clocks of the zone show this ('2026-11-23T07:12'), in milliseconds; undefined when it is no
 * time. Of two such instants the earlier; a time that the clocks skip is as much later as they skip, as in Temporal.
 */
export const instantOfWall = (wall: string, zone: string): number | undefined => {
  const guess = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(wall) ? Date.parse(`${wall}Z`) : Number.NaN
  if (Number.isNaN(guess)) return undefined
  const offsetAt = (at: number) => wallMillis(at, zone) - at
  const [before, after] = [offsetAt(guess - 86_400_000), offsetAt(guess + 86_400_000)]
  const exact = [guess - before, guess - after].filter((at) => at + offsetAt(at) === guess)
  return exact.length > 0 ? Math.min(...exact) : guess - before
}

/** The same in the form that the API takes: '2026-11-23T07:12:00.000Z'. */
export const isoOfWall = (wall: string, zone: string): string | undefined => {
  const at = instantOfWall(wall, zone)
  return at === undefined ? undefined : new Date(at).toISOString()
}

/** The next time at which the clocks of the zone show this time of day ('08:00'), in milliseconds. */
export const nextClock = (time: string, now: number, zone: string): number => {
  const today = wallOf(now, zone).slice(0, 10)
  const tomorrow = new Date(Date.parse(`${today}T00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const at = instantOfWall(`${today}T${time}`, zone) ?? now
  return at > now ? at : (instantOfWall(`${tomorrow}T${time}`, zone) ?? now)
}
