import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { rowsOf } from '../../ui/list.ts'
import { type Reader, useTickets } from './data.ts'
import { meaningOf } from './queue-filter.ts'
import { useNames } from './use-names.ts'
import { viewsFor } from './views.ts'

// An empty filter is a view of its own (everything, newest first), so absent and empty are told apart.
const useFilter = (first: string): [filter: string, set: (filter: string) => void] => {
  const { q } = useSearch({ strict: false }) as { q?: unknown }
  const navigate = useNavigate()
  const set = (filter: string) =>
    void navigate({ to: '.', replace: true, search: (() => ({ q: filter === first ? undefined : filter })) as never })
  return [q === undefined ? first : String(q), set]
}

const kept = 'watchfloor.queue-cursor'

/** Where the cursor was when the page was left: whoever comes back goes on there. */
const useKeptCursor = () => {
  const [cursor, setCursor] = useState<string | undefined>(() => sessionStorage.getItem(kept) ?? undefined)
  useEffect(() => {
    if (cursor) sessionStorage.setItem(kept, cursor)
  }, [cursor])
  return [cursor, setCursor] as const
}

/** The list of the queue: its filter, what that means, its rows, and the row with the cursor. */
export const useQueue = (reader: Reader) => {
  const views = viewsFor(reader)
  const [filter, setFilter] = useFilter(views[0]?.filter ?? '')
  const names = useNames(filter)
  const meaning = meaningOf(filter, reader, names)
  const found = useTickets('input' in meaning ? meaning.input : undefined)
  const rows = 'problem' in meaning ? [] : rowsOf(found.data)
  const [cursor, setCursor] = useKeptCursor()
  const [chosen, setMarked] = useState<ReadonlySet<string>>(new Set())
  const numbers = rows?.map(({ number }) => number)
  // What has left the list is not selected any more: an act would be done to what nobody sees.
  const marked = numbers ? new Set(numbers.filter((number) => chosen.has(number))) : chosen
  const [first] = numbers ?? []
  // The ticket beside the list is the first one until somebody chooses.
  useEffect(() => {
    if (first && (cursor === undefined || !numbers?.includes(cursor)))
      setCursor((now) => (now && numbers?.includes(now) ? now : first))
  }, [first, cursor, numbers, setCursor])
  const row = rows?.find(({ number }) => number === cursor)
  return {
    views,
    filter,
    setFilter: (next: string) => {
      setMarked(new Set())
      setCursor(undefined)
      setFilter(next)
    },
    newestFirst: 'input' in meaning && (meaning.input.view === 'recent' || meaning.input.view === 'requested'),
    problem: 'problem' in meaning ? meaning.problem : undefined,
    found,
    rows,
    row,
    cursor,
    setCursor,
    marked,
    setMarked,
  }
}
