import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { query } from '../api.ts'
import { nothingFound, useServerSearch } from '../ui/find-by-typing.ts'

export type Person = { id: string; name: string; email: string }

export type PersonSelectProps = {
  value: Person | null
  onChange: (person: Person | null) => void
  label: string
  description?: string
  error?: string | undefined
  /** Ids of those who cannot be chosen. */
  without?: readonly string[]
  autoFocus?: boolean
}

/** A person, found by name or mail address; those who may not sign in any more are not offered. */
export function PersonSelect({ value, onChange, without = [], autoFocus = false, ...field }: PersonSelectProps) {
  const { search, fieldOf } = useServerSearch(value)
  const found = useQuery({
    ...query.identity.users.list.queryOptions({
      input: { limit: 30, ...search },
    }),
    placeholderData: keepPreviousData,
  })
  const { offered, field: searched } = fieldOf(
    found.data?.items.filter(({ state, id }) => state !== 'disabled' && !without.includes(id)),
  )
  return (
    <Select
      {...field}
      data-autofocus={autoFocus || undefined}
      {...searched}
      placeholder="Type a name or a mail address"
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={nothingFound(found, 'Nobody has such a name or mail address.')}
      renderOption={({ option }) => (
        <>
          <span>{option.label}</span>
          <span className="faint clip" style={{ marginLeft: 'auto', paddingLeft: 12 }}>
            {offered.find(({ id }) => id === option.value)?.email}
          </span>
        </>
      )}
    />
  )
}
