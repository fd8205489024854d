/**
 * The clock on the wall of a time zone, as plain numbers: a *wall* value is the milliseconds from 1970-01-01T00:00
 * to what that clock shows, as if it had no zone. Offsets come from Temporal and are remembered for each zone,
 * because walking a year of opening hours through Temporal objects costs milliseconds and through numbers
 * some ten microseconds.
 *
 * Where the clock is put forward or back (the rule of GoAlert): a time that the clock skips means the first instant
 * after the gap; of a time that it shows twice, the first begins a span and the last ends it. A span that ends exactly
 * where the repetition starts holds none of the repeated times and is not stretched over them: a Saturday ends
 * once in Havana, where Sunday's first hour comes twice.
 */

const MINUTE = 60_000
export const DAY = 1440 * MINUTE

/** From `from` until before `to` (epoch milliseconds) the zone is `offset` milliseconds ahead of UTC. */
type Segment = { from: number; to: number; offset: number }

const BUCKET = 2 ** 34
const MAX_BUCKETS = 1000
/** More than there are: only different spellings of the same zone reach it. */
const MAX_ZONES = 1000
/** No zone has ever been further from UTC than 16 hours, so what a wall shows happens within this of it. */
const REACH = DAY

const segmentsByZone = new Map<string, Map<number, Segment[]>>()

function readSegments(zone: string, bucket: number): Segment[] {
  const end = (bucket + 1) * BUCKET
  const segments: Segment[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(bucket * BUCKET).toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    const to = Math.min(end, next?.epochMilliseconds ?? end)
    segments.push({ from: at.epochMilliseconds, to, offset: at.offsetNanoseconds / 1e6 })
    if (next === null || to === end) return segments
    at = next
  }
}

function segmentsOf(zone: string, bucket: number): Segment[] {
  const known = segmentsByZone.get(zone)?.get(bucket)
  if (known !== undefined) return known
  const segments = readSegments(zone, bucket)
  if (segmentsByZone.size >= MAX_ZONES) segmentsByZone.clear()
  const ofZone = segmentsByZone.get(zone) ?? new Map<number, Segment[]>()
  if (ofZone.size >= MAX_BUCKETS) ofZone.clear()
  segmentsByZone.set(zone, ofZone.set(bucket, segments))
  return segments
}

function segmentsAround(zone: string, wall: number): Segment[] {
  const first = Math.floor((wall - REACH) / BUCKET)
  const last = Math.floor((wall + REACH) / BUCKET)
  return first === last ? segmentsOf(zone, first) : [...segmentsOf(zone, first), ...segmentsOf(zone, last)]
}

/** What the clock in `zone` shows at an instant (epoch milliseconds). Throws a RangeError for an unknown zone. */
export function wallAt(zone: string, epochMs: number): number {
  for (const segment of segmentsOf(zone, Math.floor(epochMs / BUCKET))) {
    if (epochMs < segment.to) return epochMs + segment.offset
  }
  throw new RangeError(`No offset is known for ${zone} at ${epochMs}.`)
}

/** The instant at which a span that begins at `wall` begins: the first at which the clock shows `wall` or later. */
export function startAtWall(zone: string, wall: number): number {
  for (const { from, to, offset } of segmentsAround(zone, wall)) {
    if (to + offset > wall) return Math.max(from, wall - offset)
  }
  throw new RangeError(`No offset is known for ${zone} around ${wall}.`)
}

/** The instant at which a span that ends at `wall` ends: from it on the clock never again shows less than `wall`. */
export function endAtWall(zone: string, wall: number): number {
  const segments = segmentsAround(zone, wall)
  for (let i = segments.length - 1; i >= 0; i--) {
    const { from, to, offset } = segments[i] as Segment
    if (from + offset < wall) return Math.min(to, wall - offset)
  }
  throw new RangeError(`No offset is known for ${zone} around ${wall}.`)
}

/** Weekday of a day counted from 1970-01-01: 1 Monday to 7 Sunday (ISO 8601). */
export function weekdayOf(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1
}

/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM` as a wall value; null when it is not such a date or the day does not exist. */
export function parseWall(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text)) return null
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds
  } catch {
    return null
  }
}

/** `HH:MM` as milliseconds since midnight, `24:00` included; null when it is not such a time. */
export function parseClock(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (match) return (Number(match[1]) * 60 + Number(match[2])) * MINUTE
  return text === '24:00' ? DAY : null
}

/** Whether the zone is in the time zone database (`Europe/London`, `UTC`). */
export function isKnownZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
