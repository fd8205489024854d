import { z } from 'zod'

/** Where the secrets of a config are: `['headers', '*', 'value']`; `*` stands for every item of a list or map. */
export type SecretPath = string[]

type Node = {
  secret?: unknown
  properties?: Record<string, Node>
  items?: Node
  additionalProperties?: Node | boolean
  anyOf?: Node[]
  oneOf?: Node[]
  allOf?: Node[]
}

/** The JSON Schema that a form is built from: what a person enters, before defaults are filled in. */
export const formSchema = (config: z.ZodType) => z.toJSONSchema(config, { io: 'input' })

/** The paths of all fields marked `.meta({ secret: true })`, in order and each once. */
export const secretPaths = (config: z.ZodType): SecretPath[] => {
  const paths = new Map<string, SecretPath>()
  const visit = (node: Node, path: SecretPath) => {
    if (node.secret === true) paths.set(path.join('/'), path)
    for (const [name, child] of Object.entries(node.properties ?? {})) visit(child, [...path, name])
    if (node.items) visit(node.items, [...path, '*'])
    if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, [...path, '*'])
    for (const child of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])]) visit(child, path)
  }
  visit(formSchema(config) as Node, [])
  return [...paths.values()]
}

/** A copy of `value` in which `change` was applied to every secret text. What is absent or no text stays as it is. */
export const mapSecrets = <T>(paths: SecretPath[], value: T, change: (secret: string) => string): T =>
  paths.reduce((rest, path) => at(rest, path, change) as T, value)

const at = (value: unknown, path: SecretPath, change: (secret: string) => string): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return typeof value === 'string' ? change(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (step === '*') {
    if (Array.isArray(value)) return value.map((item) => at(item, rest, change))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, at(item, rest, change)]))
  }
  if (!Object.hasOwn(value, step)) return value
  return { ...value, [step]: at((value as Record<string, unknown>)[step], rest, change) }
}

/** The secret texts themselves. */
export const secretsIn = (paths: SecretPath[], value: unknown): string[] => {
  const found: string[] = []
  mapSecrets(paths, value, (secret) => {
    found.push(secret)
    return secret
  })
  return found
}
