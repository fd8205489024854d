import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { RequestForm } from '../../../contract/requests/index.ts'
import type { FieldProblem } from '../../platform/errors.ts'

/**
 * Answers against the form of a request type. The form has passed contract/requests/form.ts: it refers to nothing
 * outside itself and holds no regular expression, so that it costs no more than its size.
 */

const ajv = new Ajv2020({ allErrors: true, strict: true, addUsedSchema: false })
ajv.addVocabulary(['multiline', 'labels', 'placeholder', 'unit', 'reference'])
ajv.addFormat('date', (text: string) => {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) && Temporal.PlainDate.from(text) !== undefined
  } catch {
    return false
  }
})
ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)

const KEPT = 200
const compiled = new Map<string, ValidateFunction>()

/** `key` names a version of a form, which never changes. */
const validatorOf = (key: string, form: RequestForm): ValidateFunction => {
  const known = compiled.get(key)
  if (known) return known
  const validate = ajv.compile(form)
  ajv.removeSchema(form)
  const oldest = compiled.keys().next().value
  if (compiled.size >= KEPT && oldest !== undefined) compiled.delete(oldest)
  compiled.set(key, validate)
  return validate
}

type Answers = Record<string, unknown>

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

const storable = (value: string) => value.toWellFormed().replaceAll('\0', '\ufffd').trim()

/** Without what was left empty, and texts as they can be stored. */
export const withoutBlanks = (given: Answers): Answers =>
  Object.fromEntries(
    Object.entries(given)
      .map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value] as const)
      .filter(([, value]) => !isBlank(value)),
  )

const shown = (values: readonly unknown[]) =>
  `${values.slice(0, 8).map(String).join(', ')}${values.length > 8 ? ' …' : ''}`
const types: Record<string, string> = {
  string: 'must be text',
  number: 'must be a number',
  integer: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
}

const problem = ({ keyword, params }: ErrorObject): string => {
  switch (keyword) {
    case 'required':
      return 'must be answered'
    case 'additionalProperties':
      return 'is not asked in this form'
    case 'type':
      return types[params.type] ?? `must be ${params.type}`
    case 'enum':
      return `must be one of: ${shown(params.allowedValues)}`
    case 'format':
      return params.format === 'date' ? 'must be a date such as 2026-11-30' : 'must be an id (a uuid)'
    case 'maxLength':
      return `must have at most ${params.limit} characters`
    case 'minimum':
      return `must be at least ${params.limit}`
    case 'maximum':
      return `must be at most ${params.limit}`
    case 'maxItems':
      return `must have at most ${params.limit} entries`
    case 'uniqueItems':
      return 'must not name anything twice'
    default:
      return 'is not right'
  }
}

const place = ({ keyword, params, instancePath }: ErrorObject): string => {
  const named = keyword === 'required' ? params.missingProperty : params.additionalProperty
  return ['answers', ...instancePath.split('/').slice(1), ...(named === undefined ? [] : [named])].join('.')
}

/** What is wrong, one entry a field, each named; empty when the answers fit. `answers` are without blanks. */
export const problemsOf = (key: string, form: RequestForm, answers: Answers): FieldProblem[] => {
  const validate = validatorOf(key, form)
  if (validate(answers)) return []
  const found = new Map<string, string>()
  for (const error of validate.errors ?? []) {
    const field = place(error)
    if (!found.has(field)) found.set(field, problem(error))
  }
  return [...found].map(([field, words]) => ({ field, problem: words }))
}
