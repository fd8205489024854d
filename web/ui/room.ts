import { type RefCallback, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

type Room = {
  /** For the element whose children are the rows; base.css has those without room stand beside it, out of sight. */
  room: { ref: RefCallback<HTMLElement>; 'data-room': true } | undefined
  /** How many rows are seen; infinite where all are. */
  shown: number
}

/** Of rows that wrap to the right where the height of their list ends: how many stand in the first column. */
export const countWithin = (lefts: readonly number[]): number => {
  const out = lefts.findIndex((left) => left > (lefts[0] ?? 0) + 1)
  return out === -1 ? Number.POSITIVE_INFINITY : out
}

/**
 * A list on a screen that nobody scrolls: as many whole rows as there is room for, and the number, so that the others
 * can be counted in words. `on`: only there; elsewhere a list has all its rows.
 */
export const useRoom = (on: boolean): Room => {
  const list = useRef<HTMLElement>(null)
  const observer = useRef<ResizeObserver>(undefined)
  const [shown, setShown] = useState(Number.POSITIVE_INFINITY)
  const measure = useCallback(() => {
    const element = list.current
    if (!element) return
    const rows = [...element.children]
    const within = countWithin(rows.map((row) => row.getBoundingClientRect().left))
    // What is out of sight takes no focus and is not read out.
    for (const [at, row] of rows.entries()) row.toggleAttribute('inert', at >= within)
    setShown(within)
  }, [])
  const ref = useCallback(
    (element: HTMLElement | null) => {
      observer.current?.disconnect()
      list.current = element
      if (!element) return
      observer.current = new ResizeObserver(measure)
      observer.current.observe(element)
    },
    [measure],
  )
  // Other rows, or rows of another height.
  useLayoutEffect(() => {
    if (on) measure()
  })
  useEffect(() => () => observer.current?.disconnect(), [])
  return on ? { room: { ref, 'data-room': true }, shown } : { room: undefined, shown: Number.POSITIVE_INFINITY }
}
