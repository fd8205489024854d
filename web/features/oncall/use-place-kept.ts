import { type FocusEvent, useLayoutEffect, useRef } from 'react'

const lineOf = (element: Element): string | undefined =>
  element.closest<HTMLElement>('[data-line]')?.dataset.line ?? element.closest('tr')?.cells[0]?.textContent

/**
 * Picture and table of the calendar take each other's place, and whoever has the focus in the one goes on in the other: at
 * the same schedule, else at the first. What is returned goes onto what holds both.
 */
export const usePlaceKept = (asTable: boolean) => {
  const part = useRef<HTMLDivElement>(null)
  const line = useRef<string>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: that one is exchanged for the other takes the focus away
  useLayoutEffect(() => {
    if (line.current === undefined || document.activeElement !== document.body) return
    const all = [...(part.current?.querySelectorAll<HTMLElement>('tbody tr,[data-schedule],[data-bar]') ?? [])]
    const same = all.find((one) => lineOf(one) === line.current)
    ;(same ?? all[0])?.focus({ preventScroll: true })
  }, [asTable])
  return {
    ref: part,
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      line.current = lineOf(target) ?? ''
    },
    onBlur: ({ relatedTarget }: FocusEvent<HTMLElement>) => {
      // What is taken out of the page has gone nowhere else.
      if (relatedTarget) line.current = undefined
    },
  }
}
