import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { mayFor } from '../../parts/use-may-for.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'

type Props = { value: string | null; onChange: (id: string | null) => void; error?: string | undefined }

/** The team that owns a service: any for an administrator, one's own for a lead. */
export function OwnerSelect({ value, onChange, error }: Props) {
  const me = useMe().data
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))
  const all = me?.may['service.write'] === 'all'
  const offered = teams.data?.items.filter(({ id }) => id === value || mayFor(me, 'service.write', id)) ?? []
  return (
    <Select
      label="Owner"
      description={
        all
          ? 'Its leads may change the service; its queue gets the tickets.'
          : 'A team that you lead; only an administrator may choose another.'
      }
      placeholder="no team"
      {...findByTyping}
      clearable={all}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}

/** The support calendar of a service; none is around the clock. */
export function CalendarSelect({ value, onChange, error }: Props) {
  const may = useMay('calendar.read') !== undefined
  const calendars = useQuery(
    query.calendars.list.queryOptions({ input: may ? { limit: 200, kind: 'support' } : skipToken }),
  )
  return (
    <Select
      label="Supported"
      description="Clocks of tickets run only in these hours."
      placeholder="around the clock"
      {...findByTyping}
      clearable
      data={
        calendars.data?.items.map(({ id, name, openNow }) => ({
          value: id,
          label: `${name}${openNow ? '' : ', closed now'}`,
        })) ?? []
      }
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}

type Found = { id: string; name: string; words: string }
type SearchProps = {
  label: string
  value: string | null
  onChange: (id: string | null) => void
  error?: string | undefined
  without: readonly string[]
}

const useTyped = () => {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim().slice(0, 100), 200)
  return { typed, setTyped, search }
}

function SearchSelect({
  found,
  typed,
  onTyped,
  nothing,
  onChange,
  ...field
}: Omit<SearchProps, 'without'> & {
  found: readonly Found[]
  typed: string
  onTyped: (typed: string) => void
  nothing: string
}) {
  // What was chosen may not be among what is found now, and must not vanish from the field.
  const [chosen, setChosen] = useState<Found>()
  const offered =
    chosen && chosen.id === field.value && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found
  const choose = (id: string | null) => {
    setChosen(offered.find((one) => one.id === id))
    onChange(id)
  }
  return (
    <Select
      {...field}
      onChange={choose}
      data-autofocus
      {...findByTyping}
      clearable
      placeholder="Type a name"
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      searchValue={typed}
      onSearchChange={onTyped}
      nothingFoundMessage={nothing}
      renderOption={({ option }) => (
        <>
          <span className="clip">{option.label}</span>
          <span className="faint" style={{ marginLeft: 'auto', paddingLeft: 12 }}>
            {offered.find(({ id }) => id === option.value)?.words}
          </span>
        </>
      )}
    />
  )
}

/** A service, found by its name. */
export function ServiceSelect({ without, ...field }: SearchProps) {
  const { typed, setTyped, search } = useTyped()
  // What is chosen stands in the field as its name; it is not searched for again.
  const found = useQuery({
    ...query.catalog.services.list.queryOptions({ input: { limit: 100, ...(search && !field.value && { search }) } }),
    placeholderData: keepPreviousData,
  })
  const offered = (found.data?.items ?? [])
    .filter(({ id }) => !without.includes(id))
    .map(({ id, name, tier }) => ({ id, name, words: `tier ${tier}` }))
  return (
    <SearchSelect
      {...field}
      found={offered}
      typed={typed}
      onTyped={setTyped}
      nothing="No service has such a name, or it depends on it already."
    />
  )
}

/** A host, found by its name or site. */
export function HostSelect({ without, ...field }: SearchProps) {
  const { typed, setTyped, search } = useTyped()
  const found = useQuery({
    ...query.catalog.hosts.list.queryOptions({ input: { limit: 100, ...(search && !field.value && { search }) } }),
    placeholderData: keepPreviousData,
  })
  const offered = (found.data?.items ?? [])
    .filter(({ id }) => !without.includes(id))
    .map(({ id, name, environment, site }) => ({ id, name, words: [environment, site].filter(Boolean).join(', ') }))
  return (
    <SearchSelect
      {...field}
      found={offered}
      typed={typed}
      onTyped={setTyped}
      nothing="No host has such a name. Choose “A new host” to add it."
    />
  )
}
