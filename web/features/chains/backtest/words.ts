import type { BacktestAsk, BacktestFound } from '../../../../contract/chains/backtest.ts'

export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** '2 h 12 min', from minutes. */
export const minutesWords = (minutes: number): string => {
  const whole = Math.round(minutes)
  if (whole < 60) return `${whole} min`
  return whole % 60 === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${whole % 60} min`
}

export const methodWords = {
  ours: 'Watchfloor',
  'last-ten': 'Average of the last ten runs',
  'three-sigma': 'Mean ± 3 sigma',
} as const

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

const USUAL_DAYS = 90
const MOST_DEADLINES = 20
const dayOf = (date: string): number => Date.parse(`${date}T00:00Z`) / 86_400_000

/** 'The last 90 nights of 12 deadlines are played again.' */
export const playedWords = ({ deadlineId, from, until }: BacktestAsk, deadlines: number | undefined): string => {
  const count = from && until ? dayOf(until) - dayOf(from) + 1 : from ? undefined : USUAL_DAYS
  const nights =
    count === undefined
      ? `The nights since ${from}`
      : from || until
        ? plural(count, 'night')
        : `The last ${count} nights`
  const of = deadlineId
    ? 'of this deadline'
    : deadlines === undefined
      ? 'on record'
      : `of ${plural(Math.min(deadlines, MOST_DEADLINES), 'deadline')}`
  return `${nights} ${of} ${count === 1 ? 'is' : 'are'} played again.`
}

type Said = Pick<BacktestFound, 'misses' | 'baselines' | 'calibration' | 'blocked'>

/** What the figures say, in sentences; the most telling first. */
export const inShort = ({ misses, baselines, calibration, blocked }: Said): string[] => {
  const lines: string[] = []
  if (misses === 0)
    lines.push('None of these nights was missed, so that nothing can be said of warnings; of false alarms it can.')
  const [ten] = baselines
  if (misses > 0 && ten) {
    const { limit, warning, falseAlarms } = ten.beside
    const where = limit === null || limit <= 0 ? 'at any odds' : `over ${percent(limit)}`
    lines.push(
      `An alarm ${where} would have come ${minutesWords(warning.mean)} before a miss on average, with ${plural(falseAlarms, 'false alarm')}; the average of the last ten runs came ${minutesWords(ten.score.warning.mean)} before, with ${ten.score.falseAlarms}.`,
    )
  }
  const fifth = calibration.find((bin) => bin.from <= 0.2 && bin.to > 0.2)
  if (fifth)
    lines.push(
      `Of the ${plural(fifth.forecasts, 'time')} that ${percent(fifth.from)} to ${percent(fifth.to)} were said, ${percent(fifth.missed)} were missed.`,
    )
  if (blocked.nights > 0)
    lines.push(
      `On ${plural(blocked.nights, 'night')} it stood still until somebody acted, which is told whatever the limit; ${blocked.inTime === blocked.nights ? 'all' : blocked.inTime} of them ended in time.`,
    )
  return lines
}
