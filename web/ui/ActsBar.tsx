import { Button } from '@mantine/core'
import { type ReactNode, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import styles from './ActsBar.module.css'
import { Sheet } from './Dialog.tsx'
import { useIsPhone } from './list.ts'
import { More } from './more.ts'

const none: ReadonlySet<string> = new Set()

/** Whether they stand in more than one row. */
const wraps = (bar: HTMLElement): boolean => {
  const seen = [...bar.children].filter((one): one is HTMLElement => (one as HTMLElement).offsetHeight > 0)
  const ends = Math.min(...seen.map((one) => one.offsetTop + one.offsetHeight))
  return seen.some((one) => one.offsetTop >= ends)
}

/**
 * The acts of a page. On a phone what takes away is not under the thumb, to be hit by mistake: it stands under More
 * acts, and so does, from the last on, what there is no room for.
 */
export function ActsBar({ className, children }: { className: string | undefined; children: ReactNode }) {
  const phone = useIsPhone()
  const [acts, setActs] = useState<readonly { id: string; folded: boolean }[]>([])
  const [under, setUnder] = useState<ReadonlySet<string>>(none)
  const [opened, setOpened] = useState(false)
  const [element, setElement] = useState<HTMLElement | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  const close = useCallback(() => setOpened(false), [])
  const enter = useCallback((id: string, folded: boolean) => {
    setActs((before) => [...before, { id, folded }])
    setUnder(none)
    return () => {
      setActs((before) => before.filter((one) => one.id !== id))
      setUnder(none)
    }
  }, [])
  const place = useMemo(() => ({ element, close, under, enter }), [element, close, under, enter])
  const fit = useCallback(() => {
    if (!phone || !bar.current || !wraps(bar.current)) return
    // By where they stand: what could be done only once more was known is not the last for that.
    const last = [...bar.current.querySelectorAll<HTMLElement>('[data-sinks]')].at(-1)?.dataset.sinks
    if (last !== undefined) setUnder((before) => new Set([...before, last]))
  }, [phone])
  useLayoutEffect(fit)
  useLayoutEffect(() => {
    const of = bar.current
    if (!phone || !of) return
    // Another width of the window, or of a label or its letters.
    let width = of.offsetWidth
    const observer = new ResizeObserver(() => {
      if (of.offsetWidth !== width) setUnder(none)
      width = of.offsetWidth
      fit()
    })
    observer.observe(of)
    return () => observer.disconnect()
  }, [phone, fit])
  return (
    <div ref={bar} className={className}>
      {phone ? (
        <More value={place}>
          {children}
          {(under.size > 0 || acts.some(({ folded }) => folded)) && (
            <>
              <Button className={styles.more} onClick={() => setOpened(true)}>
                More acts
              </Button>
              <Sheet opened={opened} onClose={close} from="bottom" title="More acts">
                <div ref={setElement} className={styles.place} />
              </Sheet>
            </>
          )}
        </More>
      ) : (
        children
      )}
    </div>
  )
}
