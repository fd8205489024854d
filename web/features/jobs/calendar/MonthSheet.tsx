import type { JobMonth } from '../../../../contract/jobs/index.ts'
import styles from './calendar.module.css'
import { DayCell } from './DayCell.tsx'
import { useDays } from './use-days.ts'
import { weekdayLetters, weekdayOf } from './words.ts'

type Props = { job: JobMonth; today: string; small?: boolean; onOpen: (job: JobMonth, date: string) => void }

const WEEK = 7

/** A month of one job, a line a week. */
export function MonthSheet({ job, today, small = false, onOpen }: Props) {
  const { days } = job
  const before = days[0] ? weekdayOf(days[0].date) - 1 : 0
  const start = days.find(({ date }) => date === today) ?? days[0]
  const { table, current, choose, onKeyDown, onBlur } = useDays(start?.date, (day) =>
    days.some(({ date }) => date === day),
  )
  const places = [...Array.from({ length: before }, () => undefined), ...days]
  const weeks = Array.from({ length: Math.ceil(places.length / WEEK) }, (_, i) =>
    places.slice(i * WEEK, (i + 1) * WEEK),
  )
  return (
    <table
      ref={table}
      className={styles.month}
      data-small={small || undefined}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: squares take the focus and the arrow keys, which makes a table a grid
      role="grid"
      aria-label={`${job.name}, its days`}
      onKeyDown={(event) => onKeyDown(event, WEEK, before)}
      onBlur={onBlur}
    >
      <thead>
        <tr>
          {weekdayLetters.map((letters) => (
            <th key={letters} scope="col">
              {letters}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day)?.date}>
            {Array.from({ length: WEEK }, (_, i) => week[i]).map((day, i) => (
              <td key={day?.date ?? `none ${weekdayLetters[i]}`}>
                {day && (
                  <DayCell
                    job={job}
                    day={day}
                    today={today}
                    dated
                    current={day.date === current}
                    onOpen={() => onOpen(job, day.date)}
                    onCurrent={() => choose(day.date)}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
