import { useMemo } from 'react'
import { millis } from '../../../ui/time.ts'
import type { Night } from '../data.ts'
import { rowHeight } from './GanttRow.tsx'
import styles from './gantt.module.css'
import type { Sight } from './scale.ts'

/** What is drawn as a line: the steps of the critical path, and edges that a person has drawn. */
const tiesOf = (night: Night) => {
  const jobs = new Map(night.jobs.map((job) => [job.id, job]))
  const path = night.paths[0]?.jobs ?? []
  const next = new Set(path.slice(1).map((id, index) => `${path[index]} ${id}`))
  return night.edges.flatMap(({ from, to, drawn }) => {
    const isNext = next.has(`${from} ${to}`)
    return isNext || drawn !== null
      ? [{ from, to, isNext, isDrawn: drawn !== null, before: jobs.get(from), after: jobs.get(to) }]
      : []
  })
}

type Props = {
  night: Night
  places: ReadonlyMap<string, number>
  /** The rows that are drawn. */
  rows: { first: number; last: number }
  width: number
  sight: Sight
}

/** The critical path from job to job, and a drawn edge as what it is: of the rows that are in sight. */
export function Links({ night, places, rows, width, sight }: Props) {
  const ties = useMemo(() => tiesOf(night), [night])
  const x = (at: string) =>
    Math.min(Math.max(((millis(at) - sight.from) / (sight.to - sight.from)) * width, -40), width + 40)
  const y = (place: number) => (place - rows.first + 0.5) * rowHeight
  const drawn = ties.flatMap(({ from, to, before, after, isNext, isDrawn }) => {
    if (!isDrawn && before?.phase === 'done') return []
    const [p, q] = [places.get(from), places.get(to)]
    const left = before?.endedAt ?? before?.endsAt
    const right = after?.startedAt ?? after?.startsAt
    if (p === undefined || q === undefined || p === q || !left || !right) return []
    if (Math.max(p, q) < rows.first || Math.min(p, q) > rows.last) return []
    const [x1, x2, down] = [x(left), x(right), q > p ? 1 : -1]
    const [y1, y2] = [y(p), y(q) - 7 * down]
    const d = `M${x1} ${y1}C${x1 + 14} ${y1 + 12 * down},${x2 - 6} ${y2 - 14 * down},${x2} ${y2}`
    return [{ key: `${from} ${to}`, d, as: isNext && before?.phase !== 'done' ? 'critical' : 'edge' }]
  })
  return (
    <svg
      className={styles.links}
      width={width}
      height={(rows.last - rows.first + 1) * rowHeight}
      style={{ top: rows.first * rowHeight }}
      aria-hidden="true"
    >
      {drawn.map(({ key, d, as }) => (
        <path key={key} d={d} data-as={as} />
      ))}
    </svg>
  )
}
