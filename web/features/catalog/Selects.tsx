import { Select } from '@mantine/core'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { mayFor } from '../../parts/use-may-for.ts'
import { findByTyping, useServerSearch } from '../../ui/find-by-typing.ts'

type Props = { value: string | null; onChange: (id: string | null) => void; error?: string | undefined }

/** The team that owns a service or a host: any for an administrator, one's own for a lead. */
export function OwnerSelect({ of, value, onChange, error }: Props & { of: 'service' | 'host' }) {
  const me = useMe().data
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))
  const all = me?.may[`${of}.write`] === 'all'
  const offered = teams.data?.items.filter(({ id }) => id === value || mayFor(me, `${of}.write`, id)) ?? []
  return (
    <Select
      label="Owner"
      description={
        all
          ? `Its leads may change the ${of}${of === 'service' ? '; its queue gets the tickets' : ''}.`
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

/** What was chosen here is known by its name as well, though only its id is kept outside. */
const useChosen = (value: string | null) => {
  const [chosen, setChosen] = useState<Found | null>(null)
  const { search, fieldOf } = useServerSearch(chosen?.id === value ? chosen : null)
  return { search, fieldOf, setChosen }
}

function SearchSelect({
  found,
  chosen: { fieldOf, setChosen },
  nothing,
  onChange,
  ...props
}: Omit<SearchProps, 'without'> & {
  found: readonly Found[]
  chosen: ReturnType<typeof useChosen>
  nothing: string
}) {
  const { offered, field } = fieldOf(found)
  return (
    <Select
      {...field}
      {...props}
      onChange={(id) => {
        setChosen(offered.find((one) => one.id === id) ?? null)
        onChange(id)
      }}
      data-autofocus
      placeholder="Type a name"
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
  const chosen = useChosen(field.value)
  const found = useQuery({
    ...query.catalog.services.list.queryOptions({ input: { limit: 100, ...chosen.search } }),
    placeholderData: keepPreviousData,
  })
  const offered = (found.data?.items ?? [])
    .filter(({ id }) => !without.includes(id))
    .map(({ id, name, tier }) => ({ id, name, words: `tier ${tier}` }))
  return (
    <SearchSelect
      {...field}
      found={offered}
      chosen={chosen}
      nothing="No service has such a name, or it depends on it already."
    />
  )
}

/** A host, found by its name or site. */
export function HostSelect({ without, ...field }: SearchProps) {
  const chosen = useChosen(field.value)
  const found = useQuery({
    ...query.catalog.hosts.list.queryOptions({ input: { limit: 100, ...chosen.search } }),
    placeholderData: keepPreviousData,
  })
  const offered = (found.data?.items ?? [])
    .filter(({ id }) => !without.includes(id))
    .map(({ id, name, environment, site }) => ({ id, name, words: [environment, site].filter(Boolean).join(', ') }))
  return (
    <SearchSelect
      {...field}
      found={offered}
      chosen={chosen}
      nothing="No host has such a name. Choose “A new host” to add it."
    />
  )
}
