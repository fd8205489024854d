import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * A row that goes takes the focus with it, of which the browser tells nobody: the one that has the cursor now takes it,
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
    onBlur: () => {
      inRows.current = false
    },
  }
}
