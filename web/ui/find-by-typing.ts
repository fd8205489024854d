import { type OptionsFilter, useComboboxContext } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createElement, type FocusEvent, Fragment, type MouseEvent, type ReactNode, useEffect, useState } from 'react'

/** Options may come after one has typed, or be exchanged by a search: while the list is open, one of them is marked. */
function KeepMark() {
  const { store } = useComboboxContext()
  // After each render of the field, as nothing tells when its list has changed.
  useEffect(() => {
    if (!store.dropdownOpened || !store.listId) return
    const list = document.getElementById(store.listId)
    if (list && !list.querySelector('[data-combobox-selected]')) store.selectFirstOption()
  })
  return null
}

/**
 * What every field has that one types in to find an option: the first match is marked while one types, and Enter takes it.
 * `selectFirstOptionOnDropdownOpen` keeps that mark when the list opens by typing; without it Enter would take nothing
 * until an arrow is pressed. `inputContainer` is where a part of ours stands within the field, and so knows its list.
 */
export const findByTyping = {
  searchable: true,
  selectFirstOptionOnChange: true,
  selectFirstOptionOnDropdownOpen: true,
  // What is typed then takes the place of the name that stands there, whether one comes by Tab, back by it, or by a click.
  onFocus: ({ currentTarget }: FocusEvent<HTMLInputElement>) => currentTarget.select(),
  onClick: ({ currentTarget }: MouseEvent<HTMLInputElement>) => currentTarget.select(),
  inputContainer: (input: ReactNode) => createElement(Fragment, null, input, createElement(KeepMark)),
} as const

/** What a list without an option says: that one waits, that it could not be asked for, or that there is none. */
export const nothingFound = (found: { isPending: boolean; isError: boolean }, words: string): string => {
  if (found.isError) return 'They could not be loaded. Try again in a moment.'
  return found.isPending ? 'Looking…' : words
}

/** The server has searched already, in more than the name. */
const asFound: OptionsFilter = ({ options }) => options

type Named = { id: string; name: string }

/**
 * A field whose options the server finds by what is typed. `search` goes into the query; `fieldOf` makes of what was
 * found what the Select needs. What is chosen stands in the field as its name: it is not searched for again, and stays
 * although it may not be among what is found now.
 */
export const useServerSearch = <Value extends Named>(value: Value | null) => {
  const [typed, setTyped] = useState('')
  const words = typed.trim().slice(0, 100)
  const [searched] = useDebouncedValue(words === value?.name.trim().slice(0, 100) ? '' : words, 150)
  const fieldOf = <Row extends Named>(found: readonly Row[] | undefined) => {
    const rows = found ?? []
    // What is found for other words comes before what was chosen: Enter takes the first.
    const missing = value && !rows.some(({ id }) => id === value.id) ? [value] : []
    const offered: readonly (Row | Value)[] = searched ? [...rows, ...missing] : [...missing, ...rows]
    return {
      offered,
      field: {
        ...findByTyping,
        clearable: true,
        data: offered.map(({ id, name }) => ({ value: id, label: name })),
        filter: asFound,
        value: value?.id ?? null,
        searchValue: typed,
        onSearchChange: setTyped,
      },
    }
  }
  return { search: searched ? { search: searched } : {}, fieldOf }
}

/** The same for a field of several: those chosen keep the names by which they were known, or found before. */
export const useServerSearchOfMany = (ids: readonly string[], known: readonly Named[]) => {
  const [typed, setTyped] = useState('')
  const [seen, see] = useState<readonly Named[]>([])
  const [searched] = useDebouncedValue(typed.trim().slice(0, 100), 150)
  const fieldOf = (found: readonly Named[] = []) => {
    const names = new Map([...found, ...seen, ...known].map((one) => [one.id, one]))
    const chosen = ids.map((id) => names.get(id) ?? { id, name: '…' })
    const offered = [...chosen, ...found.filter(({ id }) => !ids.includes(id))]
    return {
      ...findByTyping,
      data: offered.map(({ id, name }) => ({ value: id, label: name })),
      filter: asFound,
      value: [...ids],
      searchValue: typed,
      onSearchChange: setTyped,
      onOptionSubmit: (id: string) => see([...seen, ...offered.filter((one) => one.id === id)]),
    }
  }
  return { search: searched ? { search: searched } : {}, fieldOf }
}
