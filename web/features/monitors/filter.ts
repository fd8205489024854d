import type { Environment } from '../../../contract/base.ts'
import type { MonitorStatus } from '../../../contract/monitors/index.ts'
import { isOneOf, list, meant, readFilter, type Thing } from '../../parts/filter-query.ts'
import { tokensOf } from '../../ui/filter.ts'
import type { Ask } from './data.ts'

export const views = ['all', 'trouble', 'paused'] as const
export type View = (typeof views)[number]

const states = ['down', 'degraded', 'unknown', 'up', 'paused'] as const satisfies readonly MonitorStatus[]
const environments = ['prod', 'uat', 'test', 'dev'] as const satisfies readonly Environment[]
export const fields = ['state', 'kind', 'env', 'service', 'team'] as const

/** What names in the filter mean; undefined while they are still being read. */
export type Known = {
  kinds: readonly { kind: string }[] | undefined
  services: readonly Thing[] | undefined
  teams: readonly Thing[] | undefined
}

/**
 * What 'state:down service:"Order entry" gateway' asks for. `ask` is undefined while a name in it is still being looked
 * up, or means nothing; what is not understood is told in sentences, so that nobody believes in a filter that does
 * nothing.
 */
export const readQuery = (text: string, view: View, known: Known): { ask: Ask | undefined; problems: string[] } => {
  const { fields: given, words } = readFilter(text, fields)
  const problems: string[] = []
  const ask: Ask = { view }
  let waiting = false
  if (given.state !== undefined) {
    if (isOneOf(states, given.state)) ask.state = given.state
    else problems.push(`state:${given.state} is not known; it is ${list(states)}.`)
  }
  if (given.env !== undefined) {
    if (isOneOf(environments, given.env)) ask.environment = given.env
    else problems.push(`env:${given.env} is not known; it is ${list(environments)}.`)
  }
  if (given.kind !== undefined) {
    if (!known.kinds) waiting = true
    else if (known.kinds.some(({ kind }) => kind === given.kind)) ask.kind = given.kind
    else problems.push(`kind:${given.kind} is not known; it is ${list(known.kinds.map(({ kind }) => kind))}.`)
  }
  for (const [field, things, key] of [
    ['service', known.services, 'serviceId'],
    ['team', known.teams, 'teamId'],
  ] as const) {
    const word = given[field]
    if (word === undefined) continue
    const found = things && meant(things, word)
    if (!things) waiting = true
    else if (found) ask[key] = found.id
    else problems.push(`There is no one ${field} called "${word}".`)
  }
  if (words) ask.q = words.slice(0, 100)
  return { ask: waiting || problems.length > 0 ? undefined : ask, problems }
}

/** Whether anything but the view narrows the list. */
export const isNarrowed = (text: string): boolean => tokensOf(text).length > 0
