import { useElementSize } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { paths } from '../../../paths.ts'
import { useKeys } from '../../../ui/keys.ts'
import { stepped } from '../../../ui/list.ts'
import { useNow } from '../../../ui/now.ts'
import { clock, day, millis, zoneName } from '../../../ui/time.ts'
import type { Night } from '../data.ts'
import { GanttRow, rowHeight } from './GanttRow.tsx'
import styles from './gantt.module.css'
import { Links } from './Links.tsx'
import { placesOf, rowsOf } from './rows.ts'
import { type Sight, ticksOf } from './scale.ts'

/** What stands at the left of the line of time. */
const names = 360
const none: ReadonlySet<string> = new Set()

type Props = {
  night: Night
  sight: Sight
  cursor: string | undefined
  onCursor: (id: string) => void
}

/** A chain on the line of time: only the rows that are in sight are drawn. */
export function Gantt({ night, sight, cursor, onCursor }: Props) {
  const navigate = useNavigate()
  const now = useNow()
  const { zone } = night
  const [closed, setClosed] = useState(none)
  const rows = useMemo(() => rowsOf(night.jobs, closed), [night.jobs, closed])
  const places = useMemo(() => placesOf(rows, night.jobs), [rows, night.jobs])
  const scroller = useRef<HTMLDivElement | null>(null)
  const { ref: measure, width: full } = useElementSize()
  const width = Math.max(full - names, 0)
  const frame = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element
      measure(element)
    },
    [measure],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: 28,
    paddingEnd: 28,
    scrollPaddingStart: 28,
    scrollPaddingEnd: 28,
    overscan: 10,
  })
  const items = virtual.getVirtualItems()
  const index = rows.findIndex(({ job }) => job.id === cursor)
  const goesOn = rows.findIndex(({ job }) => !job.isBox && !['done', 'iced', 'not_tonight'].includes(job.phase))

  const move = (to: number) => {
    const row = rows[to]
    if (!row) return
    onCursor(row.job.id)
    virtual.scrollToIndex(to)
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus({ preventScroll: true }),
    )
  }
  /** From nowhere to the first that is not done: that is where one looks. */
  const step = (by: number) => move(index < 0 ? Math.max(goesOn, 0) : stepped(index, by, rows.length))
  const toggle = useCallback(
    (id: string) =>
      setClosed((before) => {
        const next = new Set(before)
        if (!next.delete(id)) next.add(id)
        return next
      }),
    [],
  )
  const point = useCallback((at: number) => rows[at] && onCursor(rows[at].job.id), [rows, onCursor])
  const here = rows[index]
  useKeys(
    [
      { key: 'j', label: 'Next job', kind: 'move', repeat: true, run: () => step(1) },
      { key: 'k', label: 'Job before', kind: 'move', repeat: true, run: () => step(-1) },
      {
        key: 'Enter',
        label: 'Open the job',
        kind: 'move',
        run: () => here && void navigate({ to: paths.job(here.job.id) }),
      },
      {
        key: 'c',
        label: 'Close or open the box',
        kind: 'move',
        run: () => {
          const box = here?.open === undefined ? here?.job.box : here.job.id
          if (!box) return
          toggle(box)
          onCursor(box)
        },
      },
    ],
    { when: rows.length > 0 },
  )

  // What goes on is looked at first: the rows above it are done.
  const started = useRef(false)
  useEffect(() => {
    if (started.current || width === 0) return
    started.current = true
    if (goesOn > 6) virtual.scrollToIndex(goesOn - 4, { align: 'start' })
  }, [goesOn, virtual, width])

  const x = (at: number) => ((at - sight.from) / (sight.to - sight.from)) * width
  const isSeen = (at: number) => at >= sight.from && at <= sight.to
  const due = millis(night.words.dueAt)
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  return (
    <div ref={frame} className={styles.gantt} style={{ '--names': `${names}px` } as CSSProperties}>
      <Axis sight={sight} width={width} zone={zone} now={now} />
      <div className={styles.body} style={{ height: virtual.getTotalSize() - 56 }}>
        <div className={styles.lines} aria-hidden="true">
          {ticksOf(sight, width, zone).map((at) => (
            <i key={at} style={{ left: x(at) }} />
          ))}
          {isSeen(now) && <i data-as="now" style={{ left: x(now) }} />}
          {night.originalDueAt && night.extension && isSeen(millis(night.originalDueAt)) && (
            <i data-as="was" style={{ left: x(millis(night.originalDueAt)) }} />
          )}
          {isSeen(due) && <i data-as="due" style={{ left: x(due) }} />}
        </div>
        <ul className={styles.rows} aria-label={`Jobs of ${night.deadline.name}`}>
          {items.map((item) => {
            const row = rows[item.index]
            return (
              row && (
                <GanttRow
                  key={row.job.id}
                  row={row}
                  index={item.index}
                  count={rows.length}
                  top={item.index * rowHeight}
                  width={width}
                  sight={sight}
                  now={now}
                  zone={zone}
                  current={item.index === index}
                  culprit={night.culprit?.job.id === row.job.id}
                  focusable={item.index === (index < 0 ? first : index)}
                  onCursor={point}
                  onToggle={toggle}
                />
              )
            )
          })}
        </ul>
        <Links night={night} places={places} rows={{ first, last }} width={width} sight={sight} />
      </div>
      <div className={styles.foot} aria-hidden="true">
        {isSeen(due) && (
          <span className={styles.due} style={{ left: Math.min(Math.max(x(due), 52), width - 52) }}>
            deadline {clock(due, zone)}
          </span>
        )}
      </div>
    </div>
  )
}

/** The times above the rows; what is too near to now makes room for it. */
function Axis({ sight, width, zone, now }: { sight: Sight; width: number; zone: string; now: number }) {
  const x = (at: number) => ((at - sight.from) / (sight.to - sight.from)) * width
  const seen = now >= sight.from && now <= sight.to
  const ticks = ticksOf(sight, width, zone)
  const long = sight.to - sight.from > 20 * 3_600_000
  return (
    <div className={styles.axis} aria-hidden="true">
      <em>times of {zoneName(zone)}</em>
      {ticks.map((at) => {
        const room = x(at) > 20 && x(at) < width - 20 && !(seen && Math.abs(x(at) - x(now)) < 62)
        return (
          room && (
            <span key={at} style={{ left: x(at) }}>
              {long && clock(at, zone) === '00:00' ? day(at, zone) : clock(at, zone)}
            </span>
          )
        )
      })}
      {seen && <b style={{ left: Math.min(Math.max(x(now), 36), width - 36) }}>now {clock(now, zone)}</b>}
    </div>
  )
}
