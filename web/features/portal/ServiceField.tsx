import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { useServerSearch } from '../../ui/find-by-typing.ts'

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
  const { search, fieldOf } = useServerSearch(value)
  const found = useQuery({
    ...query.catalog.services.list.queryOptions({
      input: { limit: 50, ...search },
    }),
    placeholderData: keepPreviousData,
  })
  const { offered, field } = fieldOf(found.data?.items)
  return (
    <Select
      {...field}
      label="Where?"
      placeholder="Type a part of its name"
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
