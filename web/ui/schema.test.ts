import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Field, type JsonSchema, readField, startOf, titleOf } from './schema.ts'
import { problemsOf, withoutBlanks } from './schema-check.ts'

const http = z.object({
  url: z
    .url()
    .meta({ title: 'Address', description: 'What is looked at.', examples: ['https://orders.example.com/health'] }),
  method: z.enum(['GET', 'HEAD']).default('GET').meta({ title: 'Method' }),
  timeoutMs: z.int().min(100).max(60_000).default(5000).meta({ title: 'Give up after', unit: 'ms' }),
  followRedirects: z.boolean().default(true),
  token: z.string().optional().meta({ title: 'Bearer token', secret: true }),
  regions: z.array(z.string()).min(1),
  headers: z
    .array(z.object({ name: z.string().min(1), value: z.string().max(2000) }))
    .max(2)
    .optional(),
  labels: z.record(z.string(), z.string()).optional(),
  expect: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('status'), code: z.int().min(100).max(599) }).meta({ title: 'Status is' }),
      z.object({ type: z.literal('text'), contains: z.string() }),
    ])
    .meta({ title: 'It is fine when' }),
  note: z.string().nullable(),
})

const form = readField('config', z.toJSONSchema(http, { io: 'input' }) as JsonSchema, false)
const fields: readonly Field[] = form.kind === 'group' ? form.fields : []
const field = (name: string) => {
  const found = fields.find((one) => one.name === name)
  if (!found) throw new Error(`no field ${name}`)
  return found
}

test('every property becomes a field of the kind that fits it', () => {
  expect(fields.map((one) => [one.name, one.kind])).toEqual([
    ['url', 'text'],
    ['method', 'choice'],
    ['timeoutMs', 'number'],
    ['followRedirects', 'boolean'],
    ['token', 'text'],
    ['regions', 'texts'],
    ['headers', 'list'],
    ['labels', 'pairs'],
    ['expect', 'variants'],
    ['note', 'text'],
  ])
})

test('titles, help, units, secrets and examples come from the schema', () => {
  expect(field('url')).toMatchObject({
    title: 'Address',
    help: 'What is looked at.',
    mono: true,
    example: 'https://orders.example.com/health',
    optional: false,
  })
  expect(field('timeoutMs')).toMatchObject({ unit: 'ms', min: 100, max: 60_000, whole: true, optional: true })
  expect(field('token')).toMatchObject({ secret: true, optional: true })
  expect(field('followRedirects').title).toBe('Follow redirects')
  expect(titleOf('max_rows')).toBe('Max rows')
})

test('a union is chosen by the property that is a constant in all of its variants', () => {
  expect(field('expect')).toMatchObject({
    on: 'type',
    options: [
      { value: 'status', label: 'Status is' },
      { value: 'text', label: 'Text' },
    ],
  })
})

test('a whole number without limits shows none', () => {
  const count = readField('count', z.toJSONSchema(z.int()) as JsonSchema, false)
  expect(count).toMatchObject({ kind: 'number', min: undefined, max: undefined })
})

test('a new form starts with the defaults', () => {
  expect(startOf(form)).toEqual({ method: 'GET', timeoutMs: 5000, followRedirects: true, expect: { type: 'status' } })
})

const good = {
  url: 'https://a.example',
  regions: ['London'],
  expect: { type: 'status', code: 200 },
  note: 'x',
  timeoutMs: 5000,
}

test('what is right has no problems', () => {
  expect(problemsOf(form, good)).toEqual({})
})

test('each problem is a sentence at its own path', () => {
  const value = {
    ...good,
    url: 'orders',
    timeoutMs: 50,
    regions: [],
    expect: { type: 'status', code: 20 },
    headers: [{ name: 'A', value: 'b' }, { name: '' }, { name: 'C', value: 'd' }],
  }
  expect(problemsOf(form, value)).toEqual({
    url: 'Address must be a whole address, like https://orders.example.com/health.',
    timeoutMs: 'Give up after must be at least 100 ms.',
    regions: 'Fill in “Regions”.',
    'expect.code': 'Code must be at least 100.',
    headers: 'Headers can have at most 2 entries.',
    'headers.1.name': 'Fill in “Name”.',
    'headers.1.value': 'Fill in “Value”.',
  })
})

test('a secret that is stored already may stay empty', () => {
  const secret = readField(
    'config',
    { type: 'object', required: ['key'], properties: { key: { type: 'string', secret: true } } },
    false,
  )
  expect(problemsOf(secret, {})).toEqual({ key: 'Fill in “Key”.' })
  expect(problemsOf(secret, {}, '', new Set(['key']))).toEqual({})
})

test('what was left empty is not sent', () => {
  expect(withoutBlanks({ a: '', b: null, c: { d: undefined, e: 0 }, f: [], g: false })).toEqual({
    c: { e: 0 },
    f: [],
    g: false,
  })
})

test('what passes here passes the schema it came from, once the empty fields are left out', () => {
  const value = { ...good, token: '', headers: [], labels: undefined }
  expect(problemsOf(form, value)).toEqual({})
  expect(http.safeParse(withoutBlanks(value)).success).toBe(true)
})

test('choices, dates and references have fields of their own', () => {
  const kinds = (schema: JsonSchema) => {
    const { kind, ...rest } = readField('x', schema, false)
    return [kind, 'options' in rest ? rest.options.map((o) => ('label' in o ? o.label : '')) : undefined]
  }
  expect(kinds({ type: 'string', format: 'date' })).toEqual(['date', undefined])
  expect(kinds({ type: 'array', items: { type: 'string', enum: ['a', 'b'], labels: { a: 'Alpha' } } })).toEqual([
    'choices',
    ['Alpha', 'b'],
  ])
  const person = { type: 'string', format: 'uuid', reference: 'person' }
  expect(readField('x', person, false)).toMatchObject({ kind: 'reference', of: 'person', many: false })
  expect(readField('x', { type: 'array', items: person }, true)).toMatchObject({ kind: 'reference', many: true })
})

test('references and nullable types are followed', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: { at: { anyOf: [{ $ref: '#/$defs/time' }, { type: 'null' }] } },
    $defs: { time: { type: 'integer', title: 'Time' } },
  }
  const read = readField('x', schema, false)
  expect(read.kind === 'group' && read.fields[0]).toMatchObject({ kind: 'number', title: 'Time', whole: true })
})
