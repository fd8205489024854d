import { useRef } from 'react'
import { useKeys } from './keys.ts'

/** j and k go from one thing to the next (links marked with data-rove); Enter opens it, as any link. */
export const useRove = <E extends HTMLElement = HTMLDivElement>() => {
  const frame = useRef<E>(null)
  const go = (by: number) => {
    const links = [...(frame.current?.querySelectorAll<HTMLElement>('a[data-rove]') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus()
  }
  useKeys([
    { key: 'j', label: 'Next', kind: 'move', repeat: true, run: () => go(1) },
    { key: 'k', label: 'The one before', kind: 'move', repeat: true, run: () => go(-1) },
  ])
  return frame
}
