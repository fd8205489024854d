import { Combobox, useCombobox } from '@mantine/core'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { Chip } from './Chip.tsx'
import styles from './FilterBar.module.css'
import { type FilterField, type Offer, offersFor, tokensOf } from './filter.ts'
import { Kbd } from './Kbd.tsx'
import { useKeys } from './keys.ts'
import { useWayBack } from './way-back.ts'

export type FilterBarProps = {
  /** The accessible name: 'Filter the tickets'. */
  label: string
  /** The query as text: 'state:open team:eqd priority:<=2 late'. */
  value: string
  onChange: (value: string) => void
  fields: readonly FilterField[]
  /** What is typed and not added yet, when somebody comes to the field and at each letter. */
  onTyped?: (typed: string) => void
  /** It has come because somebody asked for it: it takes the focus. */
  begin?: boolean
}

/** Of more offers nobody reads on; a letter more finds what is meant. */
const most = 50
const namedFirst = 6

const invitation = (fields: readonly FilterField[]) => {
  const names = fields.slice(0, namedFirst).map((one) => one.name)
  const first = names.length > 0 ? `${names.join(', ')}${fields.length > namedFirst ? ' …' : ''} or ` : ''
  return `Filter by ${first}words`
}

/** Filters as chips that are also a text query; '/' goes to it, Enter adds, Backspace in the empty field takes back. */
export function FilterBar({ label, value, onChange, fields, onTyped, begin = false }: FilterBarProps) {
  const tokens = tokensOf(value)
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const back = useWayBack()
  const offered = useCombobox({ onDropdownClose: () => offered.resetSelectedOption() })
  useKeys([{ key: '/', label, kind: 'move', run: () => field.current?.focus() }])
  useEffect(() => {
    if (begin) field.current?.focus()
  }, [begin])
  const set = (next: readonly string[]) => onChange(next.join(' '))
  const type = (next: string) => {
    setTyped(next)
    onTyped?.(next)
    offered.resetSelectedOption()
    if (next.trim()) offered.openDropdown()
    else offered.closeDropdown()
  }
  const add = (token: string) => {
    const fresh = tokensOf(token).filter((one) => !tokens.includes(one))
    if (fresh.length > 0) set([...tokens, ...fresh])
    type('')
  }
  const remove = (token: string, event: MouseEvent) => {
    set(tokens.filter((one) => one !== token))
    // By keyboard one goes on in the field; a finger would only bring up the keyboard of the phone.
    if (event.detail === 0) field.current?.focus()
  }
  const offers = offersFor(fields, typed.trimStart()).slice(0, most)
  const choose = ({ token, more }: Offer) => (more ? type(token) : add(token))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    // What the arrow keys have chosen is taken by the list itself.
    const chosen = offered.dropdownOpened && offered.getSelectedOptionIndex() >= 0
    if (event.key === 'Enter' && typed.trim() && !chosen) add(typed)
    else if (event.key === 'Backspace' && typed === '' && tokens.length > 0) set(tokens.slice(0, -1))
    else if (event.key === 'Escape' && !offered.dropdownOpened) back.leave(field.current)
    else return
    event.preventDefault()
  }
  return (
    <search className={styles.bar}>
      {tokens.map((token) => (
        <Chip key={token} onRemove={(event) => remove(token, event)}>
          {token}
        </Chip>
      ))}
      <Combobox
        store={offered}
        position="bottom-start"
        width={340}
        onOptionSubmit={(token) => {
          const offer = offers.find((one) => one.token === token)
          if (offer) choose(offer)
        }}
      >
        <Combobox.Target withExpandedAttribute autoComplete="off">
          <input
            ref={field}
            className={styles.input}
            aria-label={label}
            aria-keyshortcuts="/"
            aria-autocomplete="list"
            placeholder={tokens.length === 0 ? invitation(fields) : 'Add a filter'}
            spellCheck={false}
            value={typed}
            onFocus={(event) => {
              back.onFocus(event)
              onTyped?.(typed)
            }}
            onChange={(event) => type(event.currentTarget.value)}
            onBlur={() => {
              offered.closeDropdown()
              // A field without its value is not said yet: it stays to be gone on with.
              if (typed.trim() && !/^-?\w+:$/.test(typed.trim())) add(typed)
            }}
            onKeyDown={onKeyDown}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={offers.length === 0}>
          <Combobox.Options aria-label="What can be filtered by" className={styles.offers}>
            {offers.map(({ token, hint }) => (
              <Combobox.Option key={token} value={token} className={styles.offer}>
                <span>{token}</span>
                {hint && <span className="faint clip">{hint}</span>}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {typed === '' && <Kbd k="/" />}
    </search>
  )
}
