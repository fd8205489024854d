import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { serviceSummary } from '../../../contract/catalog/service.ts'
import { query } from '../../api.ts'
import { nothingFound, useServerSearch } from '../../ui/find-by-typing.ts'

type Named = { id: string; name: string }
export type ServiceRow = z.output<typeof serviceSummary>
type Props<Value extends Named> = {
  label: string
  description?: string
  value: Value | null
  onChange: (service: ServiceRow | null) => void
  error?: string | undefined
  name?: string
}

/** A service, found by its name; archived ones are not offered. */
export function ServiceSelect<Value extends Named>({ value, onChange, ...field }: Props<Value>) {
  const { search, fieldOf } = useServerSearch(value)
  const found = useQuery({
    ...query.catalog.services.list.queryOptions({
      input: { limit: 50, ...search },
    }),
    placeholderData: keepPreviousData,
  })
  const services = found.data?.items ?? []
  const searched = fieldOf(services).field
  return (
    <Select
      {...field}
      {...searched}
      placeholder="Type a part of its name"
      onChange={(id) => onChange(services.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={nothingFound(found, 'No service has such a name.')}
      renderOption={({ option }) => {
        const service = services.find(({ id }) => id === option.value)
        return (
          <>
            <span>{option.label}</span>
            <span className="faint clip" style={{ marginLeft: 'auto', paddingLeft: 12 }}>
              {service && `tier ${service.tier}${service.ownerTeam ? ` · ${service.ownerTeam.name}` : ''}`}
            </span>
          </>
        )
      }}
    />
  )
}
