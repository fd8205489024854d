import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../../api.ts'

/** As many as the server offers at once. */
const most = 200

/** The canned replies for a ticket, filled in: those by name that come first, and those that what is typed finds. */
export const useReplies = (number: string, wanted: boolean) => {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim().slice(0, 100), 150)
  const first = useQuery(
    query.desk.filledReplies.queryOptions({ input: wanted ? { id: number } : skipToken, staleTime: 60_000 }),
  )
  const items = first.data?.items ?? []
  const found = useQuery({
    ...query.desk.filledReplies.queryOptions({
      input: search && items.length >= most ? { id: number, search } : skipToken,
      staleTime: 60_000,
    }),
    placeholderData: keepPreviousData,
  })
  const known = new Set(items.map(({ id }) => id))
  return {
    items: [...items, ...(found.data?.items ?? []).filter(({ id }) => !known.has(id))],
    waiting: first.isLoading || found.isFetching,
    failed: first.isError || found.isError,
    setTyped,
  }
}
