import { type FocusEvent, useRef } from 'react'

/** Whoever leaves a field by Escape goes on where he came from, such as the row of a list, where that is still there. */
export const useWayBack = () => {
  const before = useRef<EventTarget | null>(null)
  return {
    onFocus: ({ relatedTarget }: FocusEvent) => {
      // From another window one comes from nowhere.
      if (relatedTarget) before.current = relatedTarget
    },
    leave: (field: HTMLElement | null) => {
      field?.blur()
      if (before.current instanceof HTMLElement && before.current.isConnected)
        before.current.focus({ preventScroll: true })
    },
  }
}
