import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { isLike } from './matchers.ts'

/** What conditions of routes look at. Where there is none, text is empty and the tier is 0. */
export type Facts = {
  alert: {
    title: string
    details: string
    severity: string
    status: string
    key: string
    source: string
    host: string
    environment: string
    labels: Record<string, string>
  }
  service: { slug: string; name: string; tier: bigint }
  team: string
}

const text = 'string'

/** CEL with the names above and one function more, `like`. Everything is checked before it is kept: names and types. */
const cel = new Environment({ unlistedVariablesAreDyn: false, limits: { maxAstNodes: 300, maxDepth: 40 } })
  .registerVariable({
    name: 'alert',
    schema: {
      title: text,
      details: text,
      severity: text,
      status: text,
      key: text,
      source: text,
      host: text,
      environment: text,
      labels: 'map<string, string>',
    },
  })
  .registerVariable({ name: 'service', schema: { slug: text, name: text, tier: 'int' } })
  .registerVariable('team', 'string')
  .registerFunction('string.like(string): bool', (given: string, pattern: string) =>
    isLike(given.toLowerCase(), pattern.toLowerCase()),
  )

/** What goes through a list, or makes a list of a text that is as long as its sender likes. */
const loops = new Set(['all', 'exists', 'exists_one', 'filter', 'map', 'split'])

/** None of these makes more of what it is given. */
const plain = new Set(
  'has size startsWith endsWith contains like lowerAscii upperAscii trim indexOf lastIndexOf substring string int uint double bool'.split(
    ' ',
  ),
)

/**
 * Nothing that could run for ever: a regular expression may take years for one title, loops in loops the hundredth
 * power of the labels, and what is doubled again and again (bind, join, hex) all the memory there is. Answers the
 * sentence that says so.
 */
const refusalOf = (node: unknown, inLoop = false): string | null => {
  if (Array.isArray(node)) return node.reduce<string | null>((found, n) => found ?? refusalOf(n, inLoop), null)
  if (typeof node !== 'object' || node === null || !('op' in node)) return null
  const { op, args } = node as Pick<ASTNode, 'op' | 'args'>
  const name = op === 'rcall' || op === 'call' ? String((args as unknown[])[0]) : ''
  if (name === 'matches')
    return 'matches(…) is not offered, for a regular expression may run for ever; use contains, startsWith, endsWith or like("*disk*full*").'
  const loop = op === 'rcall' && loops.has(name)
  if (name !== '' && !loop && !plain.has(name))
    return `${name}(…) is not offered in a condition; use contains, startsWith, endsWith, like("*disk*full*") and comparisons.`
  if (loop && inLoop)
    return `${name}(…) stands inside of another loop, which may run for ever; take them apart with &&.`
  return refusalOf(args, inLoop || loop)
}

/** The library draws a picture below its sentence. */
const firstLine = (message: string): string =>
  (message.split('\n')[0] ?? '').trim().replace(/\.$/, '').replace('Unexpected token: EOF', 'it ends too early')

/** Why an expression cannot be a condition, in a sentence; null when it can. */
export const problemOf = (expression: string): string | null => {
  const checked = cel.check(expression)
  if (!checked.valid) return `it is not understood: ${firstLine(checked.error?.message ?? 'no valid expression')}.`
  if (checked.type !== 'bool') return `it must be true or false, but gives ${checked.type}; compare it with something.`
  return refusalOf(cel.parse(expression).ast)
}

type Condition = (facts: Facts) => boolean | string

const MOST_KEPT = 1_000
const kept = new Map<string, Condition>()

/** Whether the condition holds; a sentence where that cannot be said, such as for a label that is not there. */
export const holds = (expression: string, facts: Facts): boolean | string => {
  let condition = kept.get(expression)
  if (!condition) {
    condition = compile(expression)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(expression, condition)
  }
  return condition(facts)
}

const compile = (expression: string): Condition => {
  const problem = problemOf(expression)
  if (problem) return () => problem
  const run = cel.parse(expression)
  return (facts) => {
    try {
      // As a Map, because a label may be called "constructor".
      const labels = new Map(Object.entries(facts.alert.labels))
      return run({ ...facts, alert: { ...facts.alert, labels } }) === true
    } catch (error) {
      return firstLine((error as Error).message).replace(/^No such key: (.*)$/, 'there is no "$1"')
    }
  }
}
