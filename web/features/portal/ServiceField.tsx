import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'

type Named = { id: string; name: string }

/** A service by a part of its name, without what is the desk's to know of it. */
export function ServiceField({
  value,
  onChange,
  error,
}: {
  value: Named | null
  onChange: (service: Named | null) => void
  error?: string | undefined
}) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim() === value?.name ? '' : typed.trim(), 150)
  const found = useQuery({
    ...query.catalog.services.list.queryOptions({
      input: { limit: 50, ...(search && { search: search.slice(0, 100) }) },
    }),
    placeholderData: keepPreviousData,
  })
  const services: readonly Named[] = found.data?.items ?? []
  const offered = value && !services.some(({ id }) => id === value.id) ? [value, ...services] : services
  return (
    <Select
      {...findByTyping}
      label="Where?"
      placeholder="Type a part of its name"
      clearable
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={value?.id ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        const chosen = offered.find((one) => one.id === id)
        onChange(chosen ? { id: chosen.id, name: chosen.name } : null)
      }}
      nothingFoundMessage={
        found.isPending ? 'Looking…' : 'No service has such a name. Leave it open, and say it in words.'
      }
      error={error}
    />
  )
}
