import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { query } from '../../../api.ts'
import { nothingFound, useServerSearch } from '../../../ui/find-by-typing.ts'

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
  const { search, fieldOf } = useServerSearch(value)
  const found = useQuery({
    ...query.catalog.businessUnits.list.queryOptions({
      input: { limit: 50, ...search },
    }),
    placeholderData: keepPreviousData,
  })
  const { offered, field: searched } = fieldOf(found.data?.items)
  return (
    <Select
      {...field}
      {...searched}
      placeholder="Type a part of its name"
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={nothingFound(found, 'No business unit has such a name.')}
    />
  )
}
