import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../api.ts'
import { findByTyping } from '../ui/find-by-typing.ts'

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
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim() === value?.name ? '' : typed.trim(), 200)
  const found = useQuery({
    ...query.identity.users.list.queryOptions({
      input: { limit: 30, ...(search && { search: search.slice(0, 100) }) },
    }),
    placeholderData: keepPreviousData,
  })
  const people: Person[] = (found.data?.items ?? []).filter(
    ({ state, id }) => state !== 'disabled' && !without.includes(id),
  )
  const offered = value && !people.some(({ id }) => id === value.id) ? [value, ...people] : people
  return (
    <Select
      {...field}
      data-autofocus={autoFocus || undefined}
      {...findByTyping}
      clearable
      placeholder="Type a name or a mail address"
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      // The server has searched already, in the mail address as well.
      filter={({ options }) => options}
      value={value?.id ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={found.isPending ? 'Looking…' : 'Nobody has such a name or mail address.'}
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
