import { type RefObject, useEffect } from 'react'

const scrollerOf = (element: Element | null | undefined): Element | undefined => {
  for (let box = element?.parentElement; box; box = box.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(box).overflowY)) return box
}

/**
 * Who reads the end of something that scrolls goes on reading it when there is less room for it: a line that was the
 * last in sight would else be covered by what has appeared below. `on`: once `end` is drawn.
 */
export const useStaysAtEnd = (end: RefObject<Element | null>, on: boolean): void => {
  useEffect(() => {
    const box = on ? scrollerOf(end.current) : undefined
    if (!box) return
    let height = box.clientHeight
    const observer = new ResizeObserver(() => {
      const wasAtEnd = box.scrollHeight - box.scrollTop - height < 8
      height = box.clientHeight
      if (wasAtEnd) box.scrollTop = box.scrollHeight
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [end, on])
}
