import { tokensOf } from '../ui/filter.ts'

/**
 * A filter in its parts: 'role:lead team:"L2 markets" ana' → fields {role, team} and the words 'ana'. A field that the
 * list does not know is a word like any other.
 */
export const readFilter = <Name extends string>(filter: string, names: readonly Name[]) => {
  const fields: Partial<Record<Name, string>> = {}
  const words: string[] = []
  for (const token of tokensOf(filter)) {
    const [name, ...rest] = token.split(':')
    const known = names.find((one) => one === name)
    const value = rest.join(':').replaceAll('"', '').trim()
    if (known && value) fields[known] = value
    else words.push(token.replaceAll('"', ''))
  }
  return { fields, words: words.join(' ').trim() }
}
