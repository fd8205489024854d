import { type KeyboardEvent, type MouseEvent, memo, type ReactNode } from 'react'
import { isModified, type View } from './Cards.tsx'
import styles from './DataTable.module.css'
import type { Column, DataTableProps } from './DataTable.tsx'
import type { useCursor } from './list.ts'
import { settle } from './settle.ts'

const plenty = 900

type GridProps<Row> = View<Row> &
  Pick<DataTableProps<Row>, 'columns' | 'source' | 'marked' | 'onMarked' | 'onCursor' | 'opens' | 'keys'> & {
    width: number
    cursor: ReturnType<typeof useCursor>
    move: (by: number) => void
    mark: (id: string) => void
    markTo: (id: string) => void
  }

function Cell<Row>({ column, row, href }: { column: Column<Row>; row: Row; href: string | undefined }) {
  const content = column.cell(row)
  return (
    <td data-align={column.align} data-mono={column.mono || undefined} data-faint={column.faint || undefined}>
      {column.ahead?.(row)}
      {column.main && href ? (
        <a href={href} tabIndex={-1} className={styles.name}>
          {content}
        </a>
      ) : (
        content
      )}
    </td>
  )
}

// A cursor that moves changes two rows; the cells of the others, most of the work of a list, stay as they are.
const Cells = memo(function Cells<Row>(props: { columns: readonly Column<Row>[]; row: Row; href: string | undefined }) {
  return props.columns.map((column) => <Cell key={column.title} column={column} row={props.row} href={props.href} />)
}) as <Row>(props: { columns: readonly Column<Row>[]; row: Row; href: string | undefined }) => ReactNode

const steps = (event: KeyboardEvent, count: number): number | undefined =>
  event.altKey || event.ctrlKey || event.metaKey || event.shiftKey
    ? undefined
    : { ArrowDown: 1, ArrowUp: -1, Home: -count, End: count }[event.key]

/** A cell that is cut says all of it to a mouse that rests on it, unless it says something better already. */
const sayWhole = ({ target }: MouseEvent) => {
  const cell = (target as Element).closest<HTMLElement>('td, th')
  if (!cell || cell.querySelector('[title]')) return
  const cut = cell.scrollWidth > cell.clientWidth
  if (cut) cell.title = cell.textContent
  else cell.removeAttribute('title')
}

/** The rows of a DataTable as a grid: the row with the cursor takes the focus, so that a screen reader reads it. */
export function Grid<Row>(props: GridProps<Row>) {
  const { rows, ids, columns, cursor, marked, onMarked, to } = props
  const onKeyDown = (event: KeyboardEvent) => {
    // Where another list has the keys of the page, a row is opened from itself.
    if (event.key === 'Enter' && props.keys === false && event.target instanceof HTMLTableRowElement) {
      event.stopPropagation()
      const row = rows[Number(event.target.dataset.index)]
      if (row) props.open(row)
      return
    }
    const by = steps(event, rows.length)
    if (by === undefined) return
    event.preventDefault()
    props.move(by)
  }
  const onRow = (event: MouseEvent, row: Row, id: string) => {
    if (isModified(event) || (event.target as Element).closest('button,input,label')) return
    event.preventDefault()
    settle()
    cursor.set(id)
    if (!props.onCursor || props.opens) props.open(row)
  }
  return (
    <table
      className={styles.table}
      style={{ marginTop: props.before, marginBottom: props.after }}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows take the focus and the arrow keys, which makes a table a grid
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.source?.hasNextPage ? -1 : rows.length + 1}
      aria-multiselectable={onMarked ? true : undefined}
      onKeyDown={onKeyDown}
      onPointerOver={sayWhole}
    >
      <colgroup>
        {onMarked && <col style={{ width: 26 }} />}
        {columns.map((column) => (
          <col
            key={column.title}
            style={{ width: (props.width >= plenty ? column.wide : undefined) ?? column.width }}
          />
        ))}
      </colgroup>
      <thead>
        <tr>
          {onMarked && (
            <th className={styles.mark}>
              <span className="sr-only">Selected</span>
            </th>
          )}
          {columns.map(({ title, heading, align, bare }) => (
            <th key={title} scope="col" data-align={align}>
              {bare ? <span className="sr-only">{title}</span> : (heading ?? title)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody data-marking={marked && marked.size > 0 ? true : undefined}>
        {props.shown.map((index) => {
          const row = rows[index] as Row
          const id = ids[index] as string
          const at = index === cursor.index
          return (
            <tr
              key={id}
              data-index={index}
              data-cursor={at || undefined}
              data-tone={props.tone?.(row)}
              aria-rowindex={index + 2}
              aria-selected={marked ? marked.has(id) : at}
              tabIndex={at || (cursor.index < 0 && index === 0) ? 0 : -1}
              onClick={(event) => onRow(event, row, id)}
            >
              {onMarked && (
                <td className={styles.mark}>
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    checked={marked?.has(id) ?? false}
                    onChange={(event) =>
                      (event.nativeEvent as PointerEvent).shiftKey ? props.markTo(id) : props.mark(id)
                    }
                    aria-label="Select this row"
                  />
                </td>
              )}
              <Cells columns={columns} row={row} href={to?.(row)} />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
