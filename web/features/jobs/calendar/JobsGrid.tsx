import { Link } from '@tanstack/react-router'
import type { JobMonth } from '../../../../contract/jobs/index.ts'
import { paths } from '../../../paths.ts'
import styles from './calendar.module.css'
import { DayCell } from './DayCell.tsx'
import { useDays } from './use-days.ts'
import { weekdayLetters, weekdayOf } from './words.ts'

type Props = {
  label: string
  jobs: readonly JobMonth[]
  today: string
  onOpen: (job: JobMonth, date: string) => void
}

/** A month of days by jobs, a line each. */
export function JobsGrid({ label, jobs, today, onOpen }: Props) {
  const dates = jobs[0]?.days.map(({ date }) => date) ?? []
  const start = dates.includes(today) ? today : dates[0]
  const { table, current, choose, onKeyDown, onBlur } = useDays(jobs[0] && `${jobs[0].id} ${start}`, (day) => {
    const [id, date = ''] = day.split(' ')
    return dates.includes(date) && jobs.some((job) => job.id === id)
  })
  return (
    <div className={styles.scroll}>
      <table
        ref={table}
        className={styles.grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: squares take the focus and the arrow keys, which makes a table a grid
        role="grid"
        aria-label={label}
        onKeyDown={(event) => onKeyDown(event, dates.length)}
        onBlur={onBlur}
      >
        <thead>
          <tr>
            <th scope="col" className={styles.name}>
              Job
            </th>
            {dates.map((date) => (
              <th
                key={date}
                scope="col"
                data-weekend={weekdayOf(date) > 5 || undefined}
                data-monday={weekdayOf(date) === 1 || undefined}
                data-today={date === today || undefined}
              >
                <span>{weekdayLetters[weekdayOf(date) - 1]}</span>
                {Number(date.slice(8))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <th scope="row" className={styles.name}>
                <div>
                  <Link to={paths.job(job.id)} className="clip" title={`${job.name}, ${job.words}`}>
                    {job.name}
                  </Link>
                  <span className="faint clip">{job.words}</span>
                </div>
              </th>
              {job.days.map((day) => {
                const key = `${job.id} ${day.date}`
                return (
                  <td key={day.date} data-monday={weekdayOf(day.date) === 1 || undefined}>
                    <DayCell
                      job={job}
                      day={day}
                      today={today}
                      current={key === current}
                      onOpen={() => onOpen(job, day.date)}
                      onCurrent={() => choose(key)}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
