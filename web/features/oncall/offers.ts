import { instantOfWall } from '../../ui/wall.ts'
import { addDays, dateOf, weekdayOf } from './days.ts'

type Offer = { value: string; label: string; from: number; to: number }

const HOUR = 3_600_000

/** The parts of a shift that people usually ask to have covered, cut to the shift: tonight, tomorrow, the weekend. */
export const offersFor = (shift: { from: number; to: number }, now: number, zone: string): Offer[] => {
  const today = dateOf(now, zone)
  const wall = (days: number, time: string) => instantOfWall(`${addDays(today, days)}T${time}`, zone) ?? Number.NaN
  const toSaturday = (6 - weekdayOf(today) + 7) % 7
  const whole = { value: 'whole', label: 'all of it', from: Math.max(shift.from, now), to: shift.to }
  const parts: Offer[] = [
    { value: 'hours', label: '4 h from now', from: now, to: now + 4 * HOUR },
    { value: 'tonight', label: 'tonight, 18–08', from: wall(0, '18:00'), to: wall(1, '08:00') },
    { value: 'tomorrow', label: 'tomorrow', from: wall(1, '00:00'), to: wall(2, '00:00') },
    { value: 'weekend', label: 'the weekend', from: wall(toSaturday, '00:00'), to: wall(toSaturday + 2, '00:00') },
  ]
  const cut = parts
    .map((part) => ({ ...part, from: Math.max(part.from, whole.from), to: Math.min(part.to, whole.to) }))
    .filter(({ from, to }) => from < to && (from > whole.from || to < whole.to))
  return whole.from < whole.to ? [whole, ...cut] : []
}
