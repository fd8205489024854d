/** What kind of a day a business date is, as far as batch work is concerned. */
export type DayClass = 'quarter-end' | 'month-end' | 'after-holiday' | 'monday' | 'weekday' | 'day-off' | 'any'

/** The classes of a date, the finest first; each is part of those after it. `works` tells business days. */
export const dayClassesOf = (date: Temporal.PlainDate, works: (date: Temporal.PlainDate) => boolean): DayClass[] => {
  if (!works(date)) return ['day-off', 'any']
  const next = nextWorking(date, works)
  const monthEnds = next.month !== date.month || next.year !== date.year
  const quarterEnds = monthEnds && date.month % 3 === 0
  const before = weekdayBefore(date)
  const special: DayClass[] = [
    ...(quarterEnds ? (['quarter-end'] as const) : []),
    ...(monthEnds ? (['month-end'] as const) : []),
    ...(works(before) ? [] : (['after-holiday'] as const)),
    ...(date.dayOfWeek === 1 ? (['monday'] as const) : []),
  ]
  // The end of a month weighs more than that it is a Monday: it is looked for among ends of months, then among all days.
  return [...(monthEnds ? special.filter((one) => one.endsWith('-end')) : special), 'weekday', 'any']
}

const LONGEST_CLOSURE_DAYS = 15

const nextWorking = (date: Temporal.PlainDate, works: (date: Temporal.PlainDate) => boolean) => {
  for (let days = 1; days < LONGEST_CLOSURE_DAYS; days++) {
    const other = date.add({ days: days })
    if (works(other)) return other
  }
  return date.add({ days: 1 })
}

const SUNDAY = 7

const weekdayBefore = (date: Temporal.PlainDate): Temporal.PlainDate => {
  const before = date.subtract({ days: date.dayOfWeek === 1 ? 3 : 1 })
  return before.dayOfWeek === SUNDAY ? before.subtract({ days: 2 }) : before
}
