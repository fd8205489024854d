import { type Field, type JsonSchema, readField, startOf } from './schema.ts'

export type Problems = Readonly<Record<string, string>>

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

export const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

export const below = (path: string, name: string | number): string => (path ? `${path}.${name}` : String(name))

const problemOf = (field: Field, value: unknown): string | undefined => {
  if (field.kind === 'number') {
    if (typeof value !== 'number') return `${field.title} must be a number.`
    if (field.whole && !Number.isInteger(value)) return `${field.title} must be a whole number.`
    const unit = field.unit ? ` ${field.unit}` : ''
    if (field.min !== undefined && value < field.min) return `${field.title} must be at least ${field.min}${unit}.`
    if (field.max !== undefined && value > field.max) return `${field.title} must be at most ${field.max}${unit}.`
  }
  if (field.kind === 'text') {
    const { minLength, maxLength, pattern, format } = field.schema
    const text = String(value)
    if (minLength !== undefined && text.length < minLength)
      return `${field.title} must have at least ${minLength} characters.`
    if (maxLength !== undefined && text.length > maxLength)
      return `${field.title} must have at most ${maxLength} characters.`
    if ((format === 'uri' || format === 'url') && !URL.canParse(text))
      return `${field.title} must be a whole address, like ${field.example ?? 'https://example.com/health'}.`
    if (format === 'email' && pattern !== undefined && !matches(pattern, text))
      return `${field.title} must be a mail address, like ${field.example ?? 'priya@example.com'}.`
    if (pattern !== undefined && !matches(pattern, text))
      return `${field.title} does not have the right form${field.example ? `; an example: ${field.example}` : ''}.`
  }
  if (field.kind === 'list' && field.most !== undefined && Array.isArray(value) && value.length > field.most)
    return `${field.title} can have at most ${field.most} entries.`
  return undefined
}

const matches = (pattern: string, text: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    // The server has the last word; a pattern that this browser cannot read must not block the form.
    return true
  }
}

const childrenOf = (
  field: Field,
  value: unknown,
): readonly (readonly [name: string | number, field: Field, value: unknown])[] => {
  if (field.kind === 'group') return field.fields.map((one) => [one.name, one, asRecord(value)[one.name]] as const)
  if (field.kind === 'list' && Array.isArray(value)) return value.map((one, index) => [index, field.item, one] as const)
  if (field.kind === 'variants') {
    const chosen = field.options.findIndex((option) => option.raw === asRecord(value)[field.on])
    return (field.variants[chosen] ?? []).map((one) => [one.name, one, asRecord(value)[one.name]] as const)
  }
  return []
}

/**
 * What can be seen to be wrong before the server is asked: a sentence for each path ('headers.0.name'). `kept` are the
 * paths of secrets that are stored already and may stay empty.
 */
export const problemsOf = (
  field: Field,
  value: unknown,
  path = '',
  kept: ReadonlySet<string> = new Set(),
): Problems => {
  if (isBlank(value) && field.kind !== 'group')
    return field.optional || kept.has(path) ? {} : { [path]: `Fill in “${field.title}”.` }
  if (isBlank(value) && field.optional) return {}
  const own = problemOf(field, value)
  const nested = childrenOf(field, value).map(([name, one, part]) => problemsOf(one, part, below(path, name), kept))
  return Object.assign({}, ...nested, own ? { [path]: own } : {})
}

/** Without what was left empty, empty lines included: the server's schema knows "absent", not "empty". */
export const withoutBlanks = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((one) => one !== '').map(withoutBlanks)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => !isBlank(one) || Array.isArray(one))
      .map(([name, one]) => [name, withoutBlanks(one)]),
  )
}

/** What is wrong with the fields of the config of a larger form: its problems by the paths within it. */
export const problemsOfConfig = (problems: Readonly<Record<string, string | undefined>>): Problems =>
  Object.fromEntries(
    Object.entries(problems).flatMap(([path, problem]) =>
      path.startsWith('config.') && problem ? [[path.slice('config.'.length), problem]] : [],
    ),
  )

export type FormValue = Readonly<Record<string, unknown>>

/** The values with which a new form of this schema starts. */
export const startValue = (schema: JsonSchema): FormValue => asRecord(startOf(readField('', schema, false)))

/** What is wrong, by path; empty when it may be sent. */
export const checkForm = (schema: JsonSchema, value: FormValue, kept?: ReadonlySet<string>): Problems =>
  problemsOf(readField('', schema, false), value, '', kept)
