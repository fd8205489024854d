import { expect, test } from 'vitest'
import { fieldKind, requestForm } from './form.ts'

const line = { type: 'string', title: 'A' }
const form = (properties: object, required: string[] = []) => ({ properties, required })
const problemsOf = (given: unknown) =>
  (requestForm.safeParse(given).error?.issues ?? []).map((i) => `${i.path.join('.')}: ${i.message}`)

test.each([
  ['line', line],
  ['text', { ...line, multiline: true }],
  ['choice', { ...line, enum: ['a', 'b'] }],
  ['choices', { type: 'array', title: 'A', items: { type: 'string', enum: ['a'] } }],
  ['number', { type: 'integer', title: 'A', minimum: 1, maximum: 3, unit: 'kg' }],
  ['date', { ...line, format: 'date' }],
  ['person', { ...line, reference: 'person' }],
  ['people', { type: 'array', title: 'A', items: { type: 'string', reference: 'person' } }],
  ['service', { ...line, reference: 'service' }],
  ['yesNo', { type: 'boolean', title: 'A' }],
])('%s is a field of a form, and stays what it is when it is read again', (kind, field) => {
  const once = requestForm.parse(form({ a: field }, ['a']))
  expect(fieldKind(once.properties.a)).toBe(kind)
  expect(requestForm.parse(structuredClone(once))).toEqual(once)
})

test('the order of the fields is kept', () => {
  const names = ['zebra', 'b', 'aardvark']
  const parsed = requestForm.parse(form(Object.fromEntries(names.map((n) => [n, line]))))
  expect(Object.keys(parsed.properties)).toEqual(names)
})

const kinds = 'must ask for a line'
test.each<[string, unknown, string]>([
  ['a reference to another place', form({ a: { $ref: 'https://evil.example/x.json' } }), `properties.a: ${kinds}`],
  ['a reference beside a type', form({ a: { ...line, $ref: '#/$defs/x' } }), 'properties.a: '],
  ['a pattern that would run for ever', form({ a: { ...line, pattern: '^(a+)+$' } }), 'properties.a: '],
  ['a schema in a schema', form({ a: { type: 'object', properties: {} } }), `properties.a: ${kinds}`],
  ['a union', form({ a: { anyOf: [line, line] } }), `properties.a: ${kinds}`],
  ['definitions', { ...form({ a: line }), $defs: { x: line } }, ': '],
  ['an id', { ...form({ a: line }), $id: 'https://evil.example' }, ': '],
  ['a field without a title', form({ a: { type: 'string' } }), 'properties.a.title: '],
  ['a name that is none', form({ 'A b': line }), 'properties.A b: '],
  [
    'the prototype',
    JSON.parse('{"properties": {"__proto__": {"type": "string", "title": "A"}}, "required": ["a"]}'),
    '',
  ],
  ['a required field that is not there', form({ a: line }, ['b']), 'required.0: there is no field b'],
  ['a required field of every object', form({ a: line }, ['toString']), 'required.0: there is no field toString'],
  ['the same choice twice', form({ a: { ...line, enum: ['x', 'x'] } }), 'properties.a.enum: must not have'],
  ['no choice', form({ a: { ...line, enum: [] } }), 'properties.a.enum: must have at least'],
  [
    'bounds the wrong way round',
    form({ a: { type: 'number', title: 'A', minimum: 3, maximum: 1 } }),
    'properties.a.maximum: ',
  ],
  ['a text without end', form({ a: { ...line, maxLength: 1e9 } }), 'properties.a.maxLength: must be at most'],
  [
    'too many fields',
    form(Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`f${i}`, line]))),
    'properties: must have at most 40 fields',
  ],
  [
    'more than fits',
    form(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `f${i}`,
          { ...line, enum: Array.from({ length: 100 }, (_, n) => `${n} ${'x'.repeat(60)}`) },
        ]),
      ),
    ),
    ': must have at most 30000 characters in all',
  ],
])('%s is refused at its field', (_, given, problem) => {
  expect(problemsOf(given).join('\n')).toContain(problem)
  expect(requestForm.safeParse(given).success).toBe(false)
})
