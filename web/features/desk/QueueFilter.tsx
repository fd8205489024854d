import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { FilterBar } from '../../ui/FilterBar.tsx'
import type { Reader } from './data.ts'
import { tidy } from './queue-filter.ts'
import { environments, kinds, states } from './words.ts'

/** The filter of the queue, as chips and as text; names of teams, people and services are offered. */
export function QueueFilter({
  value,
  onChange,
  reader,
}: {
  value: string
  onChange: (value: string) => void
  reader: Reader
}) {
  const { desk } = reader
  // Names are only needed by somebody who types.
  const [typing, setTyping] = useState(false)
  const services = useQuery({
    ...query.catalog.services.list.queryOptions({ input: { limit: 200 } }),
    enabled: desk && typing,
  })
  const teams = useQuery({
    ...query.identity.teams.list.queryOptions({ input: { limit: 200 } }),
    enabled: desk && typing,
  })
  const people = useQuery({
    ...query.identity.users.list.queryOptions({ input: { limit: 200 } }),
    enabled: desk && typing,
  })
  const namesOf = (found: { data: { items: readonly { name: string }[] } | undefined }) =>
    found.data?.items.map(({ name }) => name) ?? []
  const fields = [
    { name: 'state', values: ['open', ...states.map((state) => state.replace('_', '-'))] },
    { name: 'priority', values: ['<=1', '<=2', '<=3', '<=4'] },
    ...(desk
      ? [
          { name: 'team', values: ['mine', ...namesOf(teams)] },
          { name: 'owner', values: ['me', 'none', ...namesOf(people)] },
        ]
      : []),
    { name: 'service', values: namesOf(services) },
    { name: 'kind', values: kinds },
    { name: 'env', values: environments },
    { name: 'asked', values: ['me'] },
    ...(desk ? [{ name: 'helping', values: ['me'] }] : []),
  ]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the focus of what is inside is only heard of
    <div onFocus={() => setTyping(true)}>
      <FilterBar label="Filter the tickets" value={value} onChange={(next) => onChange(tidy(next))} fields={fields} />
    </div>
  )
}
