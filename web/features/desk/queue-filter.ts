import type { z } from 'zod'
import type { listTicketsInput } from '../../../contract/desk/inputs.ts'
import { readFilter } from '../../parts/filter-query.ts'
import { tokensOf } from '../../ui/filter.ts'
import { environments, isOpen, kinds, states } from './words.ts'

export type ListInput = Omit<z.input<typeof listTicketsInput>, 'cursor'>
/** What the names in a filter mean: the id, `undefined` while it is looked up, null when there is nothing of that name. */
export type Names = {
  team?: string | null | undefined
  owner?: string | null | undefined
  service?: string | null | undefined
}
export type Reader = { id: string; desk: boolean; teams: readonly { id: string }[] }
export type Meaning = { input: ListInput } | { problem: string } | { looking: true }

export const fieldNames = [
  'state',
  'priority',
  'team',
  'owner',
  'service',
  'kind',
  'env',
  'asked',
  'escalated',
  'helping',
  'later',
] as const
export type Fields = Partial<Record<(typeof fieldNames)[number], string>>

/** A filter as it is kept: each field once, the last one counts; a bare priority means "this or more pressing". */
export const tidy = (text: string): string => {
  const tokens = tokensOf(text).map((token) => token.replace(/^priority:<?=?p?([1-5])$/i, 'priority:<=$1'))
  const nameOf = (token: string) => fieldNames.find((name) => token.startsWith(`${name}:`))
  return tokens
    .filter((token, index) => {
      const name = nameOf(token)
      return !name || !tokens.slice(index + 1).some((later) => nameOf(later) === name)
    })
    .join(' ')
}

/** Whether two filters mean the same, in whatever order they were written. */
export const isSame = (a: string, b: string): boolean =>
  tokensOf(a).toSorted().join(' ') === tokensOf(b).toSorted().join(' ')

export const readQuery = (text: string): { fields: Fields; words: string } =>
  readFilter(text, fieldNames, { quotes: true })

const one = <T extends string>(field: string, given: string, of: readonly T[]): T | { problem: string } =>
  of.find((value) => value === given.toLowerCase().replace(/[\s-]/, '_')) ?? {
    problem: `${field}:${given} is not known; choose ${of.slice(0, -1).join(', ')} or ${of.at(-1)}.`,
  }

const problemIn = (value: unknown): value is { problem: string } =>
  typeof value === 'object' && value !== null && 'problem' in value

const plainFields = (fields: Fields, words: string): Omit<ListInput, 'view'> | { problem: string } => {
  const { kind, env, priority } = fields
  const level = priority === undefined ? undefined : /^<?=?p?([1-5])$/i.exec(priority)?.[1]
  if (priority !== undefined && !level) return { problem: 'Write the priority such as priority:<=2.' }
  if (words && words.length < 3) return { problem: 'Search words need at least 3 characters.' }
  const found = {
    ...(kind && { kind: one('kind', kind, kinds) }),
    ...(env && { environment: one('env', env, environments) }),
    ...(level && { priority: Number(level) }),
    ...(words && { q: words.slice(0, 100) }),
  }
  return Object.values(found).find(problemIn) ?? (found as Omit<ListInput, 'view'>)
}

const named = (field: 'team' | 'owner' | 'service', fields: Fields, names: Names) => {
  const id = names[field]
  if (id === null) return { problem: `${field}:${fields[field]} is not known; look at what is offered while you type.` }
  return id === undefined ? { looking: true as const } : { id }
}

/** What a filter asks of the API, or why it cannot be asked. `names` has what team, owner and service mean. */
export const meaningOf = (text: string, reader: Reader, names: Names): Meaning => {
  const { fields, words } = readQuery(text)
  const plain = plainFields(fields, words)
  if ('problem' in plain) return plain as { problem: string }
  const state = fields.state === undefined ? undefined : one('state', fields.state, ['open', ...states])
  if (problemIn(state)) return state
  const input: ListInput = { ...plain, ...(state && state !== 'open' && { state }) }

  for (const field of ['team', 'owner', 'service'] as const) {
    const given = fields[field]
    if (!given || (field === 'team' && given === 'mine') || (field === 'owner' && /^(me|none)$/.test(given))) continue
    const found = named(field, fields, names)
    if (!('id' in found)) return found
    input[field === 'team' ? 'teamId' : field === 'owner' ? 'assigneeId' : 'serviceId'] = found.id
  }
  if (fields.owner === 'me') input.assigneeId = reader.id

  const open = state !== undefined && (state === 'open' || isOpen(state))
  return fields.asked ? asked(fields, input, state) : inView(fields, input, open, reader)
}

const asked = (fields: Fields, input: ListInput, state: string | undefined): Meaning => {
  if (fields.asked !== 'me') return { problem: 'Write asked:me for what you asked for.' }
  if (fields.team === 'mine' || fields.owner === 'none')
    return { problem: 'asked:me lists what you asked for, whoever has it.' }
  if (state === 'open') return { problem: 'asked:me lists all states, or one of them such as state:pending.' }
  return { input: { ...input, view: 'requested' } }
}

/** Lists that stand beside the others, each by the one value that it can have. */
const besides = {
  escalated: { of: 'us', view: 'escalated', words: 'what your teams are to accept' },
  helping: { of: 'me', view: 'helping', words: 'where you help' },
  later: { of: 'me', view: 'snoozed', words: 'what you left for later' },
} as const
const besideNames = ['escalated', 'helping', 'later'] as const

const aside = (fields: Fields, input: ListInput, open: boolean): Meaning => {
  const given = besideNames.filter((name) => fields[name] !== undefined)
  const wrong = given.find((name) => fields[name] !== besides[name].of)
  if (wrong) return { problem: `Write ${wrong}:${besides[wrong].of} for ${besides[wrong].words}.` }
  const [name = 'later', ...others] = given
  if (others.length > 0) return { problem: 'Choose one of escalated:us, helping:me and later:me.' }
  if (!open) return { problem: `${name}:${besides[name].of} lists what is open; add state:open.` }
  if (fields.team === 'mine' || fields.owner === 'none')
    return { problem: `${name}:${besides[name].of} stands for itself; take team:mine and owner:none away.` }
  return { input: { ...input, view: besides[name].view } }
}

const inView = (fields: Fields, input: ListInput, open: boolean, reader: Reader): Meaning => {
  const mine = fields.team === 'mine'
  if (besideNames.some((name) => fields[name] !== undefined)) return aside(fields, input, open)
  const [only, ...others] = reader.teams
  if (mine && (fields.owner === 'none' || !open)) {
    // The list takes several teams at once only among what is open.
    if (!only || others.length > 0)
      return { problem: `You are in ${reader.teams.length} teams: here, name one of them, such as team:"…".` }
    input.teamId = only.id
  }
  if (!open)
    return fields.owner === 'none'
      ? { problem: 'owner:none lists what is open; add state:open.' }
      : { input: { ...input, view: 'recent' } }
  if (fields.owner === 'none') return { input: { ...input, view: 'unassigned' } }
  if (mine) return { input: { ...input, view: 'team' } }
  return { input: { ...input, view: 'open' } }
}
