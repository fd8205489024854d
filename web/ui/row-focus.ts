import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * A row that goes takes the focus with it, of which the browser tells nobody, or no more than that it was left: the one that has the cursor now takes it,
 * or a screen reader would be nowhere. What is returned goes onto the list.
 */
export const useRowFocus = (list: RefObject<HTMLElement | null>, cursor: number) => {
  const inRows = useRef(false)
  useLayoutEffect(() => {
    if (!inRows.current || cursor < 0 || document.activeElement !== document.body) return
    list.current?.querySelector<HTMLElement>(`tr[data-index="${cursor}"]`)?.focus({ preventScroll: true })
  })
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      inRows.current = target.matches('tr')
    },
    onBlur: ({ target, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (relatedTarget) inRows.current = false
      // A browser may tell of a row that goes as if it had been left; a moment later one sees which it was.
      else
        setTimeout(() => {
          if (target.isConnected && document.activeElement !== target) inRows.current = false
        })
    },
  }
}
