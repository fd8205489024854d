import type { DayVerdict, JobDayCounts } from '../../../../contract/jobs/index.ts'
import type { Tone } from '../../../ui/Marks.tsx'
import { clock } from '../../../ui/time.ts'
import { verdictWords } from '../words.ts'

/** `plan`: it is still to come, or nothing is expected. */
export const dayTone: Record<DayVerdict, Tone | 'plan'> = {
  failed: 'down',
  missing: 'down',
  lost: 'blind',
  long: 'warn',
  short: 'warn',
  late: 'warn',
  often: 'warn',
  overlapping: 'warn',
  tolerated: 'warn',
  unusual: 'warn',
  running: 'ok',
  nothing: 'blind',
  ok: 'ok',
  planned: 'plan',
  free: 'plan',
}

export const dayWords: Record<DayVerdict, string> = {
  failed: 'failed',
  missing: 'did not come, or took too long',
  lost: 'end not told',
  long: 'ran too long',
  short: 'too short',
  late: 'started late',
  often: 'too soon after the last',
  overlapping: 'overlapping',
  tolerated: 'failure borne',
  unusual: 'unusual',
  running: 'running',
  nothing: 'nothing is known of it',
  ok: 'ended well',
  planned: 'expected',
  free: 'not expected',
}

/** As short as a square has room for: a shape for what is wrong, else how often it ran or is expected. */
export const markOf = (day: JobDayCounts): string => {
  const many = (n: number, more: boolean) => (n > 99 || more ? '99+' : String(n))
  const tone = dayTone[day.verdict]
  if (day.verdict === 'failed') return day.failed > 1 ? `✕${day.failed > 9 ? '' : day.failed}` : '✕'
  if (tone === 'down') return '!'
  if (tone === 'warn') return '▲'
  if (tone === 'blind') return '?'
  if (day.verdict === 'running') return '▸'
  if (day.verdict === 'ok') return many(day.runs, day.more)
  if (day.verdict === 'planned') return day.expected > 1 ? many(day.expected, day.moreExpected) : '·'
  return day.holiday === null ? '' : 'H'
}

const counted = (n: number, one: string, more = `${one}s`) => `${n} ${n === 1 ? one : more}`

/** All that there is to say of a day, its worst first: 'failed, 2 runs, started late 1, expected 1 time'. */
export const sayDay = (day: JobDayCounts, zone: string): string =>
  [dayWords[day.verdict], countsOf(day, zone)].filter(Boolean).join(', ')

/** The same without its worst. */
export const countsOf = (day: JobDayCounts, zone: string): string => {
  const runs = day.runs > 0 && `${day.more ? 'more than ' : ''}${counted(day.runs, 'run')}`
  const expected =
    day.expected > 0 && `expected ${day.moreExpected ? 'more than ' : ''}${counted(day.expected, 'time')}`
  return [
    runs,
    day.failed > 0 && day.verdict !== 'failed' ? `${day.failed} failed` : day.failed > 1 && `${day.failed} failed`,
    ...Object.entries(day.noted).map(([verdict, n]) => `${verdictWords[verdict as keyof typeof verdictWords]} ${n}`),
    day.running > 0 && `${day.running} running`,
    expected && (day.next ? `${expected}, next ${clock(day.next, zone)}` : expected),
    day.holiday,
    day.closed && day.holiday === null && 'no business day',
    !day.certain && 'the holidays are not known that far',
  ]
    .filter(Boolean)
    .join(', ')
}

const utc = (date: string) => new Date(`${date}T00:00:00Z`)
/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: string): number => utc(date).getUTCDay() || 7
export const weekdayLetters = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const

/** 'Tue 24 Nov' */
export const dateWords = (date: string): string =>
  utc(date)
    .toLocaleDateString('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' })
    .replace(',', '')

/** 'November 2026' */
export const monthWords = (month: string): string =>
  utc(`${month}-01`).toLocaleDateString('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' })

export const plusMonths = (month: string, by: number): string => {
  const [year = 0, of = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, of - 1 + by)).toISOString().slice(0, 7)
}
