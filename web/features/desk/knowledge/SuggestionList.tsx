import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Entry } from './entries.ts'
import styles from './knowledge.module.css'

type Props = {
  entries: readonly Entry[]
  /** Where the cursor is; its acts are shown below it. */
  at?: number | undefined
  onAt?: (at: number) => void
  acts?: (entry: Entry) => ReactNode
}

/** What may help, each with why it is suggested. */
export const SuggestionList = ({ entries, at, onAt, acts }: Props) => (
  <ul className={styles.entries} aria-label="Suggestions">
    {entries.map((entry, index) => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: [ and ] move as well
      <li
        key={entry.id}
        aria-current={index === at || undefined}
        data-known={entry.known ? true : undefined}
        onClick={() => onAt?.(index)}
      >
        <div>
          <b>{entry.what}</b> {entry.to ? <Link to={entry.to}>{entry.title}</Link> : entry.title}
        </div>
        <div className="faint">{entry.because}</div>
        {entry.gist && <div className={styles.gist}>{entry.gist}</div>}
        {index === at && acts?.(entry)}
      </li>
    ))}
  </ul>
)
