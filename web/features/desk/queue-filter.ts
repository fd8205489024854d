import type { z } from 'zod'
import type { listTicketsInput } from '../../../contract/desk/inputs.ts'
import { choices, type FieldName, fieldOf, readQuery, type Term } from './queue-language.ts'
import { environments, isOpen, kinds, states } from './words.ts'

export type ListInput = Omit<z.input<typeof listTicketsInput>, 'cursor'>
export type NamedKind = 'team' | 'person' | 'unit' | 'service'
/** What a name means: the id, `undefined` while it is looked up, null when it names nothing, or several. */
export type NameOf = (kind: NamedKind, name: string) => string | null | undefined
export type Reader = { id: string; desk: boolean; teams: readonly { id: string }[] }
export type Meaning = { input: ListInput } | { problem: string } | { looking: true }

class Wrong extends Error {}
class Looking extends Error {}
const wrong = (problem: string): never => {
  throw new Wrong(problem)
}

const oneOf = <T extends string>(field: FieldName, of: readonly T[]) => {
  const written = of.map((one) => one.replace('_', '-'))
  return (given: string): T =>
    of.find((one) => one === given.toLowerCase().replace(/[\s-]/, '_')) ??
    wrong(`${field}:${given} is not known; choose ${choices(written)}.`)
}

const stateOf = oneOf('state', ['open', ...states])
const levels = [1, 2, 3, 4, 5]

const levelsOf = (given: string): number[] => {
  const [, sign = '', level] = /^(<=|>=|<|>)?p?([1-5])$/i.exec(given) ?? []
  if (!level)
    return wrong(`priority:${given} is not known; write P1 to P5, several such as P1,P2, or <=2 for P1 and P2.`)
  const at = Number(level)
  const fits = { '': at, '<=': at, '>=': at, '<': at - 1, '>': at + 1 }[sign] ?? at
  return levels.filter((one) => (sign === '' ? one === fits : sign.startsWith('<') ? one <= fits : one >= fits))
}

const dueOf = (given: string) => {
  const word = given.toLowerCase()
  return /^(overdue|today|none|<[1-9]\d{0,2}[mhd])$/.test(word)
    ? (word as 'overdue')
    : wrong(`due:${given} is not known; write overdue, today, none, or less than a time: <30m, <4h or <2d.`)
}

/** Which names a field has, how they are asked for, and what stands for a name. */
const named = {
  team: { kind: 'team', key: 'teamId', not: 'notTeamId', own: ['mine', 'none'] },
  owner: { kind: 'person', key: 'assigneeId', not: 'notAssigneeId', own: ['me', 'none'] },
  requester: { kind: 'person', key: 'requesterId', not: 'notRequesterId', own: ['me', 'none'] },
  service: { kind: 'service', key: 'serviceId', not: 'notServiceId', own: ['none'] },
  unit: { kind: 'unit', key: 'unitId', not: 'notUnitId', own: [] },
} as const satisfies Partial<Record<FieldName, { kind: NamedKind; own: readonly string[]; key: string; not: string }>>
type NamedField = keyof typeof named
const isNamed = (name: FieldName): name is NamedField => name in named
const isOwn = (field: NamedField, value: string) =>
  (named[field].own as readonly string[]).includes(value.toLowerCase())

/** The names that a filter looks up. */
export const namesIn = (text: string): { kind: NamedKind; name: string }[] =>
  readQuery(text).terms.flatMap(({ name: field, values }) =>
    isNamed(field)
      ? values.filter((value) => !isOwn(field, value)).map((name) => ({ kind: named[field].kind, name }))
      : [],
  )

const idsOf = (field: NamedField, values: readonly string[], reader: Reader, nameOf: NameOf): string[] =>
  values.flatMap((value): string[] => {
    const word = value.toLowerCase()
    if (isOwn(field, value)) {
      if (word !== 'mine') return [word === 'me' ? reader.id : word]
      return reader.teams.length > 0
        ? reader.teams.map(({ id }) => id)
        : wrong('You are in no team: name one, such as team:"…".')
    }
    const id = nameOf(named[field].kind, value)
    if (id === undefined) throw new Looking()
    return [
      id ??
        wrong(`${field}:${value} names nothing here, or several; take one of those that are offered while you type.`),
    ]
  })

const only = (term: Term | undefined, value: string) =>
  term?.values.length === 1 && term.values[0]?.toLowerCase() === value

/** The states that are wanted: what is left out, left out. */
const statesOf = (terms: readonly Term[]) => {
  const of = ({ values }: Term) =>
    values.map(stateOf).flatMap((state) => (state === 'open' ? states.filter(isOpen) : [state]))
  const given = terms.filter(({ name }) => name === 'state')
  if (given.length === 0) return undefined
  const wanted = given.filter(({ not }) => !not).flatMap(of)
  const less = given.filter(({ not }) => not).flatMap(of)
  const left = states.filter((one) => (wanted.length === 0 || wanted.includes(one)) && !less.includes(one))
  return left.length > 0 ? left : wrong('No state is left: what state: asks for is left out again.')
}

/** Lists that stand beside the others, each by the one value that it can have. */
const views = { asked: 'requested', escalated: 'escalated', helping: 'helping', later: 'snoozed' } as const
type Beside = keyof typeof views

const besideIn = (terms: readonly Term[], open: boolean): Beside | undefined => {
  const given = terms.filter((term): term is Term & { name: Beside } => term.name in views)
  for (const term of given) {
    const { alone = '', hint } = fieldOf(term.name)
    if (term.not) wrong(`${term.name}: names a list and leaves nothing out; take the - away.`)
    if (!only(term, alone)) wrong(`Write ${term.name}:${alone} for ${hint}.`)
    if (term.name !== 'asked' && !open) wrong(`${term.name}:${alone} lists what is open; add state:open.`)
  }
  if (given.length > 1) wrong('Choose one of asked:me, escalated:us, helping:me and later:me.')
  return given[0]?.name
}

const fieldsOf = (terms: readonly Term[], reader: Reader, nameOf: NameOf): ListInput => {
  const input: ListInput = {}
  const set = (key: keyof ListInput, values: readonly unknown[]) => {
    // What is left out adds up.
    Object.assign(input, { [key]: [...new Set([...((input[key] as unknown[]) ?? []), ...values])] })
  }
  for (const { name, not, values } of terms) {
    if (name === 'priority') set(not ? 'notPriorities' : 'priorities', values.flatMap(levelsOf))
    else if (name === 'due') set(not ? 'notDue' : 'due', values.map(dueOf))
    else if (name === 'kind') set(not ? 'notKind' : 'kind', values.map(oneOf('kind', kinds)))
    else if (name === 'env') set(not ? 'notEnvironment' : 'environment', values.map(oneOf('env', environments)))
    else if (isNamed(name)) set(named[name][not ? 'not' : 'key'], idsOf(name, values, reader, nameOf))
  }
  const { priorities, notPriorities } = input as { priorities?: number[]; notPriorities?: number[] }
  const left = levels.filter((one) => priorities?.includes(one) !== false && !notPriorities?.includes(one))
  if (left.length === 0 || notPriorities?.length === 0) wrong('No priority is left: there are P1 to P5.')
  return input
}

/** What a filter asks of the API, or why it cannot be asked. */
export const meaningOf = (text: string, reader: Reader, nameOf: NameOf): Meaning => {
  const { terms, words, problem } = readQuery(text)
  if (problem) return { problem }
  try {
    return { input: inputOf(terms, words, reader, nameOf) }
  } catch (error) {
    if (error instanceof Looking) return { looking: true }
    if (error instanceof Wrong) return { problem: error.message }
    throw error
  }
}

const inputOf = (terms: readonly Term[], words: string, reader: Reader, nameOf: NameOf): ListInput => {
  const desks = terms.find(({ name }) => fieldOf(name).desk)
  if (desks && !reader.desk) wrong(`${desks.name}: is known to the desk only; take it away.`)
  if (words && words.length < 3) wrong('Search words need at least 3 characters.')
  const wanted = statesOf(terms)
  const term = (field: FieldName) => terms.find(({ name, not }) => name === field && !not)
  // Only what is open has a clock that runs.
  const open = wanted ? wanted.every(isOpen) : term('due') !== undefined
  const beside = besideIn(terms, open)
  const { teamId, assigneeId, ...input } = fieldsOf(terms, reader, nameOf)
  const all = !wanted || (open && beside !== 'asked' && states.filter(isOpen).every((one) => wanted.includes(one)))
  const listed: ListInput = { ...input, ...(!all && { state: wanted }), ...(words && { q: words.slice(0, 100) }) }
  // The two lists with an index of their own.
  const nobodys = open && !beside && only(term('owner'), 'none')
  const ours = open && !beside && !nobodys && only(term('team'), 'mine')
  return {
    ...listed,
    ...(teamId && !ours && { teamId }),
    ...(assigneeId && !nobodys && { assigneeId }),
    view: beside ? views[beside] : nobodys ? 'unassigned' : ours ? 'team' : open ? 'open' : 'recent',
  }
}
