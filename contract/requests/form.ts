import { z } from 'zod'
import { line, text } from '../base.ts'

/**
 * The form of a request type: a bounded part of JSON Schema (2020-12), with the words `multiline`, `labels`,
 * `placeholder`, `unit` and `reference` of our own. There is no `$ref` and no `pattern` in it, so that a form can
 * neither fetch anything nor run for long, however it was written.
 */

const most = { fields: 40, choices: 100, characters: 30_000 }

const length = (max: number) =>
  z.int('must be a whole number').min(1, 'must be at least 1').max(max, `must be at most ${max}`)
const common = { title: line(80), description: text(500).optional() }
const options = z
  .array(line(120))
  .min(1, 'must have at least one choice')
  .max(most.choices, `must have at most ${most.choices} choices`)
  .refine((all) => new Set(all).size === all.length, 'must not have the same choice twice')
const labels = z.record(z.string().max(120), line(120)).optional()
const bound = z.number('must be a number').optional()

const fields = {
  line: z.strictObject({
    type: z.literal('string'),
    ...common,
    placeholder: line(120).optional(),
    maxLength: length(500).default(200),
  }),
  text: z.strictObject({
    type: z.literal('string'),
    multiline: z.literal(true),
    ...common,
    placeholder: line(120).optional(),
    maxLength: length(10_000).default(5_000),
  }),
  choice: z.strictObject({ type: z.literal('string'), ...common, enum: options, labels }),
  choices: z.strictObject({
    type: z.literal('array'),
    ...common,
    items: z.strictObject({ type: z.literal('string'), enum: options, labels }),
    uniqueItems: z.literal(true).default(true),
  }),
  number: z
    .strictObject({
      type: z.enum(['number', 'integer']),
      ...common,
      minimum: bound,
      maximum: bound,
      unit: line(20).optional(),
    })
    .refine((f) => f.minimum === undefined || f.maximum === undefined || f.minimum <= f.maximum, {
      path: ['maximum'],
      error: 'must not be less than the minimum',
    }),
  date: z.strictObject({ type: z.literal('string'), format: z.literal('date'), ...common }),
  person: z.strictObject({
    type: z.literal('string'),
    format: z.literal('uuid').default('uuid'),
    reference: z.literal('person'),
    ...common,
  }),
  people: z.strictObject({
    type: z.literal('array'),
    ...common,
    items: z.strictObject({
      type: z.literal('string'),
      format: z.literal('uuid').default('uuid'),
      reference: z.literal('person'),
    }),
    maxItems: length(50).default(20),
    uniqueItems: z.literal(true).default(true),
  }),
  service: z.strictObject({
    type: z.literal('string'),
    format: z.literal('uuid').default('uuid'),
    reference: z.literal('service'),
    ...common,
  }),
  yesNo: z.strictObject({ type: z.literal('boolean'), ...common }),
}

export type FieldKind = keyof typeof fields
export type FormField = { [K in FieldKind]: z.output<(typeof fields)[K]> }[FieldKind]

type Loose = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a field of a form asks for, or null when it is none that a form may have. */
export const fieldKind = (field: unknown): FieldKind | null => {
  if (!isObject(field)) return null
  if (field.type === 'boolean') return 'yesNo'
  if (field.type === 'number' || field.type === 'integer') return 'number'
  if (field.type === 'array' && isObject(field.items)) return field.items.reference ? 'people' : 'choices'
  if (field.type !== 'string') return null
  if (field.reference !== undefined) return field.reference === 'service' ? 'service' : 'person'
  if (field.enum !== undefined) return 'choice'
  if (field.format !== undefined) return 'date'
  return field.multiline === undefined ? 'line' : 'text'
}

const kinds =
  'a line or several lines of text, a choice, choices, a number, a date, a person, people, a service, yes or no'

const field: z.ZodType<FormField, unknown> = z.unknown().transform((given, ctx): FormField => {
  const kind = fieldKind(given)
  const parsed = kind && fields[kind].safeParse(given)
  if (parsed?.success) return parsed.data
  if (!parsed) ctx.issues.push({ code: 'custom', message: `must ask for ${kinds}`, input: given })
  for (const { path, message } of parsed?.error.issues ?? [])
    ctx.issues.push({ code: 'custom', message, path: [...path], input: given })
  return z.NEVER
})

const fieldName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'a field is named by a small letter, then letters, digits and _, at most 40')

/** A form. The order of its fields is the order in which they are asked. */
export const requestForm = z
  .strictObject({
    type: z.literal('object').default('object'),
    properties: z
      .record(fieldName, field)
      .refine((all) => Object.keys(all).length <= most.fields, `must have at most ${most.fields} fields`),
    required: z.array(z.string()).max(most.fields).default([]),
    additionalProperties: z.literal(false).default(false),
  })
  .superRefine((form, ctx) => {
    for (const [at, name] of form.required.entries())
      if (!Object.hasOwn(form.properties, name))
        ctx.addIssue({ code: 'custom', path: ['required', at], message: `there is no field ${name.slice(0, 40)}` })
    if (JSON.stringify(form).length > most.characters)
      ctx.addIssue({ code: 'custom', path: [], message: `must have at most ${most.characters} characters in all` })
  })
  .meta({ description: 'JSON Schema of the answers: an object of fields, without $ref and pattern' })
export type RequestForm = z.output<typeof requestForm>

export const answersInput = z
  .record(z.string().max(40), z.unknown())
  .refine((given) => Object.keys(given).length <= most.fields, `must have at most ${most.fields} answers`)
