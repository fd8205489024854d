import { zoneName } from '../../ui/time.ts'
import { weekdayOf } from './days.ts'
import { listWords } from './words.ts'

export type Restriction = { weekdays: readonly number[]; from: string; to: string }
export type Turns = { kind: 'hourly' | 'daily' | 'weekly' | 'monthly'; every: number; startsAt: string }

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const short = (day: number) => weekdays[day - 1]?.slice(0, 3) ?? ''

const ordinal = (n: number): string => {
  const tens = n % 100
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}

const units = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month' } as const

/** 'every week on Monday at 07:00 London', 'every 2 days at 09:00 Tokyo'. */
export const turnWords = ({ kind, every, startsAt }: Turns, zone: string): string => {
  const [date = '', time = ''] = startsAt.split('T')
  const often = every === 1 ? `every ${units[kind]}` : `every ${every} ${units[kind]}s`
  const day = {
    hourly: 'counted from',
    daily: 'at',
    weekly: `on ${weekdays[weekdayOf(date) - 1]} at`,
    monthly: `on the ${ordinal(Number(date.slice(8)))} at`,
  }[kind]
  return `${often} ${day} ${time} ${zoneName(zone)}`
}

/** 'Mon–Fri', 'every day', 'Mon, Wed and Fri'. */
export const weekdayWords = (days: readonly number[]): string => {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const [first, last] = [sorted[0] ?? 1, sorted.at(-1) ?? 1]
  if (sorted.length === 7) return 'every day'
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${short(first)}–${short(last)}`
  return listWords(sorted.map(short))
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** 'Mon–Fri 07:00–19:00', 'every day 22:00–06:00 of the next day'. */
export const restrictionWords = (restriction: Restriction): string => {
  const { weekdays: days, from, to } = restriction
  const over = minutes(to) > 0 && minutes(to) <= minutes(from) ? ' of the next day' : ''
  return `${weekdayWords(days)} ${from}–${to === '00:00' ? '24:00' : to}${over}`
}

/** 'around the clock', or the hours in which a layer covers. */
export const hoursWords = (restrictions: readonly Restriction[]): string =>
  restrictions.length === 0 ? 'around the clock' : listWords(restrictions.map(restrictionWords))
