import { useState } from 'react'
import { FilterBar } from '../../ui/FilterBar.tsx'
import type { Reader } from './data.ts'
import { type FieldName, fieldOf, queueFields, tidy } from './queue-language.ts'
import { useOfferedNames } from './use-offered-names.ts'
import { environments, kinds, states } from './words.ts'

/** The filter of the queue, as chips and as text; names of teams, people, units and services are offered. */
export function QueueFilter({
  value,
  onChange,
  reader,
  begin,
}: {
  value: string
  onChange: (value: string) => void
  reader: Reader
  /** Somebody asked for the field: it takes the focus. */
  begin: boolean
}) {
  const { desk } = reader
  // Names are only needed by somebody who types.
  const [typed, setTyped] = useState<string>()
  const { services, units, teams, people } = useOfferedNames(typed, desk)
  const values: Record<FieldName, readonly string[]> = {
    state: ['open', ...states.map((state) => state.replace('_', '-'))],
    priority: ['P1', 'P2', 'P3', 'P4', 'P5', '<=2', '<=3'],
    due: ['overdue', 'today', '<1h', '<4h', '<2d', 'none'],
    team: ['mine', 'none', ...teams],
    owner: ['me', 'none', ...people],
    requester: ['me', 'none', ...people],
    unit: units,
    service: [...services, 'none'],
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
    <FilterBar
      label="Filter the tickets"
      value={value}
      onChange={(next) => onChange(tidy(next))}
      fields={fields}
      onTyped={setTyped}
      begin={begin}
    />
  )
}
