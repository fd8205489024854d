import { Select } from '@mantine/core'
import { useState } from 'react'
import { findByTyping } from '../../ui/find-by-typing.ts'
import type { Person } from './data.ts'

type PersonPickProps = {
  label: string
  people: readonly Person[]
  value: string | null
  onChange: (id: string | null) => void
  /** Their people come first. */
  team?: { id: string; name: string } | undefined
  without?: readonly string[]
  /** Nobody is an answer too. */
  clearable?: boolean
  hint?: (person: Person) => string | undefined
  placeholder?: string
  description?: string | undefined
  error?: string | undefined
  autoFocus?: boolean
  /** Takes the person and stays empty, for lists that grow. */
  adds?: boolean
}

/** One of the people who can be on call: those of the team first, with what speaks for or against each. */
export function PersonPick(props: PersonPickProps) {
  const { label, people, value, onChange, team, without = [], hint, autoFocus = false, adds = false, ...field } = props
  const [typed, setTyped] = useState('')
  const offered = people.filter(({ id }) => !without.includes(id))
  const isOurs = ({ teams }: Person) => teams.some(({ id }) => id === team?.id)
  const asItem = ({ id, name }: Person) => ({ value: id, label: name })
  const groups = [
    { group: team?.name ?? '', items: offered.filter(isOurs).map(asItem) },
    { group: 'Others', items: offered.filter((person) => !isOurs(person)).map(asItem) },
  ].filter(({ items }) => items.length > 0)
  return (
    <Select
      {...field}
      label={label}
      {...findByTyping}
      openOnFocus={false}
      data-autofocus={autoFocus || undefined}
      data={team ? groups : offered.map(asItem)}
      value={adds ? null : value}
      {...(adds && { searchValue: typed, onSearchChange: setTyped })}
      onChange={(next) => {
        onChange(next)
        setTyped('')
      }}
      nothingFoundMessage="Nobody has such a name. People are added under People and teams."
      renderOption={({ option }) => {
        const person = people.find(({ id }) => id === option.value)
        return (
          <>
            <span>{option.label}</span>
            <span className="faint clip" style={{ marginLeft: 'auto', paddingLeft: 12 }}>
              {person && hint?.(person)}
            </span>
          </>
        )
      }}
    />
  )
}
