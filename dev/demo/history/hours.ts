import type { Site } from '../../seed/people.ts'
import { sites } from '../../seed/people.ts'
import type { Random } from './random.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** How busy each hour of a working day is: the open, the hour before the close, quiet at noon and at night. */
const busy = [0.2, 0.2, 0.2, 0.2, 0.3, 0.6, 2, 5, 8, 7, 5, 4, 3, 4, 4, 5, 5, 3, 1.5, 0.8, 0.5, 0.4, 0.3, 0.2]
const share: readonly (readonly [Site, number])[] = [
  ['london', 55],
  ['newYork', 28],
  ['tokyo', 17],
]

export const wallOf = (ms: number, site: Site) =>
  Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO(sites[site].zone)

/** "08:14", as people of that site write it. */
export const clockOf = (ms: number, site: Site): string => wallOf(ms, site).toPlainTime().toString().slice(0, 5)

const isLastWorkday = (date: Temporal.PlainDate): boolean => {
  const left = Array.from({ length: date.daysInMonth - date.day }, (_, i) => date.add({ days: i + 1 }))
  return date.dayOfWeek <= 5 && left.every((d) => d.dayOfWeek > 5)
}

/** How much more there is to do on a day than on an ordinary one. */
export const loadOf = (date: Temporal.PlainDate): number => {
  if (date.dayOfWeek > 5) return 0.12
  if (isLastWorkday(date) || date.day === 1) return 1.7
  return date.dayOfWeek === 1 ? 1.35 : 1
}

/** How much longer a batch takes on a day: twice the trades at the end of a month, a weekend’s backlog on Mondays. */
export const slownessOf = (date: Temporal.PlainDate): number => {
  if (isLastWorkday(date)) return 1.7
  return date.dayOfWeek === 1 ? 1.2 : 1
}

/** About so many instants between `from` and `to`, by day and night of the three sites; in order. */
export const arrivals = (random: Random, from: number, to: number, wanted: number): { at: number; site: Site }[] => {
  const days: { date: Temporal.PlainDate; load: number }[] = []
  const first = wallOf(from, 'tokyo').toPlainDate()
  for (let i = 0; i <= Math.ceil((to - from) / DAY) + 1; i++) {
    const date = first.add({ days: i })
    days.push({ date, load: loadOf(date) })
  }
  const total = days.reduce((sum, d) => sum + d.load, 0)
  const made: { at: number; site: Site }[] = []
  for (const { date, load } of days)
    for (let n = Math.floor((wanted * load) / total + random.next()); n > 0; n--) {
      const site = random.weighted(share)
      const hour = random.weighted(busy.map((weight, h) => [h, weight] as const))
      const wall = date.toPlainDateTime({ hour, minute: random.whole(0, 59), second: random.whole(0, 59) })
      const at = wall.toZonedDateTime(sites[site].zone).epochMilliseconds
      if (at >= from && at < to) made.push({ at, site })
    }
  return made.sort((a, b) => a.at - b.at)
}
