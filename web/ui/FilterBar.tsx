import { useRef, useState } from 'react'
import { Chip } from './Chip.tsx'
import styles from './FilterBar.module.css'
import { type FilterField, offersFor, tokensOf } from './filter.ts'
import { Kbd } from './Kbd.tsx'
import { useKeys } from './keys.ts'

export type FilterBarProps = {
  /** The accessible name: 'Filter the tickets'. */
  label: string
  /** The query as text: 'state:open team:eqd priority:<=2 late'. */
  value: string
  onChange: (value: string) => void
  fields: readonly FilterField[]
}

/** Filters as chips that are also a text query; '/' goes to it, Enter adds, Backspace in the empty field takes back. */
export function FilterBar({ label, value, onChange, fields }: FilterBarProps) {
  const tokens = tokensOf(value)
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useKeys([{ key: '/', label, kind: 'move', run: () => field.current?.focus() }])
  const set = (next: readonly string[]) => onChange(next.join(' '))
  const add = (token: string) => {
    const fresh = tokensOf(token).filter((one) => !tokens.includes(one))
    if (fresh.length > 0) set([...tokens, ...fresh])
    setTyped('')
  }
  const names = fields.map(({ name }) => name).join(', ')
  const offers = offersFor(fields, typed)
  return (
    <search className={styles.bar}>
      {tokens.map((token) => (
        <Chip key={token} onRemove={() => set(tokens.filter((one) => one !== token))}>
          {token}
        </Chip>
      ))}
      <input
        ref={field}
        className={styles.input}
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={tokens.length === 0 ? `Filter by ${names ? `${names} or words` : 'words'}` : 'Add a filter'}
        list={`offers ${label}`}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => typed.trim() && add(typed)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter' && typed.trim()) add(typed)
          else if (event.key === 'Backspace' && typed === '' && tokens.length > 0) set(tokens.slice(0, -1))
          else if (event.key === 'Escape') field.current?.blur()
          else return
          event.preventDefault()
        }}
      />
      <datalist id={`offers ${label}`}>
        {offers.map((offer) => (
          <option key={offer} value={offer} />
        ))}
      </datalist>
      {typed === '' && <Kbd k="/" />}
    </search>
  )
}
