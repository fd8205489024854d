import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'

/** Where a key leads among the squares of a calendar, which stand in lines of so many; undefined: nowhere. */
export const stepOf = (key: string, at: number, columns: number, count: number): number | undefined => {
  const line = at - (at % columns)
  const to: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: line,
    End: Math.min(line + columns, count) - 1,
  }
  const found = to[key]
  return found !== undefined && found >= 0 && found < count ? found : undefined
}

/**
 * Tab reaches one square of a calendar; the arrow keys, Home and End go to the others, Enter opens. In another month, where
 * the chosen square is not, that is the first; whoever was in the calendar stays in it.
 */
export const useDays = (first: string | undefined, isThere: (day: string) => boolean) => {
  const [chosen, setChosen] = useState<string>()
  const table = useRef<HTMLTableElement>(null)
  const isIn = useRef(false)
  const choose = (day: string) => {
    isIn.current = true
    setChosen(day)
  }
  useLayoutEffect(() => {
    // A square that is taken away while it has the focus says nothing of it.
    if (isIn.current && document.activeElement === document.body)
      table.current?.querySelector<HTMLElement>('[data-day][tabindex="0"]')?.focus()
  })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, columns: number, before = 0) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const days = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-day]')]
    const at = days.indexOf(event.target as HTMLElement)
    // A month does not begin on a Monday: its squares stand `before` places further.
    const to = at < 0 ? undefined : stepOf(event.key, at + before, columns, days.length + before)
    const day = to === undefined ? undefined : days[Math.max(0, to - before)]
    if (!day) return
    event.preventDefault()
    day.focus()
  }
  const onBlur = () => {
    isIn.current = false
  }
  return { table, current: chosen && isThere(chosen) ? chosen : first, choose, onKeyDown, onBlur }
}
