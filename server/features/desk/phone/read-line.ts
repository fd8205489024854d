import type { Environment } from '../../../../contract/base.ts'
import type { Level, PhonePart, PriorityNumber } from '../../../../contract/desk/index.ts'
import { clauseOf, titleOf } from './clause.ts'
import { type Meant, meantIn, type Nameable, without } from './names.ts'
import { type Since, takeSince } from './since.ts'

export type Known = { services: readonly Nameable[]; units: readonly Nameable[]; people: readonly Nameable[] }
export type Reading = {
  title: string
  service: Meant | null
  unit: Meant | null
  person: Meant | null
  since: Since | null
  priority: PriorityNumber | null
  impact: Level | null
  urgency: Level | null
  environment: Environment | null
}

type How = { now: Temporal.Instant; zone: string; known: Known; not?: ReadonlySet<PhonePart> }

const level = (word: string | undefined): Level | null => {
  const found = /^(high|medium|low)$/i.exec(word ?? '')?.[1]?.toLowerCase()
  return (found as Level | undefined) ?? null
}

/**
 * Reads a line as it is typed during a call, such as "eqd cannot price since 0915 P2": who is hurt, what, since when, how
 * pressing; the rest is the title. What is not understood stays in the title, and so does what `not` says was
 * understood wrongly.
 */
export const readLine = (line: string, { now, zone, known, not = new Set() }: How): Reading => {
  const clause = clauseOf(line)
  const want = (part: PhonePart) => !not.has(part)
  const priority = want('priority')
    ? (Number(clause.take(/(?<![\w-])(?:p|prio(?:rity)?[ :]?)([1-5])(?![\w-])/i)?.[1] ?? 0) as PriorityNumber | 0)
    : 0
  const of = (name: 'impact' | 'urgency') => {
    if (!want(name)) return null
    const said = clause.take(new RegExp(`\\b(?:(high|medium|low) ${name}|${name}[ :](high|medium|low))\\b`, 'i'))
    return level(said?.[1] ?? said?.[2])
  }
  const impact =
    of('impact') ??
    (want('impact') && clause.take(/\b(everyone|everybody|nobody can|all desks|whole (floor|desk))\b/i, true)
      ? 'high'
      : null)
  const urgency =
    of('urgency') ??
    (want('urgency') && clause.take(/\b(?:not urgent|no rush|no hurry|can wait)\b/i)
      ? 'low'
      : want('urgency') && clause.take(/\b(?:very |really )?(?:urgent(?:ly)?|asap|immediately)\b/i)
        ? 'high'
        : null)
  const since = want('since') ? takeSince(clause, now, zone) : null
  const environment = want('environment') ? takeEnvironment(clause) : null
  let rest = clause.text()
  const named = want('service') ? meantIn(rest, known.services) : null
  // "Commodities pricing" names a service and not the desk of commodities; "commodities" alone names the desk.
  const around = named && !isShort(named) && named.words.includes(' ') ? without(rest, named.words) : rest
  const unit = want('unit') ? meantIn(around, known.units) : null
  const service = named && unit?.words === named.words && isPart(named) ? null : named
  const person = want('person') ? meantIn(without(rest, unit?.words ?? ''), known.people) : null
  // Who called stands in a field of its own; a service by its full name is a part of what is wrong.
  if (unit && !(service && service.words === unit.words && !isShort(service))) rest = without(rest, unit.words)
  if (person) rest = without(rest, person.words)
  if (service && isShort(service)) rest = without(rest, service.words, service.name)
  return {
    title: titleOf(rest, line),
    service,
    unit,
    person,
    since,
    priority: priority === 0 ? null : priority,
    impact,
    urgency,
    environment,
  }
}

/** One word of a longer name. */
const isPart = ({ words, name }: Meant): boolean => !words.includes(' ') && name.includes(' ')

/** An abbreviation, or a word that is no part of the name. */
const isShort = ({ words, name }: Meant): boolean => !` ${name.toLowerCase()} `.includes(` ${words} `)

const takeEnvironment = (clause: ReturnType<typeof clauseOf>): Environment | null => {
  const sure = clause.take(/(?:\b(?:in|on)\s+)?\b(uat|prod|production)\b(?:\s+environment\b)?/i)
  if (sure) return sure[1]?.toLowerCase() === 'uat' ? 'uat' : 'prod'
  // "test" and "dev" are words of their own as well.
  const led = clause.take(
    /\b(?:in|on)\s+(?:the\s+)?(test|dev)\b(?:\s+(?:environment|system))?|\b(?:env|environment)[ :](test|dev)\b/i,
  )
  return ((led?.[1] ?? led?.[2])?.toLowerCase() as Environment | undefined) ?? null
}
