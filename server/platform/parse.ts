import { z } from 'zod'
import { AppError } from './errors.ts'

const english = z.locales.en().localeError

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object with fields',
  record: 'an object with fields',
  array: 'a list',
  null: 'null',
}

/** What to mend, where the schema itself has no words for it. */
const words: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'must be given' : `must be ${kinds[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`
  if (issue.code === 'unrecognized_keys') return `has fields that are not known here: ${issue.keys.join(', ')}`
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    const [limit, side] = issue.code === 'too_big' ? [issue.maximum, 'at most'] : [issue.minimum, 'at least']
    if (issue.origin === 'string') return `must have ${side} ${limit} characters`
    return issue.origin === 'array' || issue.origin === 'set'
      ? `must have ${side} ${limit} entries`
      : `must be ${side} ${limit}`
  }
  return english(issue)
}

z.config({ localeError: words })

/** Parses, or throws `invalid_input` with one entry a field: `steps.0.delay: must be …`. */
export const parseInput = <S extends z.ZodType>(schema: S, input: unknown): z.output<S> => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw invalidInput(parsed.error.issues)
}

export const invalidInput = (issues: readonly { path?: readonly PropertyKey[]; message: string }[]): AppError => {
  const fields = issues.map((i) => ({ field: (i.path ?? []).map(String).join('.') || 'body', problem: i.message }))
  return new AppError('invalid_input', fields.map((f) => `${f.field}: ${f.problem}`).join('; '), { fields })
}
