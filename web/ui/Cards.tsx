import type { MouseEvent } from 'react'
import styles from './DataTable.module.css'
import type { DataTableProps } from './DataTable.tsx'

/** What a DataTable draws: which of the rows, and how much room those before and after them take, in px. */
export type View<Row> = Pick<DataTableProps<Row>, 'label' | 'phone' | 'to' | 'tone'> & {
  rows: readonly Row[]
  ids: readonly string[]
  shown: readonly number[]
  before: number
  after: number
  open: (row: Row) => void
}

/** A click that means "in another tab" is the browser's. */
export const isModified = (event: MouseEvent): boolean =>
  event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0

/** The rows of a DataTable on a phone: two lines each, the whole of it can be touched. */
export function Cards<Row>({
  label,
  rows,
  ids,
  shown,
  before,
  after,
  phone,
  to,
  tone,
  open,
  measure,
}: View<Row> & { measure: ((element: HTMLElement | null) => void) | undefined }) {
  const onClick = (event: MouseEvent, row: Row) => {
    if (isModified(event)) return
    event.preventDefault()
    open(row)
  }
  return (
    <ul className={styles.cards} aria-label={label} style={{ paddingTop: before, paddingBottom: after }}>
      {shown.map((index) => {
        const row = rows[index] as Row
        return (
          <li key={ids[index]} data-index={index} ref={measure} data-tone={tone?.(row)}>
            {to ? (
              <a href={to(row)} className={styles.card} onClick={(event) => onClick(event, row)}>
                {phone(row)}
              </a>
            ) : (
              <div className={styles.card}>{phone(row)}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
