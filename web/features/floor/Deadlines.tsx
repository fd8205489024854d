import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Status } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { absolute, millis } from '../../ui/time.ts'
import { endIn, isOver, oddsTone, oddsWords, timeIn } from '../chains/words.ts'
import styles from './deadlines.module.css'
import type { DeadlineAtRisk } from './risks.ts'

function Odds({ odds }: { odds: number | null }) {
  if (odds === null) return <span className="faint">not known</span>
  return (
    <span className={styles.odds} data-tone={oddsTone(odds)}>
      <i aria-hidden="true">
        <i style={{ width: `${Math.round(odds * 100)}%` }} />
      </i>
      <span className="num">{oddsWords(odds)}</span>
    </span>
  )
}

/** When it ends as things are: red when that is too late. */
function Predicted({ row: { night, due } }: { row: DeadlineAtRisk }) {
  const now = useNow()
  if (night.state === 'late') return <Status tone="down">late</Status>
  if (night.endsAt === null)
    return night.state === 'blocked' ? <span className={styles.slips}>no end</span> : <span className="faint">–</span>
  const slips = millis(night.endsAt) > millis(night.dueAt)
  return <span className={slips ? `num ${styles.slips}` : 'num'}>{endIn(night.endsAt, due.zone, now)}</span>
}

/** Deadlines of chains that will not be made, or may not be: by when, the odds, and the job to act on. */
export function Deadlines({ rows }: { rows: readonly DeadlineAtRisk[] }) {
  const own = useZone()
  const now = useNow()
  return (
    <table className={styles.deadlines}>
      <thead>
        <tr>
          <th scope="col">Deadline</th>
          <th scope="col">Due</th>
          <th scope="col">Predicted</th>
          <th scope="col">
            Odds<span className={styles.long}> to miss</span>
          </th>
          <th scope="col">Act on</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const culprit = isOver(row.night.state) ? null : row.night.culprit
          return (
            <tr key={row.id}>
              <th scope="row" className="clip">
                <Link to={paths.chain(row.id)} data-rove>
                  {row.name}
                </Link>
              </th>
              <td className="num" title={absolute(row.night.dueAt, own)}>
                {timeIn(row.night.dueAt, row.due.zone, now)}
              </td>
              <td>
                <Predicted row={row} />
              </td>
              <td>
                <Odds odds={row.night.odds} />
              </td>
              <td className="mono clip" title={culprit?.name}>
                {culprit?.name ?? '–'}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
