import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../../api.ts'
import { findByTyping } from '../../../ui/find-by-typing.ts'

type Named = { id: string; name: string }

/** A business unit, found by its name. */
export function UnitSelect({
  value,
  onChange,
  ...field
}: {
  label: string
  value: Named | null
  onChange: (unit: Named | null) => void
  error?: string | undefined
}) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim() === value?.name ? '' : typed.trim(), 150)
  const found = useQuery({
    ...query.catalog.businessUnits.list.queryOptions({
      input: { limit: 50, ...(search && { search: search.slice(0, 100) }) },
    }),
    placeholderData: keepPreviousData,
  })
  const units: Named[] = found.data?.items ?? []
  const offered = value && !units.some(({ id }) => id === value.id) ? [value, ...units] : units
  return (
    <Select
      {...field}
      {...findByTyping}
      clearable
      placeholder="Type a part of its name"
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={value?.id ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={found.isPending ? 'Looking…' : 'No business unit has such a name.'}
    />
  )
}
