import { Select } from '@mantine/core'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { serviceSummary } from '../../contract/catalog/service.ts'
import { query } from '../api.ts'
import { nothingFound, useServerSearch } from '../ui/find-by-typing.ts'

type Named = { id: string; name: string }
export type ServiceRow = z.output<typeof serviceSummary>
type Field = {
  label?: string
  'aria-label'?: string
  description?: string
  placeholder?: string
  error?: string | undefined
  name?: string
}
type Props<Value extends Named> = Field & { value: Value | null; onChange: (service: ServiceRow | null) => void }

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
      placeholder="Type a part of its name"
      {...field}
      {...searched}
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

type IdProps = Field & { value: string | null; known?: Named | null | undefined; onChange: (id: string | null) => void }

/** The same where a form keeps the id alone. `known`: the service that the form began with, if its name was told. */
export function ServiceIdSelect({ value, known, onChange, ...field }: IdProps) {
  const [picked, pick] = useState<Named | null>(null)
  const given = [picked, known].find((one) => one?.id === value)
  const asked = useQuery(
    query.catalog.services.read.queryOptions({ input: value && !given ? { id: value } : skipToken }),
  )
  return (
    <ServiceSelect
      {...field}
      value={value ? (given ?? { id: value, name: asked.data?.name ?? '' }) : null}
      onChange={(service) => {
        pick(service)
        onChange(service?.id ?? null)
      }}
    />
  )
}
