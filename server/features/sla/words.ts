import type { Instant } from '../../platform/clock.ts'

const days = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `45 min`, `8 h`, `1 h 30 min`; parts of a minute are dropped. Never days: a day of open hours is not 24 h. */
export const durationWords = (minutes: number): string => {
  const whole = Math.floor(minutes + 1e-6)
  const [h, min] = [Math.floor(whole / 60), whole % 60]
  if (h === 0) return `${min} min`
  return min === 0 ? `${h} h` : `${h} h ${min} min`
}

/** `15:12 London`, with the date when it is not that of `from`: `Tue 24 Nov 10:00 London`. */
export const timeWords = (at: Instant, from: Instant, zone: string): string => {
  const [there, here] = [at.toZonedDateTimeISO(zone), from.toZonedDateTimeISO(zone)]
  const time = `${there.toPlainTime().toString({ smallestUnit: 'minute' })} ${cityOf(zone)}`
  if (there.toPlainDate().equals(here.toPlainDate())) return time
  const year = there.year === here.year ? '' : ` ${there.year}`
  return `${days[there.dayOfWeek]} ${there.day} ${months[there.month]}${year} ${time}`
}

const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
