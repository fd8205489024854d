import { Button } from '@mantine/core'
import { createContext, type ReactNode, useContext, useId, useState } from 'react'
import styles from './ActsBar.module.css'
import { useIsPhone } from './list.ts'

const Place = createContext<HTMLElement | null | undefined>(undefined)

/** Where an act that takes away stands on a phone: null until that is there, undefined where it stands with the others. */
export const useMorePlace = () => useContext(Place)

/** The acts of a page. On a phone what takes away is not under the thumb, to be hit by mistake: it stands under More. */
export function ActsBar({ children }: { children: ReactNode }) {
  const phone = useIsPhone()
  const id = useId()
  const [place, setPlace] = useState<HTMLElement | null>(null)
  if (!phone) return children
  return (
    <>
      <Place value={place}>{children}</Place>
      <Button className={styles.more} popoverTarget={id} data-more>
        More
      </Button>
      <div id={id} popover="auto" role="dialog" aria-label="More acts" className={styles.sheet} data-more>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it act; it closes after them */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key on a button is a click */}
        <div ref={setPlace} className={styles.place} data-place onClick={() => place?.parentElement?.hidePopover()} />
        <Button popoverTarget={id} popoverTargetAction="hide">
          Close
        </Button>
      </div>
    </>
  )
}
