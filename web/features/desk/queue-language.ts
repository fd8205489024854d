import { termOf, tokensOf, valuesOf } from '../../ui/filter.ts'

/** The fields of the queue's filter, as they are offered; those with `desk` tell what only the desk knows. */
export const queueFields = [
  { name: 'state', hint: 'open, or how it stands' },
  { name: 'priority', hint: 'P1,P2 or <=2' },
  { name: 'due', hint: 'overdue, today, <4h, none', desk: true },
  { name: 'team', hint: 'who is to solve it' },
  { name: 'owner', hint: 'who has it', desk: true },
  { name: 'requester', hint: 'who asked' },
  { name: 'unit', hint: 'which business unit it is about', desk: true },
  { name: 'service', hint: 'what it is about' },
  { name: 'kind', hint: 'incident, request, problem, change' },
  { name: 'env', hint: 'prod, uat, test, dev' },
  { name: 'asked', hint: 'what you asked for', alone: 'me' },
  { name: 'escalated', hint: 'what your teams are to accept', alone: 'us', desk: true },
  { name: 'helping', hint: 'where you help', alone: 'me', desk: true },
  { name: 'later', hint: 'what you left for later', alone: 'me', desk: true },
] as const satisfies readonly QueueField[]

type QueueField = {
  name: string
  hint: string
  /** The one value that it can have: it names a list, and leaves nothing out. */
  alone?: string
  desk?: true
}
export type FieldName = (typeof queueFields)[number]['name']

/** One field of a filter: what stands in it, or with a '-' before it what must not. */
export type Term = { name: FieldName; not: boolean; values: readonly string[] }

export const fieldOf = (name: FieldName): QueueField => queueFields.find((one) => one.name === name) as QueueField
const nameOf = (token: string) => {
  const term = termOf(token)
  const known = term && queueFields.find(({ name }) => name === term.name)
  return known && { name: known.name, not: term.not }
}

/** 'open, new or pending' */
export const choices = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

const unknown = (token: string, name: string) =>
  `${name}: is no field here. Fields are ${queueFields.map((one) => one.name).join(', ')}; to search for the text, put it in quotes: "${token.replaceAll('"', '')}".`

/** A filter in its parts. Of a field that is asked for twice the last one counts; what is left out adds up. */
export const readQuery = (text: string): { terms: readonly Term[]; words: string; problem?: string } => {
  const terms: Term[] = []
  const words: string[] = []
  for (const token of tokensOf(tidy(text))) {
    const term = termOf(token)
    const known = nameOf(token)
    const values = term ? valuesOf(term.value) : []
    if (!term) words.push(/\s/.test(token) || termOf(token.replaceAll('"', '')) ? token : token.replaceAll('"', ''))
    else if (!known) return { terms, words: '', problem: unknown(token, term.name) }
    else if (values.length === 0) {
      const field = fieldOf(known.name)
      return { terms, words: '', problem: `${known.name}: needs a value: ${field.alone ?? field.hint}.` }
    } else terms.push({ ...known, values })
  }
  return { terms, words: words.join(' ') }
}

/** A filter as it is kept: what a field asks for stands once, the last one counts. */
export const tidy = (text: string): string => {
  const tokens = tokensOf(text)
  return tokens
    .filter((token, index) => {
      const field = nameOf(token)
      if (!field || field.not) return tokens.indexOf(token) === index || !field
      return !tokens.slice(index + 1).some((later) => nameOf(later)?.name === field.name && !nameOf(later)?.not)
    })
    .join(' ')
}

/** Whether two filters mean the same, in whatever order they were written. */
export const isSame = (a: string, b: string): boolean =>
  tokensOf(a).toSorted().join(' ') === tokensOf(b).toSorted().join(' ')
