import { MultiSelect } from '@mantine/core'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { query } from '../api.ts'
import { nothingFound, useServerSearchOfMany } from '../ui/find-by-typing.ts'

type Named = { id: string; name: string }
type Props = {
  label: string
  /** Stands in the field while none is chosen. */
  none?: string
  value: readonly string[]
  /** Those chosen of which the name was told with the form. */
  known?: readonly Named[]
  onChange: (ids: string[], services: Named[]) => void
  error?: string | undefined
  classNames?: { input: string | undefined }
}

/** Several services, each found by its name. */
export function ServicesSelect({ none = '', value, known = [], onChange, ...field }: Props) {
  const unnamed = value.filter((id) => !known.some((one) => one.id === id))
  const read = useQueries({
    queries: unnamed.map((id) => query.catalog.services.read.queryOptions({ input: { id } })),
  }).flatMap(({ data }) => data ?? [])
  const { search, fieldOf } = useServerSearchOfMany(value, [...known, ...read])
  const found = useQuery({
    ...query.catalog.services.list.queryOptions({ input: { limit: 50, ...search } }),
    placeholderData: keepPreviousData,
  })
  const searched = fieldOf(found.data?.items)
  const named = searched.data.map(({ value: id, label: name }) => ({ id, name }))
  return (
    <MultiSelect
      {...field}
      {...searched}
      clearable
      placeholder={value.length === 0 ? none : ''}
      onChange={(ids) =>
        onChange(
          ids,
          named.filter(({ id }) => ids.includes(id)),
        )
      }
      nothingFoundMessage={nothingFound(found, 'No service has such a name.')}
    />
  )
}
