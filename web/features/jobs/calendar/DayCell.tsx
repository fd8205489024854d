import type { JobDayCounts, JobMonth } from '../../../../contract/jobs/index.ts'
import styles from './calendar.module.css'
import { dateWords, dayTone, markOf, sayDay, weekdayOf } from './words.ts'

type CellProps = {
  job: JobMonth
  day: JobDayCounts
  today: string
  /** Tab reaches this one. */
  current: boolean
  /** Shows the number of the day. */
  dated?: boolean
  onOpen: () => void
  onCurrent: () => void
}

/** A day of a job as a square: the colour and the mark of its worst. */
export function DayCell({ job, day, today, current, dated = false, onOpen, onCurrent }: CellProps) {
  const said = `${job.name}, ${dateWords(day.date)}: ${sayDay(day, job.zone)}`
  return (
    <button
      type="button"
      data-day
      className={styles.cell}
      data-tone={dayTone[day.verdict]}
      data-off={day.closed || (day.verdict === 'free' && weekdayOf(day.date) > 5) || undefined}
      data-planned={day.verdict === 'planned' || undefined}
      data-today={day.date === today || undefined}
      tabIndex={current ? 0 : -1}
      aria-label={said}
      title={said}
      onClick={onOpen}
      onFocus={onCurrent}
    >
      {dated && (
        <span className={styles.number} aria-hidden="true">
          {Number(day.date.slice(8))}
        </span>
      )}
      <span aria-hidden="true">{markOf(day)}</span>
      {dated && day.holiday && (
        <span className={styles.holiday} aria-hidden="true">
          {day.holiday}
        </span>
      )}
    </button>
  )
}
