import { Link } from '@tanstack/react-router'
import { type CSSProperties, memo } from 'react'
import { paths } from '../../../paths.ts'
import { drawnOf, phaseOf, spokenOf } from './bars.ts'
import styles from './gantt.module.css'
import type { Row } from './rows.ts'
import type { Sight } from './scale.ts'

export const rowHeight = 28
const bar = { top: 7.5, height: 13 }
const middle = bar.top + bar.height / 2
/** So wide a letter is at most, in px. */
const letter = 6.2

type Props = {
  row: Row
  index: number
  /** Of how many. */
  count: number
  top: number
  width: number
  sight: Sight
  now: number
  zone: string
  current: boolean
  culprit: boolean
  /** The first row takes the focus when none is current. */
  focusable: boolean
  onCursor: (index: number) => void
  onToggle: (id: string) => void
}

/** A job of the chain: its name and state, and its runs and what is expected of it on the line of time. */
export const GanttRow = memo(function GanttRow({
  row: { job, depth, open, inside },
  index,
  count,
  top,
  width,
  sight,
  now,
  zone,
  current,
  culprit,
  focusable,
  onCursor,
  onToggle,
}: Props) {
  const over = job.phase === 'done'
  const said = spokenOf(job, zone)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j and k move the cursor, as a click does
    <li
      className={styles.row}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-current={current || undefined}
      tabIndex={focusable ? 0 : -1}
      data-index={index}
      data-cursor={current || undefined}
      style={{ '--top': `${top}px` } as CSSProperties}
      onClick={() => onCursor(index)}
    >
      <span className={styles.name} style={{ '--depth': depth } as CSSProperties}>
        {open !== undefined && (
          <button
            type="button"
            tabIndex={-1}
            className={styles.fold}
            aria-expanded={open}
            aria-label={`Members of ${job.name}`}
            onClick={(event) => {
              event.stopPropagation()
              onToggle(job.id)
            }}
          >
            {open ? '▾' : '▸'}
          </button>
        )}
        <Link
          to={paths.job(job.id)}
          tabIndex={-1}
          className={`mono clip ${styles.job}`}
          data-critical={(job.critical && !over) || undefined}
          title={job.name}
        >
          {job.name}
        </Link>
      </span>
      <span className={`clip ${styles.phase}`} data-phase={job.phase} title={job.blocked?.why ?? said}>
        {job.blocked && job.blocked.by.id !== job.id && job.phase !== 'failed'
          ? `blocked by ${job.blocked.by.name}`
          : phaseOf(job)}
        {culprit && <b className={styles.act}> · act on it</b>}
      </span>
      <span className={styles.plot}>
        <span className="sr-only">{said}</span>
        <Bars job={job} inside={inside} width={width} sight={sight} now={now} />
      </span>
    </li>
  )
})

function Bars({
  job,
  inside,
  width,
  sight,
  now,
}: Pick<Props, 'width' | 'sight' | 'now'> & Pick<Row, 'job' | 'inside'>) {
  const { bars, tick, whisker, label } = drawnOf(job, now, inside)
  const x = (at: number) => ((at - sight.from) / (sight.to - sight.from)) * width
  // What is far outside is drawn at the edge: so large numbers are not drawn alike by all browsers.
  const cut = (at: number) => Math.min(Math.max(x(at), -20), width + 20)
  const earlier = bars.length > 0 && bars.every(({ to }) => to < sight.from)
  const later = bars.length > 0 && bars.every(({ from }) => from > sight.to)
  return (
    <svg
      width={width}
      height={rowHeight}
      data-critical={(job.critical && job.phase !== 'done') || undefined}
      aria-hidden="true"
    >
      {bars.map(({ from, to, as }) => {
        const [left, right] = [cut(from), cut(to)]
        const thin = as === 'box'
        return (
          <rect
            key={`${as}${from}`}
            data-as={as}
            x={left}
            y={thin ? middle - 2 : bar.top}
            width={Math.max(right - left, 2)}
            height={thin ? 4 : bar.height}
            rx={thin ? 1 : 2}
          />
        )
      })}
      {tick !== null && <path data-as="tick" d={`M${cut(tick)} ${bar.top - 3}v${bar.height + 6}`} />}
      {whisker && (
        <path
          data-as="whisker"
          d={`M${cut(whisker.from)} ${middle}H${cut(whisker.to)}m0 -3.5v7M${cut(whisker.from)} ${middle - 3.5}v7`}
        />
      )}
      {label && <RunningLabel bars={bars} label={label} cut={cut} />}
      {earlier && <path data-as="hint" d={`M9 ${middle - 4}l-5 4l5 4`} />}
      {later && <path data-as="hint" d={`M${width - 9} ${middle - 4}l5 4l-5 4`} />}
    </svg>
  )
}

function RunningLabel({
  bars,
  label,
  cut,
}: {
  bars: ReturnType<typeof drawnOf>['bars']
  label: string
  cut: (at: number) => number
}) {
  const running = bars.find(({ as }) => as === 'running')
  if (!running) return null
  const left = Math.max(cut(running.from), 0)
  if (cut(running.to) - left < label.length * letter + 10) return null
  return (
    <text x={left + 6} y={middle + 3.6}>
      {label}
    </text>
  )
}
