import type { Calendar } from './data.ts'
import type { Day } from './days.ts'
import { RotaGrid } from './RotaGrid.tsx'
import { headWords, weekWords } from './range-words.ts'
import type { Bar, RotaRow } from './rota.ts'
import { finalBars, type RowsGiven } from './rota-rows.tsx'

const heads = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

type Changes = readonly {
  from: string
  to: string
  after: readonly { id: string }[]
  before: readonly { id: string }[]
}[]

/** A shift of somebody who would not be on call then as it is now. */
const isChanged = (bar: Bar, changes: Changes): boolean =>
  changes.some(
    ({ from, to, before, after }) =>
      Date.parse(from) < bar.to &&
      Date.parse(to) > bar.from &&
      after.some(({ id }) => id === bar.userId) &&
      !before.some(({ id }) => id === bar.userId),
  )

/** One schedule, a line for each week or day. With `changes` what would be new is outlined in blue. */
export function WeeksCalendar(props: {
  schedule: { id: string; name: string }
  calendar: Calendar
  /** Weeks, or days where there is little room. */
  lines: readonly (readonly Day[])[]
  given: Omit<RowsGiven, 'days'>
  changes?: Changes
}) {
  const { schedule, calendar, lines, given, changes } = props
  const bars = finalBars({ ...calendar, schedule }, { ...given, days: [] }).map(
    (bar): Bar => (changes && bar.look === 'shift' && isChanged(bar, changes) ? { ...bar, look: 'changed' } : bar),
  )
  const rows = lines.map((days): RotaRow => {
    const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? '']
    const words = first === last ? headWords(first) : weekWords(first, last)
    return { id: first, name: `${schedule.name}, ${words}`, label: words, faint: true, days, bars }
  })
  return <RotaGrid label={`Who is on call for ${schedule.name}`} heads={heads} rows={rows} narrow />
}
