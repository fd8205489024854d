import { type ReactNode, useId } from 'react'
import styles from './Panel.module.css'

export type PanelProps = {
  title?: ReactNode
  /** Secondary words beside the title. */
  words?: ReactNode
  /** At the right end of the header: chips, one button. */
  right?: ReactNode
  /** Below the content, behind a line. */
  foot?: ReactNode
  /** Space around the content; lists and tables go without. */
  pad?: boolean
  /** Scrolls inside when it is higher than the room; 'full' takes all the room, so that what stands at its foot stays in place. */
  fill?: boolean | 'full'
  /** The accessible name of a panel without a title. */
  label?: string
  children?: ReactNode
}

/** A surface with a line around it: header, content, foot. */
export function Panel({ title, words, right, foot, pad = false, fill = false, label, children }: PanelProps) {
  const id = useId()
  return (
    <section
      className={styles.panel}
      data-fill={fill === true ? 'end' : fill || undefined}
      aria-label={title ? undefined : label}
      aria-labelledby={title ? id : undefined}
    >
      {(title || right) && (
        <header className={styles.header}>
          <h2 id={id} className="clip">
            {title}
          </h2>
          {words && <span className={`faint clip ${styles.words}`}>{words}</span>}
          {right && <span className={styles.right}>{right}</span>}
        </header>
      )}
      <div className={styles.body} data-pad={pad || undefined}>
        {children}
      </div>
      {foot && <footer className={styles.foot}>{foot}</footer>}
    </section>
  )
}

/** Cells side by side inside a panel, divided by lines: a label above a figure. */
export const Cells = ({ children }: { children: ReactNode }) => <div className={styles.cells}>{children}</div>

export const Cell = ({ label, children }: { label: ReactNode; children: ReactNode }) => (
  <div className={styles.cell}>
    <div className="faint">{label}</div>
    {children}
  </div>
)
