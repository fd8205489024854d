import { weekdayOf } from './days.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const parts = (date: string) => ({
  year: date.slice(0, 4),
  month: months[Number(date.slice(5, 7)) - 1] ?? '',
  day: String(Number(date.slice(8))),
})

/** 'Mon 23' for the head of a day. */
export const headWords = (date: string): string => `${weekdays[weekdayOf(date) - 1]} ${parts(date).day}`

/** '23–29 November', '30 November – 6 December', '28 December 2026 – 3 January 2027'; one day is 'Mon 23 November'. */
export const rangeWords = (first: string, last: string): string => {
  const [a, b] = [parts(first), parts(last)]
  if (first === last) return `${headWords(first)} ${a.month}`
  if (a.year !== b.year) return `${a.day} ${a.month} ${a.year} – ${b.day} ${b.month} ${b.year}`
  return a.month === b.month ? `${a.day}–${b.day} ${a.month}` : `${a.day} ${a.month} – ${b.day} ${b.month}`
}

/** '23–29 Nov' for the line of a week, whose year the heading says. */
export const weekWords = (first: string, last: string): string =>
  rangeWords(first, last).replaceAll(/([A-Z][a-z]{2})[a-z]+(?: \d{4})?/g, '$1')
