import { useCallback, useEffect, useState } from 'react'
import { browserShelf, openDraft } from './draft-store.ts'

type Kind<Value> = {
  /** What an untouched form holds. */
  start: Value
  /** Makes of what was kept, perhaps by an older version, what the form can hold. */
  read: (found: object) => Value
  /** Whether there is nothing in it that would be missed. */
  isEmpty: (value: Value) => boolean
}

const parse = <Value>(text: string | null, { start, read }: Kind<Value>): Value => {
  try {
    const found: unknown = JSON.parse(text ?? 'null')
    return found && typeof found === 'object' ? read(found) : start
  } catch {
    return start
  }
}

/**
 * What is filled in and not sent: kept on this machine, and the same in all tabs, so that none overwrites another's.
 * `kind` is read when it is opened; `forget` when it was sent, which empties it everywhere.
 */
export const useFormDraft = <Value>(key: string, kind: Kind<Value>) => {
  const [of] = useState(kind)
  const [store] = useState(() => openDraft(browserShelf, key))
  const [value, set] = useState(() => parse(store.start, of))
  useEffect(() => store.keep(of.isEmpty(value) ? null : JSON.stringify(value)), [store, of, value])
  useEffect(() => store.follow((text) => set(parse(text, of))), [store, of])
  const forget = useCallback(() => store.keep(null), [store])
  return { value, set, forget }
}

const words: Kind<{ text: string }> = {
  start: { text: '' },
  read: (found) => ({ text: 'text' in found && typeof found.text === 'string' ? found.text : '' }),
  isEmpty: ({ text }) => text === '',
}

/** The same of a form that has one text. */
export const useTextDraft = (key: string) => {
  const { value, set, forget } = useFormDraft(key, words)
  const setText = useCallback((text: string) => set({ text }), [set])
  return { text: value.text, setText, forget }
}
