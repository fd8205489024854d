/** Times of a day in minutes, and the expressions that name them. */

export const minutesOf = (text: string): number | null => {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? []
  if (hours === undefined || Number(minutes) > 59) return null
  return Number(hours) * 60 + Number(minutes)
}

const DAY_MINUTES = 1_440
export const wallTimeOf = (minutes: number): string => {
  const inDay = minutes % DAY_MINUTES
  return `${pad(Math.floor(inDay / 60))}:${pad(inDay % 60)}`
}
export const pad = (value: number): string => String(value).padStart(2, '0')

export type Window = { from: number; to: number }

/** Both ends are inside; one that ends before it begins crosses midnight. */
export const isInside = ({ from, to }: Window, minute: number): boolean =>
  from <= to ? minute >= from && minute <= to : minute >= from || minute <= to

/** Hours that have the same minutes, so that each group is one expression. */
export type TimeGroup = { hours: number[]; minutes: number[] }

export const groupTimes = (minutes: readonly number[]): TimeGroup[] => {
  const byHour = new Map<number, number[]>()
  for (const minute of [...new Set(minutes)].sort((a, b) => a - b)) {
    const hour = Math.floor(minute / 60)
    const known = byHour.get(hour)
    if (known) known.push(minute % 60)
    else byHour.set(hour, [minute % 60])
  }
  const groups = new Map<string, TimeGroup>()
  for (const [hour, of] of byHour) {
    const known = groups.get(of.join())
    if (known) known.hours.push(hour)
    else groups.set(of.join(), { hours: [hour], minutes: of })
  }
  return [...groups.values()]
}

/** `1-5,7` of 1, 2, 3, 4, 5 and 7, with the sign that a dialect has between two. */
export const ranges = (values: readonly number[], between: string, least = 3): string => {
  const parts: string[] = []
  for (let at = 0; at < values.length; ) {
    let end = at
    while (values[end + 1] === (values[end] ?? 0) + 1) end++
    if (end - at + 1 >= least) parts.push(`${values[at]}${between}${values[end]}`)
    else parts.push(...values.slice(at, end + 1).map(String))
    at = end + 1
  }
  return parts.join(',')
}
