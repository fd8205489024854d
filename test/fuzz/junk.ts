/** What a route may be sent: sometimes right by its schema, sometimes junk of every kind. */
export type Random = {
  float(): number
  below(n: number): number
  pick<T>(list: readonly T[]): T
  chance(p: number): boolean
}

/** Mulberry32: small, and the same for the same seed everywhere. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  const float = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(float() * n)
  return { float, below, pick: (list) => list[below(list.length)] as never, chance: (p) => float() < p }
}

const strings = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '😀'.repeat(300),
  'שלום \u202E gnp.exe',
  'x'.repeat(5_000),
  '<script>alert(1)</script>',
  "' or 1=1; drop table users; --",
  '%',
  '_%\\',
  '../../etc/passwd',
  '{{constructor}}',
  '2026-13-45',
  '2026-11-23T07:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '24:00',
  'Europe/London',
  'Mars/Olympus',
  '00000000-0000-0000-0000-000000000000',
  'INC-1',
  'INC-999999999999999',
  'REQ-0',
  '1e309',
  '\n\r\t',
  'a@b.example',
  'http://169.254.169.254/',
  'javascript:alert(1)',
  '((((((((((a+)+)+)+)+)+',
  'eyJhIjoxfQ',
]
const others = [null, true, false, 0, -1, 1, 0.5, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), [], {}, [[]], [null], { a: 1 }]

const deep = () => {
  let nest: unknown = 'deep'
  for (let i = 0; i < 200; i++) nest = i % 2 ? [nest] : { x: nest }
  return nest
}

export const junk = (random: Random): unknown => {
  if (random.chance(0.02)) return deep()
  return random.chance(0.55) ? random.pick(strings) : structuredClone(random.pick(others))
}
export const junkText = (random: Random): string => random.pick(strings)

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  default?: unknown
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  required?: string[]
  items?: Schema
  prefixItems?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  maximum?: number
  minItems?: number
  $ref?: string
}

/** A value for a schema. `ids` are of things that there are; `wild` is how often junk stands in for what is asked. */
export const valueFor = (schema: Schema, random: Random, ids: readonly string[], wild: number, depth = 0): unknown => {
  if (random.chance(wild) || depth > 6) return junk(random)
  const inner = (one: Schema) => valueFor(one, random, ids, wild, depth + 1)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives?.length) return inner(random.pick(alternatives))
  if (schema.allOf?.length) return Object.assign({}, ...schema.allOf.map((one) => inner(one) as object))
  if (schema.const !== undefined) return schema.const
  if (schema.enum?.length) return random.pick(schema.enum)
  switch (schema.type) {
    case 'object': {
      const required = new Set(schema.required)
      const given = Object.entries(schema.properties ?? {}).filter(([name]) =>
        random.chance(required.has(name) ? 0.97 : 0.5),
      )
      return Object.fromEntries(given.map(([name, one]) => [name, inner(one)]))
    }
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, random.below(4))
      return Array.from({ length }, () => inner(schema.items ?? {}))
    }
    case 'string':
      return textFor(schema, random, ids)
    case 'integer':
    case 'number': {
      const low = Math.max(schema.minimum ?? 0, -1_000)
      const high = Math.min(schema.maximum ?? 1_000, low + 10_000)
      return low + random.below(Math.max(1, high - low + 1))
    }
    case 'boolean':
      return random.chance(0.5)
    case 'null':
      return null
    default:
      return junk(random)
  }
}

const textFor = ({ format }: Schema, random: Random, ids: readonly string[]): string => {
  if (format === 'uuid') return random.pick(ids)
  if (format === 'date-time')
    return random.pick(['2026-11-23T08:00:00Z', '2026-11-24T00:00:00+01:00', '2027-01-01T00:00:00Z'])
  if (format === 'date') return '2026-11-24'
  if (format === 'email') return random.pick(['priya@harbour-bank.example', 'nobody@harbour-bank.example'])
  if (format === 'uri') return 'https://example.com/'
  return random.chance(0.3)
    ? random.pick(ids)
    : random.pick(['Order entry', 'order-entry', 'Blotter shows no prices', 'prdora01', '08:00', ...strings])
}

/** The same with one or two places of it, however deep, replaced by junk, or taken away, or with one more. */
export const spoilt = (valid: unknown, random: Random): unknown => {
  const copy = structuredClone(valid)
  const times = random.below(2) + 1
  for (let n = 0; n < times; n++) {
    if (typeof copy !== 'object' || copy === null) return junk(random)
    spoilOne(copy as Record<string, unknown>, random)
  }
  return copy
}

const spoilOne = (at: Record<string, unknown>, random: Random): void => {
  const names = Object.keys(at)
  if (names.length === 0 || random.chance(0.05)) {
    at[random.pick(['__proto__x', 'constructor', 'id', 'version', 'role', 'teamId'])] = junk(random)
    return
  }
  const name = random.pick(names)
  const inner = at[name]
  if (typeof inner === 'object' && inner !== null && random.chance(0.7))
    spoilOne(inner as Record<string, unknown>, random)
  else if (random.chance(0.15)) delete at[name]
  else at[name] = junk(random)
}
