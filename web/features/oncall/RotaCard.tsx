import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './RotaGrid.module.css'

export type Shown = { rect: DOMRect; details: ReactNode }

/** What the card beside a bar shows; it waits a moment, so that a pointer which only passes shows nothing. */
export const useCard = () => {
  const [shown, setShown] = useState<Shown>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const after = (ms: number, run: () => void) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(run, ms)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    shown,
    show: (bar: HTMLElement, details: ReactNode, wait: number) =>
      after(wait, () => setShown({ rect: bar.getBoundingClientRect(), details })),
    /** The pointer has gone to the card itself: it stays. */
    keep: () => clearTimeout(timer.current),
    hide: () => after(120, () => setShown(undefined)),
  }
}

const WIDTH = 320

/** Beside the bar, below it where there is room. A pointer that rests on it keeps it open, as WCAG 1.4.13 asks. */
export function RotaCard({
  of,
  onEnter,
  onLeave,
}: {
  of: Shown | undefined
  onEnter: () => void
  onLeave: () => void
}) {
  const card = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  useEffect(() => {
    if (of) setHeight(card.current?.offsetHeight ?? 0)
  }, [of])
  if (!of) return null
  const { rect, details } = of
  const below = rect.bottom + 6 + height < innerHeight
  const style: CSSProperties = {
    left: Math.max(8, Math.min(rect.left, innerWidth - WIDTH - 8)),
    top: below ? rect.bottom + 6 : rect.top - height - 6,
    width: WIDTH,
    visibility: height === 0 ? 'hidden' : undefined,
  }
  return (
    <div
      ref={card}
      role="tooltip"
      className={styles.card}
      style={style}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
    >
      {details}
    </div>
  )
}
