import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { FilterBar } from '../../ui/FilterBar.tsx'
import type { Reader } from './data.ts'
import { type FieldName, fieldOf, queueFields, tidy } from './queue-language.ts'
import { environments, kinds, states } from './words.ts'

const all = { input: { limit: 200 } }

/** The filter of the queue, as chips and as text; names of teams, people, units and services are offered. */
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
  const ofDesk = { enabled: desk && typing }
  const services = useQuery({ ...query.catalog.services.list.queryOptions(all), enabled: typing })
  const units = useQuery({ ...query.catalog.businessUnits.list.queryOptions(all), enabled: typing })
  const teams = useQuery({ ...query.identity.teams.list.queryOptions(all), ...ofDesk })
  const people = useQuery({ ...query.identity.users.list.queryOptions(all), ...ofDesk })
  const namesOf = (found: { data: { items: readonly { name: string }[] } | undefined }) =>
    found.data?.items.map(({ name }) => name) ?? []
  const values: Record<FieldName, readonly string[]> = {
    state: ['open', ...states.map((state) => state.replace('_', '-'))],
    priority: ['P1', 'P2', 'P3', 'P4', 'P5', '<=2', '<=3'],
    due: ['overdue', 'today', '<1h', '<4h', '<2d', 'none'],
    team: ['mine', 'none', ...namesOf(teams)],
    owner: ['me', 'none', ...namesOf(people)],
    requester: ['me', 'none', ...namesOf(people)],
    unit: namesOf(units),
    service: [...namesOf(services), 'none'],
    kind: kinds,
    env: environments,
    asked: ['me'],
    escalated: ['us'],
    helping: ['me'],
    later: ['me'],
  }
  const fields = queueFields
    .filter(({ name }) => desk || !fieldOf(name).desk)
    .map(({ name, hint }) => ({ name, hint, values: values[name], several: !fieldOf(name).alone }))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the focus of what is inside is only heard of
    <div onFocus={() => setTyping(true)}>
      <FilterBar label="Filter the tickets" value={value} onChange={(next) => onChange(tidy(next))} fields={fields} />
    </div>
  )
}
