import type { Matcher } from '../../../contract/alerts/silence.ts'

/** What matchers look at: each field by all the names that a person may use for it (id, slug, name). */
export type Matchable = {
  source: string[]
  service: string[]
  host: string[]
  environment: string[]
  team: string[]
  severity: string[]
  title: string[]
  key: string[]
  labels: Record<string, string>
}

/** True when all matchers hold. Small and capital letters are the same; a label that is not there is empty text. */
export const matches = (matchers: readonly Matcher[], facts: Matchable): boolean =>
  matchers.every((m) => holds(m, valuesOf(m.field, facts)))

const LABEL = 'label:'

const valuesOf = (field: string, facts: Matchable): string[] => {
  if (!field.startsWith(LABEL)) return facts[field as keyof Omit<Matchable, 'labels'>] ?? []
  const name = field.slice(LABEL.length)
  return [Object.hasOwn(facts.labels, name) ? (facts.labels[name] ?? '') : '']
}

const holds = ({ op, value }: Matcher, given: string[]): boolean => {
  const wanted = value.toLowerCase()
  const values = given.map((v) => v.toLowerCase())
  if (op === 'is') return values.includes(wanted)
  if (op === 'is_not') return !values.includes(wanted)
  if (op === 'contains') return values.some((v) => v.includes(wanted))
  return values.some((v) => isLike(v, wanted))
}

/**
 * Whether the whole text fits a pattern in which * stands for any characters. Takes the parts between the stars from the
 * left, so that no pattern takes long, as a regular expression could.
 */
export const isLike = (text: string, pattern: string): boolean => {
  const parts = pattern.split('*')
  const first = parts.shift() ?? ''
  const last = parts.pop()
  if (last === undefined) return text === first
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let from = first.length
  const end = text.length - last.length
  for (const part of parts) {
    const found = text.indexOf(part, from)
    if (found < 0 || found + part.length > end) return false
    from = found + part.length
  }
  return true
}

const opWords = { is: 'is', is_not: 'is not', contains: 'contains', like: 'is like' } as const

/** "service is fx-eod and label:job is like EOD_*" */
export const matchersInWords = (matchers: readonly Matcher[]): string =>
  matchers.map((m) => `${m.field} ${opWords[m.op]} ${m.value}`).join(' and ')
