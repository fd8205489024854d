import { useElementSize } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { Cards } from './Cards.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { columnsChosen, useColumnChoice } from './columns.ts'
import styles from './DataTable.module.css'
import { rowHeight, useDensity } from './density.ts'
import { isFocusFree } from './focus.tsx'
import { Grid } from './Grid.tsx'
import { type Binding, useKeys } from './keys.ts'
import { columnsThatFit, type Source, stepped, useCursor, useIsPhone } from './list.ts'
import { useRowFocus } from './row-focus.ts'
import { Failed, Loading } from './States.tsx'
import { afterFrame, settle } from './settle.ts'
import { useHeld, usePointer } from './still.ts'

export type Column<Row> = {
  /** The heading; unique in its table. */
  title: string
  /** What the heading says instead, where the title is too short for it. */
  heading?: string
  cell: (row: Row) => ReactNode
  /** In px; the columns without one share the rest. */
  width?: number
  /** Its width where the table has plenty of room (900 px). */
  wide?: number
  align?: 'right'
  mono?: boolean
  faint?: boolean
  /** The row's name: it links to the row's page. */
  main?: boolean
  /** Stands before the name, outside of its link: another link, for one. */
  ahead?: (row: Row) => ReactNode
  /** Hidden while the table is narrower than this, in px. */
  from?: number
  /** The heading is for screen readers only. */
  bare?: boolean
  /** Shown only to those who have chosen it. */
  aside?: boolean
}

export type DataTableProps<Row> = {
  /** The accessible name: 'Tickets of my team'. */
  label: string
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  columns: readonly Column<Row>[]
  /** The reader chooses the columns; the choice is kept under this name. */
  choose?: string
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
  /** The page keeps the cursor for its acts, and a click opens the row all the same. */
  opens?: boolean
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

const phoneRow = 62
const headRow = 26
/** Below the last row of a list that scrolls: a toast lies there, and not on the row that one is at. */
const toastRoom = 56

type Virtual = Virtualizer<HTMLDivElement, Element>

const restOf = (source: Source | undefined): string | undefined => {
  if (source?.isFetchingNextPage) return 'Loading more…'
  return source?.isError ? 'The rest could not be loaded. What is shown may be old.' : undefined
}

/** Scrolls no further than it takes. The rows' heights are known: asking the virtualizer lays the page out once more. */
const bringIntoView = (
  { measurementsCache, scrollOffset, scrollRect, scrollElement }: Virtual,
  index: number,
  { heading, room }: { heading: number; room: number },
) => {
  const row = measurementsCache[index]
  if (!row || scrollOffset === null || !scrollRect || !scrollElement) return
  const [first, last] = [row.end + room - scrollRect.height, row.start - heading]
  if (scrollOffset > last) scrollElement.scrollTop = last
  else if (scrollOffset < first) scrollElement.scrollTop = first
}

/**
 * Shows the cursor on another row as the grid will draw it a moment later: a key is answered in the next frame, whatever
 * the page around the list has to do about it. False: that row is not drawn.
 */
const showCursor = (list: HTMLElement, index: number, selects: boolean): boolean => {
  const row = list.querySelector<HTMLElement>(`tr[data-index="${index}"]`)
  if (!row) return false
  const old = [...list.querySelectorAll<HTMLElement>('tr[data-cursor]')]
  // Before anything that changes how it looks: each of these asks for the layout, which is known until then.
  for (const one of old) one.tabIndex = -1
  row.tabIndex = 0
  row.focus({ preventScroll: !list.dataset.flow })
  for (const one of [...old, row]) {
    one.toggleAttribute('data-cursor', one === row)
    if (selects) one.setAttribute('aria-selected', String(one === row))
  }
  return true
}

/** Whether a row has the focus on which the cursor is no more: the page has moved it, after an act. */
const strays = (list: HTMLElement | null, index: number): boolean => {
  const has = document.activeElement
  return has instanceof HTMLTableRowElement && list?.contains(has) === true && has.dataset.index !== String(index)
}

/** A list of rows of one line each: live, virtual, by keyboard; two-line rows on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, source, flow = false } = props
  const { moving, watch } = usePointer()
  const { rows: now = [] } = props
  const sameSoFar = (held: readonly Row[] | undefined) =>
    held?.every((row, at) => at < now.length && props.rowId(now[at] as Row) === props.rowId(row)) ?? true
  const rows = useHeld(props.rows, moving, sameSoFar) ?? []
  const ids = rows.map(props.rowId)
  const phone = useIsPhone()
  const [density] = useDensity()
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement | null>(null)
  const { ref: measure, width, height } = useElementSize()
  // The same one in each drawing: another would be measured anew, and that draws again.
  const frame = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element
      measure(element)
    },
    [measure],
  )
  const [choice, setChoice] = useColumnChoice(props.choose)
  const columns = useMemo(
    () => columnsThatFit(columnsChosen(props.columns, choice), width),
    [props.columns, choice, width],
  )
  const cursor = useCursor(ids, props.cursor, props.onCursor)
  /** Where the cursor is shown already, while the page is not told yet. */
  const ahead = useRef<string>(undefined)
  const wantsFocus = useRef(false)
  const lastMarked = useRef<string>(undefined)
  const heading = phone ? 0 : headRow
  const size = phone ? phoneRow : rowHeight[density]
  const scrolls = height > 0 && heading + rows.length * size > height + 1
  const room = scrolls && !phone ? toastRoom : 0
  const virtual = useVirtualizer({
    count: rows.length,
    enabled: !flow,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    // Under the heading, which stays in sight.
    paddingStart: heading,
    scrollPaddingStart: heading,
    paddingEnd: room,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 12,
    // What comes into sight is drawn already; the rows beyond it need not hold up a key that scrolls.
    useFlushSync: false,
  })
  const items = virtual.getVirtualItems()
  const shown = flow ? rows.map((_, index) => index) : items.map(({ index }) => index)
  const before = flow ? 0 : (items[0]?.start ?? heading) - heading
  const after = flow ? 0 : virtual.getTotalSize() - (items.at(-1)?.end ?? 0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are measured anew when their height has changed
  useEffect(() => virtual.measure(), [density, phone, virtual])

  const lastShown = shown.at(-1) ?? 0
  useEffect(() => {
    const idle = source?.hasNextPage && !source.isFetchingNextPage && !source.isError
    if (idle && lastShown >= rows.length - 30) source.fetchNextPage?.()
  }, [source, lastShown, rows.length])

  const follow = useRowFocus(scroller, cursor.index)

  const current = ids[cursor.index]
  // In the commit that moves the cursor; a row far away is drawn a frame after the list was scrolled to it.
  useLayoutEffect(() => {
    if (
      current === undefined ||
      !(wantsFocus.current || (ahead.current === undefined && strays(scroller.current, cursor.index)))
    )
      return
    wantsFocus.current = false
    if (!flow) bringIntoView(virtual, cursor.index, { heading, room })
    const focus = () => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${cursor.index}"]`)
      row?.focus({ preventScroll: !flow })
      return row
    }
    if (!focus()) requestAnimationFrame(() => isFocusFree() && focus())
  }, [current, cursor.index, flow, virtual, heading, room])

  const here = () => (ahead.current === undefined ? cursor.index : ids.indexOf(ahead.current))
  const move = (by: number) => {
    // Another list's, if any.
    if (ahead.current === undefined) settle()
    const index = stepped(here(), by, ids.length)
    const id = ids[index]
    const list = scroller.current
    if (id === undefined || !list) return
    ahead.current = id
    const tell = () => {
      ahead.current = undefined
      if (list.isConnected) cursor.set(id)
    }
    if (!flow) bringIntoView(virtual, index, { heading, room })
    if (showCursor(list, index, !props.marked)) return afterFrame(tell)
    // A step before this one that is not told yet would take the cursor back.
    settle()
    wantsFocus.current = true
    tell()
  }
  const open = (row: Row | undefined) => row && props.to && void navigate({ to: props.to(row) })
  const mark = (id: string | undefined) => {
    if (!props.marked || id === undefined) return
    const next = new Set(props.marked)
    if (!next.delete(id)) next.add(id)
    lastMarked.current = id
    props.onMarked?.(next)
  }
  const select = (from: number, to: number) => {
    if (!props.marked || to < 0) return
    const between = ids.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1)
    lastMarked.current = ids[to]
    props.onMarked?.(new Set([...props.marked, ...between]))
  }
  /** From the last one that was selected, or from the first. */
  const markTo = (id: string) => select(ids.indexOf(lastMarked.current ?? ''), ids.indexOf(id))
  const extend = (by: number) => {
    select(here(), stepped(here(), by, ids.length))
    move(by)
  }
  const marking: Binding[] = [
    { key: 'x', label: 'Select the row', kind: 'move', run: () => mark(ids[cursor.index]) },
    { key: 'shift+ArrowDown', label: 'Select on downwards', kind: 'move', repeat: true, run: () => extend(1) },
    { key: 'shift+ArrowUp', label: 'Select on upwards', kind: 'move', repeat: true, run: () => extend(-1) },
    { key: '* a', label: 'Select all that are listed', kind: 'move', run: () => props.onMarked?.(new Set(ids)) },
  ]
  const bindings: (Binding | false | undefined)[] = [
    { key: 'j', label: 'Next row', kind: 'move', repeat: true, run: () => move(1) },
    { key: 'k', label: 'Row before', kind: 'move', repeat: true, run: () => move(-1) },
    props.to && { key: 'Enter', label: 'Open the row', kind: 'move', run: () => open(rows[cursor.index]) },
    props.onPeek && {
      key: 'Space',
      label: 'Peek at the row',
      kind: 'move',
      run: () => rows[cursor.index] && props.onPeek?.(rows[cursor.index] as Row),
    },
    ...(props.onMarked ? marking : []),
  ]
  useKeys(
    bindings.filter((one): one is Binding => Boolean(one)),
    { when: (props.keys ?? true) && rows.length > 0 && !phone },
  )

  if (!props.rows && source?.isError)
    return (
      <Failed what={`${label}: this could not be loaded.`} error={source.error} retry={() => void source.refetch()} />
    )
  if (!props.rows) return <Loading />
  if (rows.length === 0) return props.empty
  const rest = restOf(source)
  const view = { ...props, rows, ids, shown, before, after, open }
  return (
    <div
      ref={frame}
      className={styles.scroller}
      data-flow={flow || undefined}
      data-density={density}
      data-choose={props.choose}
      {...follow}
      {...watch}
    >
      {phone ? (
        <Cards {...view} measure={flow ? undefined : virtual.measureElement} />
      ) : (
        <>
          {props.choose && <ColumnsMenu columns={props.columns} shown={columns} choice={choice} onChange={setChoice} />}
          <Grid {...view} columns={columns} width={width} cursor={cursor} move={move} mark={mark} markTo={markTo} />
        </>
      )}
      {rest && <div className={styles.rest}>{rest}</div>}
    </div>
  )
}
