import { z } from 'zod'

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  title?: string
  description?: string
  default?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: Schema | boolean
  minimum?: number
  maximum?: number
  maxLength?: number
  writeOnly?: boolean
  $ref?: string
}

const alternatives = (schema: Schema): Schema[] => schema.anyOf ?? schema.oneOf ?? []

const typeWords = (schema: Schema): string => {
  if (schema.const !== undefined) return `\`${schema.const}\``
  if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(', ')
  const several = alternatives(schema)
  if (several.length > 0) return [...new Set(several.map(typeWords))].join(' or ')
  if (schema.type === 'array') return `list of ${schema.items ? typeWords(schema.items) : 'anything'}`
  if (schema.type === 'null') return 'nothing'
  if (schema.type === 'boolean') return '`true` or `false`'
  if (schema.type === 'object') return schema.properties ? 'object' : 'object of any names'
  if (schema.type === 'integer' || schema.type === 'number') return numberWords(schema)
  if (schema.type === 'string') return schema.format && schema.format !== 'regex' ? `text (${schema.format})` : 'text'
  return 'anything'
}

const isBound = (n: number | undefined): n is number => n !== undefined && Math.abs(n) < Number.MAX_SAFE_INTEGER
const numberWords = ({ type, minimum, maximum }: Schema): string => {
  const what = type === 'integer' ? 'whole number' : 'number'
  if (isBound(minimum) && isBound(maximum)) return `${what}, ${minimum} to ${maximum}`
  return isBound(minimum) ? `${what} from ${minimum}` : isBound(maximum) ? `${what} up to ${maximum}` : what
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim()

/** Objects that stand in an object, a list or an alternative; their fields come after it. */
const inner = (schema: Schema): { at: string; fields: Schema }[] => {
  if (schema.properties) return [{ at: '', fields: schema }]
  if (schema.items) return inner(schema.items).map(({ at, fields }) => ({ at: `[]${at}`, fields }))
  return alternatives(schema).flatMap(inner)
}

type Row = { name: string; type: string; given: string; words: string }

const rowsOf = (schema: Schema, prefix: string): Row[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`
    const given =
      field.default !== undefined
        ? `default \`${JSON.stringify(field.default)}\``
        : schema.required?.includes(name)
          ? 'required'
          : ''
    const words = [field.title, field.description].filter(Boolean).join(': ')
    const nested = merged(inner(field).map(({ at, fields }) => rowsOf(fields, `${path}${at}.`)))
    return [
      { name: path, type: typeWords(field), given, words: field.writeOnly ? `${words} (secret)` : words },
      ...nested,
    ]
  })

/** Alternatives share fields: each is told once, with all that it may be; one that not all of them need is not required. */
const merged = (alternatives: Row[][]): Row[] =>
  [...Map.groupBy(alternatives.flat(), ({ name }) => name).values()].flatMap((rows) => {
    const [first] = rows
    if (!first) return []
    const type = [...new Set(rows.map((row) => row.type))].join(', ')
    const given = rows.length < alternatives.length && first.given === 'required' ? '' : first.given
    return [{ ...first, type, given }]
  })

/** The fields of an object as a table: name, type, whether it must be given, and what it is. */
export const fieldTable = (schema: z.ZodType, without: readonly string[] = []): string => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema
  const rows = merged(inner(json).map(({ fields }) => rowsOf(fields, ''))).filter(({ name }) => !without.includes(name))
  return [
    '| field | type | | |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ name, type, given, words }) => `| \`${name}\` | ${cell(type)} | ${cell(given)} | ${cell(words)} |`),
  ].join('\n')
}
