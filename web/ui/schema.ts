/** The part of JSON Schema (2020-12) that the definitions of kinds use, with a few words of our own: secret, unit, labels, multiline, placeholder, advanced, reference. */
export type JsonSchema = {
  type?: string | readonly string[]
  title?: string
  description?: string
  default?: unknown
  const?: unknown
  enum?: readonly unknown[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  items?: JsonSchema | boolean
  properties?: Readonly<Record<string, JsonSchema>>
  required?: readonly string[]
  additionalProperties?: JsonSchema | boolean
  anyOf?: readonly JsonSchema[]
  oneOf?: readonly JsonSchema[]
  $ref?: string
  $defs?: Readonly<Record<string, JsonSchema>>
  examples?: readonly unknown[]
  writeOnly?: boolean
  /** The value is never shown again once it was saved. */
  secret?: boolean
  /** What a number counts: 's', 'ms', '%'. */
  unit?: string
  /** How the values of an enum are called. */
  labels?: Readonly<Record<string, string>>
  /** Several lines of text. */
  multiline?: boolean
  /** What a person could type, shown while the field is empty. */
  placeholder?: string
  /** Rarely needed: folded away at first. */
  advanced?: boolean
  /** The value is the id of such a thing, chosen by a field that the page supplies (ReferenceFields). */
  reference?: string
}

export type Option = { value: string; label: string; raw: unknown }
type Common = {
  name: string
  title: string
  help?: string | undefined
  optional: boolean
  start: unknown
  advanced: boolean
}
export type Field = Common &
  (
    | {
        kind: 'text'
        secret: boolean
        multiline: boolean
        mono: boolean
        example?: string | undefined
        schema: JsonSchema
      }
    | {
        kind: 'number'
        unit?: string | undefined
        example?: string | undefined
        min?: number | undefined
        max?: number | undefined
        whole: boolean
      }
    | { kind: 'boolean' }
    | { kind: 'choice'; options: readonly Option[] }
    | { kind: 'choices'; options: readonly Option[] }
    | { kind: 'date' }
    | { kind: 'reference'; of: string; many: boolean }
    | { kind: 'texts'; example?: string | undefined }
    | { kind: 'pairs' }
    | { kind: 'list'; item: Field; most?: number | undefined }
    | { kind: 'group'; fields: readonly Field[] }
    | { kind: 'variants'; on: string; options: readonly Option[]; variants: readonly (readonly Field[])[] }
  )

/** 'followRedirects' → 'Follow redirects': only for what has no title. */
export const titleOf = (name: string): string => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** References are followed and `T | null` is taken as an optional T. */
const plain = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  if (schema.$ref) {
    const { $ref, ...rest } = schema
    return plain({ ...root.$defs?.[$ref.split('/').at(-1) ?? ''], ...rest }, root)
  }
  const options = schema.anyOf ?? schema.oneOf
  const real = options?.filter((option) => option.type !== 'null')
  if (options && real?.length === 1 && real.length < options.length) {
    const { anyOf: _any, oneOf: _one, ...rest } = schema
    return plain({ ...real[0], ...rest }, root)
  }
  return schema
}

const optionsOf = (schema: JsonSchema): Option[] =>
  (schema.enum ?? []).map((raw) => ({ raw, value: String(raw), label: schema.labels?.[String(raw)] ?? String(raw) }))

/** The property by which the variants of a union differ: the one that is a constant in all of them. */
const discriminator = (variants: readonly JsonSchema[]): string | undefined =>
  Object.keys(variants[0]?.properties ?? {}).find((name) =>
    variants.every((variant) => variant.properties?.[name]?.const !== undefined),
  )

// What the whole-number type of a validation library states by itself is no limit that a reader should see.
const limit = (value: number | undefined) =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value

const fieldsOf = (schema: JsonSchema, root: JsonSchema): Field[] =>
  Object.entries(schema.properties ?? {}).map(([name, property]) =>
    readField(name, property, !schema.required?.includes(name), root),
  )

/** A form's field out of a schema; whatever has no kind of its own is a line of text. */
export const readField = (name: string, given: JsonSchema, optional: boolean, root: JsonSchema = given): Field => {
  const schema = plain(given, root)
  const common: Common = {
    name,
    title: schema.title ?? titleOf(name),
    help: schema.description,
    optional,
    start: schema.default ?? schema.const,
    advanced: schema.advanced === true,
  }
  const found = schema.placeholder ?? schema.examples?.[0]
  const example = found === undefined ? undefined : String(found)
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  const union = schema.oneOf ?? schema.anyOf
  if (union) {
    const variants = union.map((variant) => plain(variant, root))
    const on = discriminator(variants)
    if (on)
      return {
        ...common,
        kind: 'variants',
        on,
        options: variants.map((variant) => {
          const raw = variant.properties?.[on]?.const
          return { raw, value: String(raw), label: variant.title ?? titleOf(String(raw)) }
        }),
        variants: variants.map((variant) => fieldsOf(variant, root).filter((field) => field.name !== on)),
      }
    if (variants.every((variant) => variant.const !== undefined))
      return {
        ...common,
        kind: 'choice',
        options: variants.map(({ const: raw, title }) => ({ raw, value: String(raw), label: title ?? String(raw) })),
      }
  }
  if (schema.reference) return { ...common, kind: 'reference', of: schema.reference, many: false }
  if (schema.enum) return { ...common, kind: 'choice', options: optionsOf(schema) }
  if (type === 'boolean') return { ...common, kind: 'boolean' }
  if (type === 'number' || type === 'integer')
    return {
      ...common,
      kind: 'number',
      unit: schema.unit,
      example,
      whole: type === 'integer',
      min: limit(schema.minimum ?? schema.exclusiveMinimum),
      max: limit(schema.maximum ?? schema.exclusiveMaximum),
    }
  if (type === 'array' && typeof schema.items === 'object') {
    const item = plain(schema.items, root)
    if (item.reference) return { ...common, kind: 'reference', of: item.reference, many: true }
    if (item.enum) return { ...common, kind: 'choices', options: optionsOf(item) }
    if (item.type === 'string') return { ...common, kind: 'texts', example }
    return {
      ...common,
      kind: 'list',
      item: readField(name, { title: 'Entry', ...item }, false, root),
      most: schema.maxItems,
    }
  }
  if (type === 'object' && schema.properties) return { ...common, kind: 'group', fields: fieldsOf(schema, root) }
  if (type === 'object') return { ...common, kind: 'pairs' }
  if (schema.format === 'date') return { ...common, kind: 'date' }
  const mono =
    /^(uri|url|hostname|ipv4|ipv6|regex|time|email)/.test(schema.format ?? '') || schema.pattern !== undefined
  return {
    ...common,
    kind: 'text',
    secret: schema.secret === true || schema.writeOnly === true || schema.format === 'password',
    multiline: schema.multiline === true,
    mono,
    example,
    schema,
  }
}

/** The value with which a variant starts when it is chosen. */
export const startOfVariant = (field: Extract<Field, { kind: 'variants' }>, index: number): unknown => ({
  ...Object.fromEntries(
    (field.variants[index] ?? [])
      .map((one) => [one.name, startOf(one)] as const)
      .filter(([, start]) => start !== undefined),
  ),
  [field.on]: field.options[index]?.raw,
})

/** The value with which a new form starts. */
export const startOf = (field: Field): unknown => {
  if (field.start !== undefined) return field.start
  if (field.kind === 'group') {
    const entries = field.fields
      .map((one) => [one.name, startOf(one)] as const)
      .filter(([, value]) => value !== undefined)
    return field.optional && entries.length === 0 ? undefined : Object.fromEntries(entries)
  }
  if (field.kind === 'variants' && !field.optional) return startOfVariant(field, 0)
  if (field.kind === 'boolean' && !field.optional) return false
  return undefined
}
