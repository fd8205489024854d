/** Times and dates as lines of cron and of OnCalendar, within what a schedule may hold. */

const MOST_LINES = 20
const MOST_SIGNS = 1_000

/** `1-3,7`: numbers in order, those that follow each other as a range. */
export const ranges = (numbers: readonly number[], between = '-', write: (n: number) => string = String): string => {
  const sorted = [...new Set(numbers)].toSorted((a, b) => a - b)
  const parts: string[] = []
  for (let at = 0; at < sorted.length; ) {
    let end = at
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end++
    const [first = 0, last = 0] = [sorted[at], sorted[end]]
    parts.push(end === at ? write(first) : `${write(first)}${end === at + 1 ? ',' : between}${write(last)}`)
    at = end + 1
  }
  return parts.join(',')
}

export const two = (n: number): string => String(n).padStart(2, '0')

export type TimeGroup = { hours: number[]; minutes: number[] }

/** Minutes of a day in as few groups of hours with the same minutes as there are. */
export const timeGroups = (times: readonly number[]): TimeGroup[] => {
  const byHour = new Map<number, number[]>()
  for (const time of [...new Set(times)].toSorted((a, b) => a - b)) {
    const hour = Math.floor(time / 60)
    byHour.set(hour, [...(byHour.get(hour) ?? []), time % 60])
  }
  const groups = new Map<string, TimeGroup>()
  for (const [hour, minutes] of byHour) {
    const key = minutes.join()
    const group = groups.get(key) ?? { hours: [], minutes }
    group.hours.push(hour)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Minutes that fill the hour evenly as a step. */
const steps = (minutes: readonly number[]): string => {
  const by = 60 / minutes.length
  return minutes.length > 1 && minutes.every((m, at) => m === at * by) ? `*/${by}` : ranges(minutes)
}

export const cronTimes = ({ hours, minutes }: TimeGroup): string =>
  `${steps(minutes)} ${hours.length === 24 ? '*' : ranges(hours)}`

export const calendarTimes = ({ hours, minutes }: TimeGroup): string =>
  `${hours.length === 24 ? '*' : ranges(hours, '..', two)}:${ranges(minutes, '..', two)}`

/** A line for each month and group of times, as many as fit; `until` is the last day that they reach. */
export const dateLines = (
  dates: readonly Temporal.PlainDate[],
  times: readonly number[],
): { lines: string[]; until: Temporal.PlainDate | null; whole: boolean } => {
  const groups = timeGroups(times).map(calendarTimes)
  const months = Map.groupBy(dates, (d) => `${d.year}-${two(d.month)}`)
  const lines: string[] = []
  let until: Temporal.PlainDate | null = null
  for (const [month, days] of months) {
    const written = ranges(
      days.map((d) => d.day),
      '..',
      two,
    )
    const next = groups.map((time) => `${month}-${written} ${time}`)
    if (lines.length + next.length > MOST_LINES || [...lines, ...next].join('\n').length > MOST_SIGNS)
      return { lines, until, whole: false }
    lines.push(...next)
    until = days.at(-1) ?? until
  }
  return { lines, until, whole: true }
}

export const fits = (lines: readonly string[]): boolean =>
  lines.length > 0 && lines.length <= MOST_LINES && lines.join('\n').length <= MOST_SIGNS
