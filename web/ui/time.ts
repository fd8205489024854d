const formats = new Map<string, Intl.DateTimeFormat>()

const format = (zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${name} ${zone}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options })
  formats.set(key, made)
  return made
}

/** An instant as the API sends it (ISO 8601) or in milliseconds since 1970. */
export type Instant = string | number

export const millis = (at: Instant): number => (typeof at === 'number' ? at : Date.parse(at))

/** The zone of the machine that shows the page. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** 'America/New_York' → 'New York'. */
export const zoneName = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

/** '07:12' in the zone. */
export const clock = (at: Instant, zone: string): string =>
  format(zone, 'clock', { hour: '2-digit', minute: '2-digit' }).format(millis(at))

/** '07:12:04' in the zone. */
export const clockSeconds = (at: Instant, zone: string): string =>
  format(zone, 'seconds', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(millis(at))

/** 'Thu 26 Nov' in the zone. */
export const day = (at: Instant, zone: string): string =>
  format(zone, 'day', { weekday: 'short', day: 'numeric', month: 'short' }).format(millis(at)).replace(',', '')

/** 'Thu 26 Nov 2026, 07:12:04 London (GMT)': what stands behind every relative time. */
export const absolute = (at: Instant, zone: string): string => {
  const date = format(zone, 'date', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const offset = format(zone, 'offset', { timeZoneName: 'shortOffset' })
    .formatToParts(millis(at))
    .find((part) => part.type === 'timeZoneName')?.value
  return `${date.format(millis(at)).replace(',', '')}, ${clockSeconds(at, zone)} ${zoneName(zone)} (${offset ?? zone})`
}

/** '26 Nov 2026 07:12:04 GMT': for a log, whose rows are put in order by it. */
export const exact = (at: Instant, zone: string): string => {
  const date = format(zone, 'dated', { day: 'numeric', month: 'short', year: 'numeric' }).format(millis(at))
  const name = format(zone, 'named', { timeZoneName: 'short' })
    .formatToParts(millis(at))
    .find((part) => part.type === 'timeZoneName')?.value
  return `${date} ${clockSeconds(at, zone)} ${name ?? zone}`
}

/** 'Thu 24 Dec 2026' of '2026-12-24', a date of no zone; undefined while it is none. */
export const dateInWords = (date: string): string | undefined => {
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T12:00Z`) : Number.NaN
  return Number.isNaN(at) ? undefined : absolute(at, 'UTC').split(',')[0]
}

/**
 * As short as it is clear: '07:12' today, 'Tue 02:10' within six days, '3 Nov' this year, '3 Nov 2025' before.
 * `full`: with the time of day however old it is, '3 Nov 02:10', where one looks for what happened with it.
 */
export const stamp = (at: Instant, now: number, zone: string, full = false): string => {
  const date = format(zone, 'ymd', { year: 'numeric', month: '2-digit', day: '2-digit' })
  if (date.format(millis(at)) === date.format(now)) return clock(at, zone)
  if (Math.abs(now - millis(at)) < 6 * 86_400_000)
    return `${format(zone, 'weekday', { weekday: 'short' }).format(millis(at))} ${clock(at, zone)}`
  const year = format(zone, 'year', { year: 'numeric' })
  const short = format(zone, 'short', { day: 'numeric', month: 'short' }).format(millis(at))
  const dated = year.format(millis(at)) === year.format(now) ? short : `${short} ${year.format(millis(at))}`
  return full ? `${dated} ${clock(at, zone)}` : dated
}

/** A length of time without a sign: '38 s', '28 min', '1 h 12' ('1 h 12 min' when long), '1 d 2 h', '41 d'. */
export const span = (ms: number, words: 'short' | 'long' = 'short'): string => {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24)
    return `${hours} h${minutes % 60 === 0 ? '' : ` ${String(minutes % 60).padStart(2, '0')}${words === 'long' ? ' min' : ''}`}`
  const days = Math.floor(hours / 24)
  return days < 7 && hours % 24 !== 0 ? `${days} d ${hours % 24} h` : `${days} d`
}

/** What is left until `at`, with a minus sign when it is over: '28 min', '−4 min'. */
export const left = (at: Instant, now: number, words?: 'short' | 'long'): string =>
  `${millis(at) < now ? '−' : ''}${span(millis(at) - now, words)}`

/** '12 min ago', 'in 12 min', 'now'. */
export const relative = (at: Instant, now: number): string => {
  const distance = now - millis(at)
  if (Math.abs(distance) < 1000) return 'now'
  return distance > 0 ? `${span(distance, 'long')} ago` : `in ${span(distance, 'long')}`
}

/** Milliseconds in the unit a person would use: '41 ms', '1.2 s', '90 s' → '1 min 30 s'. */
export const duration = (ms: number): string => {
  if (ms < 10 && ms % 1 !== 0) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600)
    return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return span(ms, 'long')
}
