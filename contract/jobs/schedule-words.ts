import type { DayRule, IfClosed } from './business-days.ts'
import type { JobSchedule } from './schedule.ts'

/** What a schedule says, in words: the same in a mail, on a page and in a terminal. */

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const ordinal = (n: number): string => {
  const tens = n % 100
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}
/** '3rd', 'last', '2nd last'. */
const nthWords = (n: number): string => (n > 0 ? ordinal(n) : n === -1 ? 'last' : `${ordinal(-n)} last`)

const list = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

const elseWords: Record<IfClosed, string> = {
  before: ', else the business day before',
  after: ', else the business day after',
  'same-month': ', else the business day after in the same month, or before',
  skip: ' if that is a business day',
  anyway: '',
}

const MOST_DATES = 3

const dayWords = ({ day }: DayRule): string => {
  switch (day.on) {
    case 'each':
      return 'each business day'
    case 'nth':
      return `${nthWords(day.nth)} business day of the ${day.of}`
    case 'monthday': {
      const of = day.months.length > 0 ? list(day.months.map((m) => months[m] ?? '')) : 'the month'
      return `${list(day.days.map((n) => (n > 0 ? ordinal(n) : `${nthWords(n)} day`)))} of ${of}${elseWords[day.ifClosed]}`
    }
    case 'weekday':
      return `each ${list(day.days.map((n) => weekdays[n] ?? ''))}${elseWords[day.ifClosed]}`
    case 'dates': {
      const more = day.dates.length - MOST_DATES
      const some = day.dates.slice(0, more > 0 ? MOST_DATES : undefined)
      return `${more > 0 ? `${some.join(', ')} and ${more} more` : list(some)}${elseWords[day.ifClosed]}`
    }
    case 'holiday':
      return 'each holiday'
  }
}

/** '2 business days before the 15th of the month, … at 06:30; london and target2 open'. */
export const businessWords = (s: DayRule, at: 'at' | 'by' = 'at'): string => {
  const by = Math.abs(s.offsetDays)
  const offset = by === 0 ? '' : `${by} business ${by === 1 ? 'day' : 'days'} ${s.offsetDays < 0 ? 'before' : 'after'} `
  const open = s.calendars.length === 0 ? '' : `; ${list(s.calendars, s.open === 'any' ? 'or' : 'and')} open`
  return `${offset}${dayWords(s)} ${at} ${list(s.times)}${open}`
}

/** '/data/in/prices.csv has arrived on prdbat01'. */
export const fileWords = ({ file, host }: { file: string; host: string | null }, verb: string): string =>
  `${file} ${verb}${host === null ? '' : ` on ${host}`}`

/** How whoever tells of it says lengths of time, and zones. */
type Says = { span(seconds: number): string; zone(name: string): string }

/** 'every 5 min', '0 22 * * 1-5 in London', 'within 10 min after EOD prices has ended well'. `job`: the name of the one it follows. */
export const scheduleWordsBy = (s: JobSchedule, says: Says, job = 'another job'): string => {
  switch (s.kind) {
    case 'period':
      return `every ${says.span(s.seconds)}`
    case 'business':
      return `${businessWords(s)}${says.zone(s.zone)}`
    case 'arrival':
      return `when ${fileWords(s, 'arrives')}, expected ${businessWords(s, 'by')}${says.zone(s.zone)}`
    case 'after':
      return `within ${says.span(s.seconds)} after ${job} has ended${s.when === 'success' ? ' well' : ''}`
    case 'waits':
      return 'after what it waits for'
    default:
      return `${s.expression.split('\n').filter(Boolean).join('; ')}${says.zone(s.zone)}`
  }
}
