import { useEffect, useRef, useState } from 'react'
import { useMedia } from './media.ts'

/** What a list needs to know of its query; the result of useQuery or useInfiniteQuery fits as it is. */
export type Source = {
  isPending: boolean
  isError: boolean
  error: unknown
  refetch: () => unknown
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
}

/** How to go on from page to page by cursor: spread into `infiniteOptions`. */
export const keyset = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { next: string | null }): string | undefined => page.next ?? undefined,
}

/** All rows that were read so far; undefined while the first page is not there. */
export const rowsOf = <Row>(
  data: { pages: readonly { items: readonly Row[] }[] } | undefined,
): readonly Row[] | undefined => data?.pages.flatMap(({ items }) => items)

/** Below this width tables become two-line rows and the side bar a bottom bar. */
export const useIsPhone = (): boolean => useMedia('(max-width: 719.98px)')

/**
 * Where the cursor is after the rows changed: on the same row, or, when that one has gone (it was resolved, or no
 * longer matches), on the one which took its place.
 */
export const nextCursor = (
  ids: readonly string[],
  cursor: string | undefined,
  lastIndex: number,
): string | undefined => {
  if (cursor === undefined || ids.includes(cursor)) return cursor
  return ids[Math.min(lastIndex, ids.length - 1)]
}

/** The cursor of a list by row id: kept by the list, or by the page when it gives `cursor` and `onCursor`. */
export const useCursor = (
  ids: readonly string[],
  given: string | undefined,
  onCursor: ((id: string) => void) | undefined,
) => {
  const [own, setOwn] = useState<string>()
  const lastIndex = useRef(0)
  const cursor = onCursor ? given : own
  const index = cursor === undefined ? -1 : ids.indexOf(cursor)
  if (index >= 0) lastIndex.current = index
  const set = (id: string) => (onCursor ? onCursor(id) : setOwn(id))
  const moved = nextCursor(ids, cursor, lastIndex.current)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a row that has gone moves the cursor by itself
  useEffect(() => {
    if (moved !== undefined && moved !== cursor) set(moved)
  }, [moved, cursor])
  return { index, set }
}

/** The index that is `by` rows further: no further than the ends, and from nowhere (-1) to one of them. */
export const stepped = (index: number, by: number, count: number): number =>
  index < 0 ? (by > 0 ? 0 : count - 1) : Math.min(Math.max(index + by, 0), count - 1)

export type Sized = { width?: number; from?: number; main?: boolean; stays?: boolean }

/** What the name of a row needs at least, in px. */
const roomForName = 180

/**
 * Which columns fit into so many px: without those that ask for more, and then from the right until the columns without
 * a width have room; those that stay (they were asked for) go last. The first one and the row's name always stay. A width
 * of 0 is not measured yet.
 */
export const columnsThatFit = <Column extends Sized>(columns: readonly Column[], width: number): readonly Column[] => {
  if (width === 0) return columns
  const shown = columns.filter(({ from }) => !from || width >= from)
  const free = () => width - shown.reduce((sum, column) => sum + (column.width ?? 0), 0)
  const shared = shown.filter((column) => column.width === undefined).length
  for (const asked of [false, true])
    for (let at = shown.length - 1; at > 0 && free() < shared * roomForName; at -= 1) {
      const { width: own, main, stays = false } = shown[at] as Column
      if (own !== undefined && !main && stays === asked) shown.splice(at, 1)
    }
  return shown
}
