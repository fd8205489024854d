import { type FocusEvent, useLayoutEffect, useRef } from 'react'

const MOST_FRAMES = 10

/** Which elements may take the focus, and what tells that one stands for the same as one of the other way. */
type Rows = { of: string; placeOf?: (element: Element) => string | undefined }
const atTheCursor: Rows = { of: '[data-index][tabindex="0"]' }

/**
 * Two ways of showing the same rows take each other's place: whoever has the focus in the one goes on in the other, at the
 * row that has the cursor there, or at the same place. What is returned goes onto what holds both.
 */
export const useFocusKept = (shown: unknown, { of, placeOf }: Rows = atTheCursor) => {
  const part = useRef<HTMLDivElement>(null)
  const had = useRef<{ place: string | undefined }>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: that one is exchanged for the other takes the focus away
  useLayoutEffect(() => {
    const last = had.current
    if (!last || document.activeElement !== document.body) return
    // A list has its rows once it knows how much room there is for them.
    let [frame, left] = [0, MOST_FRAMES]
    const look = () => {
      const all = [...(part.current?.querySelectorAll<HTMLElement>(of) ?? [])]
      const row = all.find((one) => placeOf?.(one) === last.place) ?? all[0]
      row?.focus({ preventScroll: true })
      if (!row && left-- > 0) frame = requestAnimationFrame(look)
    }
    look()
    return () => cancelAnimationFrame(frame)
  }, [shown])
  return {
    ref: part,
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      had.current = { place: placeOf?.(target) }
    },
    onBlur: ({ relatedTarget }: FocusEvent<HTMLElement>) => {
      // What is taken out of the page has gone nowhere else.
      if (relatedTarget) had.current = undefined
    },
  }
}
