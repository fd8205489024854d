import { type ReactNode, useState } from 'react'
import styles from './More.module.css'

/**
 * What is rarely needed, folded away under its names: 'More: timeout, headers'. It unfolds by itself when something is
 * wrong in it.
 */
export function More({ of, wrong, children }: { of: readonly string[]; wrong: boolean; children: ReactNode }) {
  const [unfolded, unfold] = useState(false)
  return (
    <details className={styles.more} open={unfolded || wrong} onToggle={(event) => unfold(event.currentTarget.open)}>
      <summary>More: {of.join(', ')}</summary>
      <div>{children}</div>
    </details>
  )
}
