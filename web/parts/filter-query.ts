import { termOf, tokensOf } from '../ui/filter.ts'

/**
 * A filter in its parts: 'role:lead team:"L2 markets" ana' → fields {role, team} and the words 'ana'. A field that the
 * list does not know is a word like any other.
 */
export const readFilter = <Name extends string>(filter: string, names: readonly Name[]) => {
  const fields: Partial<Record<Name, string>> = {}
  const words: string[] = []
  for (const token of tokensOf(filter)) {
    const term = termOf(token)
    const known = term && !term.not && names.find((one) => one === term.name)
    const value = term?.value.replaceAll('"', '').trim()
    if (known && value) fields[known] = value
    else words.push(token.replaceAll('"', ''))
  }
  return { fields, words: words.join(' ').trim() }
}

export type Thing = { id: string; name: string }

export const isOneOf = <Word extends string>(words: readonly Word[], word: string): word is Word =>
  (words as readonly string[]).includes(word)
/** 'down, up or paused' */
export const list = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** The one that is called so, else the only one that has it in its name. */
export const meant = (things: readonly Thing[], word: string): Thing | undefined => {
  const lower = word.toLowerCase()
  const near = things.filter(({ name }) => name.toLowerCase().includes(lower))
  return things.find(({ name }) => name.toLowerCase() === lower) ?? (near.length === 1 ? near[0] : undefined)
}
