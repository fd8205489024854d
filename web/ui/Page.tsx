import { useDocumentTitle } from '@mantine/hooks'
import { type CSSProperties, type ReactNode, type Ref, useEffect, useRef } from 'react'
import { ActsBar } from './ActsBar.tsx'
import { useLostFocus } from './focus.tsx'
import styles from './Page.module.css'

let shownBefore = false

/** After an act that takes its own button away: who was on it goes on at the top of the page, once that is drawn. */
export const focusTitle = (): void => {
  setTimeout(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('#main h1')?.focus()
  }, 100)
}

export type PageProps = {
  title: string
  /** After the title: a Status, chips, secondary words. */
  chips?: ReactNode
  /** Secondary words at the right end. */
  words?: ReactNode
  /** A row of its own under the heading: a filter where there is no room beside it. */
  below?: ReactNode
  /** A title that people write: acts that have no room beside it stand under it, rather than that it is cut. */
  long?: boolean
  /** The acts of the page at the right end, the main one last; on a phone at the bottom, in reach of the thumb. */
  acts?: ReactNode
  /** The page has the height of the window and its panels scroll; without it the page scrolls. */
  fill?: boolean
  children: ReactNode
}

/** A page: its heading (the title of the window, and the first thing read after a navigation) and its content. */
export function Page({ title, chips, words, below, acts, long = false, fill = false, children }: PageProps) {
  useDocumentTitle(`${title} · Watchfloor`)
  const page = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // A navigation leaves the focus on a link that has gone; the first page of all is read from its top anyway. A field
    // of the page may have it already.
    if (shownBefore && !page.current?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true })
    shownBefore = true
  }, [])
  useLostFocus(page, heading)
  const path = useRef(window.location.pathname)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title may be that of another thing
  useEffect(() => {
    if (path.current === window.location.pathname) return
    path.current = window.location.pathname
    // The same page went on to another thing, and what led there has gone with the one before.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    <div ref={page} className={styles.page} data-fill={fill || undefined} data-acts={acts ? true : undefined}>
      <div className={styles.top} data-long={long || undefined} data-words={words ? true : undefined}>
        <div className={styles.head}>
          <h1 ref={heading} tabIndex={-1} className="clip">
            {title}
          </h1>
          {words && <div className={`faint clip ${styles.words}`}>{words}</div>}
        </div>
        {chips && <div className={styles.chips}>{chips}</div>}
        {acts && <ActsBar className={styles.acts}>{acts}</ActsBar>}
      </div>
      {below && <div className={styles.below}>{below}</div>}
      {children}
    </div>
  )
}

/**
 * Panels side by side, as tracks of a grid ('1fr 560px'). On a phone they stand under each other, or only the first is
 * shown: a list whose detail is a page of its own there. `fill` for pages that fill.
 */
export const Columns = ({
  of,
  fill = false,
  phone = 'stack',
  children,
}: {
  of: string
  fill?: boolean
  phone?: 'stack' | 'first'
  children: ReactNode
}) => (
  <div
    className={styles.columns}
    data-fill={fill || undefined}
    data-phone={phone}
    style={{ '--columns': of } as CSSProperties}
  >
    {children}
  </div>
)

/** Panels under each other in one column. */
export const Rows = ({ children, ref }: { children: ReactNode; ref?: Ref<HTMLDivElement> }) => (
  <div ref={ref} className={styles.rows}>
    {children}
  </div>
)
