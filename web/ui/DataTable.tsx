import { useElementSize } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import styles from './DataTable.module.css'
import { useKeys } from './keys.ts'
import { type Source, useCursor, useIsPhone } from './list.ts'
import { Failed, Loading } from './States.tsx'

export type Column<Row> = {
  /** The heading; unique in its table. */
  title: string
  cell: (row: Row) => ReactNode
  /** In px; the columns without one share the rest. */
  width?: number
  align?: 'right'
  mono?: boolean
  faint?: boolean
  /** The row's name: it links to the row's page. */
  main?: boolean
  /** Hidden while the table is narrower than this, in px. */
  from?: number
  /** The heading is for screen readers only. */
  bare?: boolean
}

export type DataTableProps<Row> = {
  /** The accessible name: 'Tickets of my team'. */
  label: string
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  columns: readonly Column<Row>[]
  /** The row on a phone: a TwoLine. */
  phone: (row: Row) => ReactNode
  /** Where Enter, a click on the name, and a tap lead (from paths.ts). */
  to?: (row: Row) => string
  source?: Source
  /** An Empty: what the list is for and what starts it. */
  empty: ReactNode
  /** The current row when the page keeps it (shows it beside the list); a click then moves the cursor only. */
  cursor?: string | undefined
  onCursor?: (id: string) => void
  onPeek?: (row: Row) => void
  marked?: ReadonlySet<string>
  onMarked?: (marked: ReadonlySet<string>) => void
  /** Which rows have trouble that must be seen from afar. */
  tone?: (row: Row) => 'down' | undefined
  /** Several tables on a page: only one may have j and k. */
  keys?: boolean
  /** All rows, without a scroll of its own: for short lists among other panels. */
  flow?: boolean
}

const isModified = (event: MouseEvent) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0

/** A list of rows of one line each: live, virtual, by keyboard; two-line rows on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rowId, columns, to, source, marked, onMarked, onPeek, flow = false, keys = true } = props
  const rows = props.rows ?? []
  const ids = rows.map(rowId)
  const phone = useIsPhone()
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement | null>(null)
  const { ref: measure, width } = useElementSize()
  const cursor = useCursor(ids, props.cursor, props.onCursor)
  const wantsFocus = useRef(false)
  const virtual = useVirtualizer({
    count: rows.length,
    enabled: !flow,
    getScrollElement: () => scroller.current,
    estimateSize: () => (phone ? 62 : 30),
    getItemKey: (index) => ids[index] ?? index,
    overscan: 12,
  })
  const items = flow ? rows.map((_, index) => index) : virtual.getVirtualItems().map((item) => item.index)
  const [before, after] = flow
    ? [0, 0]
    : [virtual.getVirtualItems()[0]?.start ?? 0, virtual.getTotalSize() - (virtual.getVirtualItems().at(-1)?.end ?? 0)]

  const lastShown = items.at(-1) ?? 0
  useEffect(() => {
    if (source?.hasNextPage && !source.isFetchingNextPage && !source.isError && lastShown >= rows.length - 30) source.fetchNextPage?.()
  }, [source, lastShown, rows.length])

  useEffect(() => {
    if (!wantsFocus.current || cursor.index < 0) return
    wantsFocus.current = false
    if (!flow) virtual.scrollToIndex(cursor.index, { align: 'auto' })
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${cursor.index}"]`)?.focus({ preventScroll: !flow }))
  }, [cursor.index, flow, virtual])

  const move = (by: number) => {
    const id = cursor.step(by)
    wantsFocus.current = true
    if (id !== undefined) cursor.set(id)
  }
  const open = (row: Row | undefined) => row && to && void navigate({ to: to(row) })
  const mark = (id: string | undefined) => {
    if (!marked || !onMarked || id === undefined) return
    const next = new Set(marked)
    if (!next.delete(id)) next.add(id)
    onMarked(next)
  }
  const current = rows[cursor.index]
  useKeys(
    [
      { key: 'j', label: 'Next row', kind: 'move', repeat: true, run: () => move(1) },
      { key: 'k', label: 'Row before', kind: 'move', repeat: true, run: () => move(-1) },
      ...(to ? [{ key: 'Enter', label: 'Open the row', kind: 'move' as const, run: () => open(current) }] : []),
      ...(onPeek ? [{ key: 'Space', label: 'Peek at the row', kind: 'move' as const, run: () => current && onPeek(current) }] : []),
      ...(onMarked ? [{ key: 'x', label: 'Select the row', kind: 'move' as const, run: () => mark(ids[cursor.index]) }] : []),
    ],
    { when: keys && rows.length > 0 && !phone },
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key]
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    move(by)
  }
  const onRow = (event: MouseEvent, row: Row, id: string) => {
    if (isModified(event) || (event.target as Element).closest('button,input,label')) return
    event.preventDefault()
    cursor.set(id)
    if (!props.onCursor) open(row)
  }

  if (!props.rows) return source?.isError ? <Failed what={`${label}: this could not be loaded.`} error={source.error} retry={() => void source.refetch()} /> : <Loading />
  if (rows.length === 0) return props.empty

  const rest = source?.isFetchingNextPage ? 'Loading more…' : source?.isError ? 'The rest could not be loaded. What is shown may be old.' : undefined
  const shown = columns.filter((column) => !column.from || width === 0 || width >= column.from)
  const frame = (element: HTMLDivElement | null) => {
    scroller.current = element
    measure(element)
  }

  if (phone)
    return (
      <div ref={frame} className={styles.scroller} data-flow={flow || undefined}>
        <ul className={styles.cards} aria-label={label} style={{ paddingTop: before, paddingBottom: after }}>
          {items.map((index) => {
            const row = rows[index] as Row
            const body = props.phone(row)
            return (
              <li key={ids[index]} data-index={index} ref={flow ? undefined : virtual.measureElement} data-tone={props.tone?.(row)}>
                {to ? (
                  <a href={to(row)} className={styles.card} onClick={(event) => !isModified(event) && (event.preventDefault(), open(row))}>
                    {body}
                  </a>
                ) : (
                  <div className={styles.card}>{body}</div>
                )}
              </li>
            )
          })}
        </ul>
        {rest && <div className={styles.rest}>{rest}</div>}
      </div>
    )

  return (
    <div ref={frame} className={styles.scroller} data-flow={flow || undefined}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows take the focus and the arrow keys, which makes a table a grid */}
      <table className={styles.table} role="grid" aria-label={label} aria-rowcount={source?.hasNextPage ? -1 : rows.length + 1} aria-multiselectable={onMarked ? true : undefined} onKeyDown={onKeyDown}>
        <colgroup>
          {onMarked && <col style={{ width: 26 }} />}
          {shown.map((column) => (
            <col key={column.title} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {onMarked && (
              <th className={styles.mark}>
                <span className="sr-only">Selected</span>
              </th>
            )}
            {shown.map((column) => (
              <th key={column.title} scope="col" data-align={column.align}>
                {column.bare ? <span className="sr-only">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody data-marking={marked && marked.size > 0 ? true : undefined}>
          {before > 0 && <tr className={styles.space} aria-hidden="true" style={{ height: before }} />}
          {items.map((index) => {
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
                    <input type="checkbox" tabIndex={-1} checked={marked?.has(id) ?? false} onChange={() => mark(id)} aria-label="Select this row" />
                  </td>
                )}
                {shown.map((column) => (
                  <td key={column.title} data-align={column.align} data-mono={column.mono || undefined} data-faint={column.faint || undefined}>
                    {column.main && to ? (
                      <a href={to(row)} tabIndex={-1} className={styles.name}>
                        {column.cell(row)}
                      </a>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
          {after > 0 && <tr className={styles.space} aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
      {rest && <div className={styles.rest}>{rest}</div>}
    </div>
  )
}
