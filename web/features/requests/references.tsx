import { MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { createContext, use, useState } from 'react'
import { query } from '../../api.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import type { ReferenceProps } from '../../ui/SchemaField.tsx'

export type Known = Readonly<Record<string, string>>

/** For which type the form is, and the names of what was chosen in it: a draft knows them when it is opened again. */
export const ReferenceSource = createContext<{ typeId: string; known: Known; learn: (more: Known) => void }>({
  typeId: '',
  known: {},
  learn: () => undefined,
})

type Found = { items: readonly { id: string; name: string }[] | undefined; pending: boolean }
type ChooserProps = ReferenceProps & { found: Found; typed: string; onTyped: (typed: string) => void; nothing: string }

/** One or several things, found by typing a part of the name. */
function Chooser({ found, typed, onTyped, nothing, many, value, onChange, ...field }: ChooserProps) {
  const { known, learn } = use(ReferenceSource)
  const items = found.items ?? []
  const offered = [
    ...value.filter((id) => !items.some((one) => one.id === id)).map((id) => ({ id, name: known[id] ?? 'somebody' })),
    ...items,
  ]
  const choose = (ids: readonly string[]) => {
    learn(Object.fromEntries(offered.filter(({ id }) => ids.includes(id)).map(({ id, name }) => [id, name])))
    onChange(ids)
  }
  const common = {
    ...field,
    ...findByTyping,
    withAsterisk: false,
    placeholder: many && value.length > 0 ? '' : 'Type a part of the name',
    data: offered.map(({ id, name }) => ({ value: id, label: name })),
    searchValue: typed,
    onSearchChange: onTyped,
    nothingFoundMessage: found.pending ? 'Looking…' : nothing,
  }
  return many ? (
    <MultiSelect {...common} value={[...value]} onChange={choose} />
  ) : (
    <Select
      {...common}
      clearable={!field.required}
      value={value[0] ?? null}
      onChange={(id) => choose(id === null ? [] : [id])}
    />
  )
}

const useTyped = () => {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim().slice(0, 100), 200)
  return { typed, setTyped, search }
}

export function PersonField(props: ReferenceProps) {
  const { typeId } = use(ReferenceSource)
  const { typed, setTyped, search } = useTyped()
  const found = useQuery({
    ...query.requests.types.people.queryOptions({
      input: typeId && search.length >= 2 ? { id: typeId, search } : skipToken,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Chooser
      {...props}
      found={{ items: found.data?.items, pending: found.isFetching }}
      typed={typed}
      onTyped={setTyped}
      nothing={search.length < 2 ? 'Type at least two letters.' : 'Nobody has such a name.'}
    />
  )
}

export function ServiceField(props: ReferenceProps) {
  const { typed, setTyped, search } = useTyped()
  const found = useQuery({
    ...query.catalog.services.list.queryOptions({ input: { limit: 30, ...(search && { search }) } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Chooser
      {...props}
      found={{ items: found.data?.items, pending: found.isFetching }}
      typed={typed}
      onTyped={setTyped}
      nothing="No service has such a name."
    />
  )
}

export const referenceFields = { person: PersonField, service: ServiceField }
