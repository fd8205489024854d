import { day, millis, zoneName } from '../../ui/time.ts'
import { wallOf } from '../../ui/wall.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** '07:00' in the zone; a midnight that ends something is 24:00. */
export const clockOf = (at: number, zone: string): string => wallOf(at, zone).slice(11)
const endClock = (at: number, zone: string) => (clockOf(at, zone) === '00:00' ? '24:00' : clockOf(at, zone))

/** 'Sat 28 Nov 07:00' in the zone. */
export const dayClock = (at: number | string, zone: string): string => `${day(at, zone)} ${clockOf(millis(at), zone)}`

type Span = { from: number | string; to: number | string }

/** 'Sat 28 Nov 07:00–15:00', or with both days when it ends on another one. */
export const spanWords = ({ from, to }: Span, zone: string): string => {
  const [start, end] = [millis(from), millis(to)]
  if (day(start, zone) === day(end - MINUTE, zone)) return `${dayClock(start, zone)}–${endClock(end, zone)}`
  return `${dayClock(start, zone)} – ${dayClock(end, zone)}`
}

/** '8 h', '30 min', '2 d 4 h': how long something lasts, to the minute. */
export const lengthWords = (ms: number): string => {
  const minutes = Math.round(ms / MINUTE)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  return (
    [days && `${days} d`, hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).slice(0, 2).join(' ') || '0 min'
  )
}

/** 'Ann, Ben and Cem'. */
export const listWords = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** 'once', 'twice', '3 times'. */
export const timesWords = (times: number): string => ['never', 'once', 'twice'][times] ?? `${times} times`

/** '+ 5 min', '+ 1 h 30', 'at once': how long after the start. */
export const afterWords = (minutes: number): string =>
  minutes === 0 ? 'at once' : `+ ${lengthWords(minutes * MINUTE)}`

/** What the clocks of another zone say: '16:00–00:00 in Tokyo'; with the days when it is longer than a day. */
export const elsewhere = ({ from, to }: Span, zone: string): string => {
  const [start, end] = [millis(from), millis(to)]
  const words =
    end - start < DAY
      ? `${clockOf(start, zone)}–${clockOf(end, zone)}`
      : `${dayClock(start, zone)} – ${dayClock(end, zone)}`
  return `${words} in ${zoneName(zone)}`
}

/** Whether some of it falls between 23:00 and 06:00 by the clocks of the zone. */
export const touchesNight = ({ from, to }: Span, zone: string): boolean => {
  const [start, end] = [millis(from), millis(to)]
  if (end - start >= DAY) return true
  for (let at = start; at < end; at += 15 * MINUTE) {
    const hour = Number(clockOf(at, zone).slice(0, 2))
    if (hour >= 23 || hour < 6) return true
  }
  return false
}

/** A sentence with one full stop at its end, also after a name that ends in one. */
export const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`)

/** 'Sam O. in place of Priya N.', 'Sam O. as well', 'without Priya N.'. */
export const overrideWords = ({
  add,
  remove,
}: {
  add: { name: string } | null
  remove: { name: string } | null
}): string => {
  if (add && remove) return `${add.name} in place of ${remove.name}`
  return add ? `${add.name} as well` : `without ${remove?.name}`
}
