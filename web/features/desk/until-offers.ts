import { instantOfWall, nextClock, wallOf } from '../../ui/wall.ts'

const hour = 3_600_000
const morning = '08:00'

/** Monday morning by the clocks of the zone; on a Monday the next one. */
const monday = (now: number, zone: string): number => {
  const today = Date.parse(`${wallOf(now, zone).slice(0, 10)}T00:00Z`)
  const days = (8 - new Date(today).getUTCDay()) % 7 || 7
  const date = new Date(today + days * 24 * hour).toISOString().slice(0, 10)
  return instantOfWall(`${date}T${morning}`, zone) ?? now + days * 24 * hour
}

/** Until when something usually waits, or is left for later, in the reader's zone. */
export const untilOffers = (now: number, zone: string): { label: string; at: number }[] => {
  const [next, week] = [nextClock(morning, now, zone), monday(now, zone)]
  return [
    { label: 'In 1 h', at: now + hour },
    { label: 'In 4 h', at: now + 4 * hour },
    { label: `At the next ${morning}`, at: next },
    // On a Sunday that is the next morning.
    ...(week === next ? [] : [{ label: `On Monday ${morning}`, at: week }]),
  ]
}
