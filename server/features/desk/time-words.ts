/** Times as people at the desk say them. */

const MINUTE = 60_000

/** "33 min", "3 h 10 min", "2 d 4 h"; less than a minute is "less than a minute". The sign is dropped. */
export const lengthWords = (ms: number): string => {
  const minutes = Math.floor(Math.abs(ms) / MINUTE)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return `${minutes} min`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours < 24) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
  const [days, over] = [Math.floor(hours / 24), hours % 24]
  return over === 0 ? `${days} d` : `${days} d ${over} h`
}

const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

/** "07:45 London"; with the day when it is not the day that `now` is in that zone: "Tue 24 Nov 07:45 London". */
export const wallWords = (at: Temporal.Instant, zone: string, now: Temporal.Instant): string => {
  const local = at.toZonedDateTimeISO(zone)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  if (local.toPlainDate().equals(now.toZonedDateTimeISO(zone).toPlainDate())) return `${time} ${cityOf(zone)}`
  const day = local.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')
  return `${day} ${time} ${cityOf(zone)}`
}

/** "23 Nov 2026 07:31 UTC" */
export const utcWords = (at: Temporal.Instant): string => {
  const utc = at.toZonedDateTimeISO('UTC')
  const day = utc.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  return `${day} ${utc.toPlainTime().toString({ smallestUnit: 'minute' })} UTC`
}

/** "1 business unit", "2 business units" */
export const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
