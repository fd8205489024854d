import { instantOfWall, wallOf } from '../../ui/wall.ts'

const DAY = 86_400_000

/** A day of a zone: its date and from when until when it lasts, in milliseconds. Some days last 23 or 25 hours. */
export type Day = { date: string; start: number; end: number }

/** '2026-11-23' and a number of days further. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * DAY).toISOString().slice(0, 10)

export const dateOf = (at: number, zone: string): string => wallOf(at, zone).slice(0, 10)

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: string): number => ((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7) + 1

export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date))

const startOf = (date: string, zone: string): number => instantOfWall(`${date}T00:00`, zone) ?? Number.NaN

/** Days of a zone one after the other. */
export const daysFrom = (date: string, count: number, zone: string): Day[] =>
  Array.from({ length: count }, (_, i) => {
    const own = addDays(date, i)
    return { date: own, start: startOf(own, zone), end: startOf(addDays(own, 1), zone) }
  })

/** Where an instant lies among days of equal width, counted in days: 1.5 is the noon of the second. Cut at both ends. */
export const positionAmong = (days: readonly Day[], at: number): number => {
  const index = days.findIndex(({ end }) => at < end)
  const day = days[index]
  if (!day) return days.length
  return index + Math.max(0, at - day.start) / (day.end - day.start)
}

/** A date of an address, or undefined when it is none. */
export const asDate = (text: string): string | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text ? text : undefined
