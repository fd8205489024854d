import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import styles from './Bare.module.css'

/** A page for those who are not signed in: the name of the product, one panel, and what to do when it does not help. */
export function Bare({
  title,
  words,
  foot,
  children,
}: {
  title: string
  words?: ReactNode
  foot?: ReactNode
  children: ReactNode
}) {
  useDocumentTitle(`${title} · Watchfloor`)
  return (
    <main className={styles.bare}>
      <div className={styles.column}>
        <p className={styles.brand}>
          <i aria-hidden="true" />
          Watchfloor
        </p>
        <section className={styles.panel} aria-labelledby="bare-title">
          <h1 id="bare-title">{title}</h1>
          {words && <p className="muted">{words}</p>}
          {children}
        </section>
        {foot && <p className={`faint ${styles.foot}`}>{foot}</p>}
      </div>
    </main>
  )
}
