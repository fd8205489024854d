import type { ReactNode } from 'react'
import styles from './TwoLine.module.css'

export type TwoLineProps = {
  /** Before the title: a Priority or a Status. */
  mark?: ReactNode
  title: ReactNode
  /** The most urgent word, at the right of the first line. */
  urgent?: ReactNode
  /** The second line: secondary words, and what stands at its right end. */
  words?: ReactNode
  end?: ReactNode
}

/** A thing in two lines: on a phone in place of a table row, and wherever a row needs more room than one line. */
export const TwoLine = ({ mark, title, urgent, words, end }: TwoLineProps) => (
  <div className={styles.two}>
    <div className={styles.first}>
      {mark}
      <b className="clip">{title}</b>
      {urgent && <span className={styles.end}>{urgent}</span>}
    </div>
    {(words || end) && (
      <div className={styles.second}>
        <span className="clip">{words}</span>
        {end && <span className={styles.end}>{end}</span>}
      </div>
    )}
  </div>
)

/** Two-line things under each other in a panel; `tone` tints the one that must be seen from afar. */
export const Item = ({ tone, children }: { tone?: 'down' | undefined; children: ReactNode }) => (
  <div className={styles.item} data-tone={tone}>
    {children}
  </div>
)
