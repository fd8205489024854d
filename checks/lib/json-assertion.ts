type Scalar = string | number | boolean | null
type Operator = '==' | '!=' | '<=' | '>=' | '<' | '>'

export type JsonAssertion = {
  text: string
  /** The path as written: `$.status`. */
  where: string
  path: (string | number)[]
  /** Absent: the path has to exist. */
  test?: { operator: Operator; value: Scalar }
}

const FORM = 'must look like $.status == "ready" or $.items[0].price > 10'
const step = /\.([A-Za-z_][\w-]*)|\[(\d{1,6})\]|\[("(?:[^"\\]|\\.)*")\]/y
const comparison = /^(==|!=|<=|>=|<|>)\s*(.+)$/s
const ordering = new Set<Operator>(['<=', '>=', '<', '>'])

/**
 * Reads `$.path.to["a key"][0] == "value"`; operators == != < <= > >=, none for "exists". A small part of JSONPath
 * (RFC 9535) that takes one step per name and can therefore not be made slow. Throws an Error with a sentence.
 */
export const parseJsonAssertion = (text: string): JsonAssertion => {
  const trimmed = text.trim()
  if (!trimmed.startsWith('$')) throw new Error(`${FORM}; it starts with $`)
  const path: (string | number)[] = []
  let end = 1
  for (;;) {
    step.lastIndex = end
    const found = step.exec(trimmed)
    if (!found) break
    const [, name, index, key] = found
    path.push(name ?? (index === undefined ? (JSON.parse(key ?? '""') as string) : Number(index)))
    end = step.lastIndex
  }
  const where = trimmed.slice(0, end)
  const rest = trimmed.slice(end).trim()
  if (rest === '') return { text: trimmed, where, path }
  const [, operator, literal] = rest.match(comparison) ?? []
  if (operator === undefined || literal === undefined) throw new Error(`${FORM}; "${rest}" was not understood`)
  return {
    text: trimmed,
    where,
    path,
    test: { operator: operator as Operator, value: scalar(literal, operator as Operator) },
  }
}

const scalar = (literal: string, operator: Operator): Scalar => {
  let value: unknown
  try {
    value = JSON.parse(literal)
  } catch {
    throw new Error(`${FORM}; a text stands in "double quotes"`)
  }
  if (typeof value === 'object' && value !== null) throw new Error(`${FORM}; lists and objects cannot be compared`)
  if (ordering.has(operator) && typeof value !== 'number') throw new Error(`${FORM}; ${operator} compares numbers`)
  return value as Scalar
}

/** Whether the document is as asserted, and what was seen in words: `$.status is "starting"`. */
export const judgeJson = ({ where, path, test }: JsonAssertion, document: unknown): { ok: boolean; seen: string } => {
  let value = document
  for (const name of path) {
    const isInside = typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    if (!isInside) return { ok: false, seen: `${where} is missing` }
    value = (value as Record<string | number, unknown>)[name]
  }
  return { ok: test === undefined || compare(value, test.operator, test.value), seen: `${where} is ${inWords(value)}` }
}

const compare = (seen: unknown, operator: Operator, wanted: Scalar): boolean => {
  if (operator === '==') return seen === wanted
  if (operator === '!=') return seen !== wanted
  if (typeof seen !== 'number' || typeof wanted !== 'number') return false
  if (operator === '<') return seen < wanted
  if (operator === '<=') return seen <= wanted
  return operator === '>' ? seen > wanted : seen >= wanted
}

const inWords = (value: unknown): string => {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
