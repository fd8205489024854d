import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useNow } from '../../ui/now.ts'
import { positionAmong } from './days.ts'
import { lanesOf } from './lanes.ts'
import { RotaCard, useCard } from './RotaCard.tsx'
import styles from './RotaGrid.module.css'
import { Names, percent } from './RotaNames.tsx'
import type { RotaRow } from './rota.ts'

const MINUTE = 60_000

/** Who is on call, as bars over days. Tab reaches one bar, the arrow keys go to the others, Enter opens. */
export function RotaGrid({
  label,
  heads,
  rows,
  narrow = false,
}: {
  label: string
  heads: readonly ReactNode[]
  rows: readonly RotaRow[]
  /** The names of the lines are short: weeks. */
  narrow?: boolean
}) {
  const grid = useRef<HTMLDivElement>(null)
  const now = useNow()
  const [current, setCurrent] = useState<string>()
  const card = useCard()
  const ids = rows.flatMap((row) => row.bars.map((bar) => `${row.id} ${bar.id}`))
  const first = current && ids.includes(current) ? current : startOf(rows, now)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') card.hide()
    const from = (event.target as Element).closest<HTMLElement>('[data-bar]')
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return
    const to = neighbour(grid.current, from, event.key)
    if (!to) return
    event.preventDefault()
    to.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      ref={grid}
      className={styles.grid}
      data-narrow={narrow || undefined}
      onKeyDown={onKeyDown}
      role="group"
      aria-label={label}
    >
      <div className={styles.head} aria-hidden="true">
        <div className={styles.corner} />
        <div className={styles.days} style={{ '--days': heads.length } as CSSProperties}>
          {heads.map((head, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place
            <div key={index} className={styles.day}>
              {head}
            </div>
          ))}
        </div>
      </div>
      {rows.map((row) => (
        <Line key={row.id} row={row} now={now} current={first} onCurrent={setCurrent} card={card} />
      ))}
      <RotaCard of={card.shown} onEnter={card.keep} onLeave={card.hide} />
    </div>
  )
}

/** The bar that Tab reaches first: the one that runs now in the first row that has one. */
const startOf = (rows: readonly RotaRow[], now: number): string | undefined => {
  for (const row of rows) {
    const running = row.bars.find((bar) => bar.from <= now && now < bar.to)
    if (running) return `${row.id} ${running.id}`
  }
  const row = rows.find(({ bars }) => bars.length > 0)
  return row && `${row.id} ${row.bars[0]?.id}`
}

const neighbour = (grid: HTMLElement | null, from: HTMLElement, key: string): HTMLElement | undefined => {
  const row = from.closest('ul')
  const bars = [...(row?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])]
  const at = bars.indexOf(from)
  if (key === 'ArrowRight') return bars[at + 1]
  if (key === 'ArrowLeft') return bars[at - 1]
  if (key === 'Home') return bars[0]
  if (key === 'End') return bars.at(-1)
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  const lists = [...(grid?.querySelectorAll('ul') ?? [])].filter((list) => list.querySelector('[data-bar]'))
  const next = row && lists[lists.indexOf(row) + (key === 'ArrowDown' ? 1 : -1)]
  const left = from.getBoundingClientRect().left
  const distance = (bar: HTMLElement) => Math.abs(bar.getBoundingClientRect().left - left)
  const found = [...(next?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])]
  return found.sort((a, b) => distance(a) - distance(b))[0]
}

type LineProps = {
  row: RotaRow
  now: number
  current: string | undefined
  onCurrent: (id: string) => void
  card: ReturnType<typeof useCard>
}

function Line({ row, now, current, onCurrent, card }: LineProps) {
  const { days } = row
  const [start, end] = [days[0]?.start ?? 0, days.at(-1)?.end ?? 0]
  // What was taken back within seconds is left of an override; it is no time that one could read.
  const bars = row.bars
    .filter((bar) => bar.from < end && bar.to > start && bar.to - bar.from >= MINUTE)
    .sort((a, b) => a.from - b.from)
  const lanes = lanesOf(bars)
  const style = {
    '--days': days.length,
    '--lanes': Math.max(0, ...lanes) + 1,
    ...(start <= now && now < end && { '--now': percent(positionAmong(days, now), days.length) }),
  } as CSSProperties
  return (
    <div className={styles.row} data-line={row.name} data-faint={row.faint || undefined}>
      <div className={styles.label}>
        <span className="clip">{row.label}</span>
        {row.end}
      </div>
      <ul className={styles.track} aria-label={row.name} data-now={'--now' in style || undefined} style={style}>
        {bars.map((bar, index) => {
          const [left, right] = [positionAmong(days, bar.from), positionAmong(days, bar.to)]
          const key = `${row.id} ${bar.id}`
          return (
            <li
              key={bar.id}
              className={styles.place}
              style={
                {
                  left: percent(left, days.length),
                  width: percent(right - left, days.length),
                  '--lane': lanes[index],
                } as CSSProperties
              }
            >
              <button
                type="button"
                data-bar
                className={styles.bar}
                data-look={bar.look}
                data-you={bar.you || undefined}
                data-cut-start={bar.from < start || undefined}
                data-cut-end={bar.to > end || undefined}
                tabIndex={key === current ? 0 : -1}
                aria-label={bar.label}
                onClick={bar.open}
                onFocus={(event) => {
                  onCurrent(key)
                  if (event.currentTarget.matches(':focus-visible')) card.show(event.currentTarget, bar.details, 0)
                }}
                onBlur={card.hide}
                onPointerEnter={(event) =>
                  event.pointerType === 'mouse' && card.show(event.currentTarget, bar.details, 120)
                }
                onPointerLeave={card.hide}
              >
                <Names bar={bar} days={days} left={left} right={right} />
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
