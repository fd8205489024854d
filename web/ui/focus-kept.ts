import { type FocusEvent, useLayoutEffect, useRef } from 'react'

const MOST_FRAMES = 10

/**
 * Two ways of showing the same rows take each other's place: whoever has the focus in the one goes on in the other, at the
 * row that has the cursor there. What is returned goes onto what holds both.
 */
export const useFocusKept = (shown: unknown) => {
  const part = useRef<HTMLDivElement>(null)
  const had = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: that one is exchanged for the other takes the focus away
  useLayoutEffect(() => {
    if (!had.current || document.activeElement !== document.body) return
    // A list has its rows once it knows how much room there is for them.
    let [frame, left] = [0, MOST_FRAMES]
    const look = () => {
      const row = part.current?.querySelector<HTMLElement>('[data-index][tabindex="0"]')
      row?.focus({ preventScroll: true })
      if (!row && left-- > 0) frame = requestAnimationFrame(look)
    }
    look()
    return () => cancelAnimationFrame(frame)
  }, [shown])
  return {
    ref: part,
    onFocus: () => {
      had.current = true
    },
    onBlur: ({ relatedTarget }: FocusEvent<HTMLElement>) => {
      // What is taken out of the page has gone nowhere else.
      if (relatedTarget) had.current = false
    },
  }
}
