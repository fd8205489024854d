import { Button } from '@mantine/core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import styles from './ActsBar.module.css'
import { Sheet } from './Dialog.tsx'
import { useIsPhone } from './list.ts'

type Place = {
  /** There while the sheet is open. */
  element: HTMLElement | null
  close: () => void
  /** Something is to stand there; until what is answered is called. */
  enter: () => () => void
}

const More = createContext<Place | undefined>(undefined)

/** Where an act that takes something away, or is rare, stands on a phone; undefined where it stands with the others. */
export const useMore = (folded: boolean): Place | undefined => {
  const place = useContext(More)
  const enter = folded ? place?.enter : undefined
  useEffect(() => enter?.(), [enter])
  return folded ? place : undefined
}

/** The acts of a page. On a phone what takes away is not under the thumb, to be hit by mistake: it stands under More. */
export function ActsBar({ children }: { children: ReactNode }) {
  const phone = useIsPhone()
  const [count, setCount] = useState(0)
  const [opened, setOpened] = useState(false)
  const [element, setElement] = useState<HTMLElement | null>(null)
  const close = useCallback(() => setOpened(false), [])
  const enter = useCallback(() => {
    setCount((before) => before + 1)
    return () => setCount((before) => before - 1)
  }, [])
  const place = useMemo(() => ({ element, close, enter }), [element, close, enter])
  if (!phone) return children
  return (
    <More value={place}>
      {children}
      {count > 0 && (
        <>
          <Button className={styles.more} onClick={() => setOpened(true)}>
            More
          </Button>
          <Sheet opened={opened} onClose={close} from="bottom" title="More">
            <div ref={setElement} className={styles.place} />
          </Sheet>
        </>
      )}
    </More>
  )
}
