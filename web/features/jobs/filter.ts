import type { Environment } from '../../../contract/base.ts'
import type { JobStatus } from '../../../contract/jobs/index.ts'
import { jobTag } from '../../../contract/jobs/inputs.ts'
import { isOneOf, list, meant, readFilter, type Thing } from '../../parts/filter-query.ts'
import type { Ask } from './data.ts'

export const views = ['all', 'trouble', 'paused', 'archived'] as const
export type View = (typeof views)[number]

export const states = [
  'missing',
  'failed',
  'running_long',
  'late',
  'unknown',
  'running',
  'ok',
  'new',
  'paused',
] as const satisfies readonly JobStatus[]
export const environments = ['prod', 'uat', 'test', 'dev'] as const satisfies readonly Environment[]
export const unusuals = ['any', 'duration', 'volume'] as const
export const fields = ['state', 'env', 'service', 'team', 'tag', 'host', 'unusual'] as const

/** What names in the filter mean; undefined while they are still being read. */
type Known = { services: readonly Thing[] | undefined; teams: readonly Thing[] | undefined }

/**
 * What 'state:failed service:Settlement eod' asks for. `ask` is undefined while a name in it is still being looked up, or
 * means nothing; what is not understood is told in sentences.
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
  if (given.unusual !== undefined) {
    if (isOneOf(unusuals, given.unusual)) ask.unusual = given.unusual
    else problems.push(`unusual:${given.unusual} is not known; it is ${list(unusuals)}.`)
  }
  if (given.tag !== undefined) {
    if (jobTag.safeParse(given.tag).success) ask.tag = given.tag
    else problems.push('A tag has 1 to 50 characters, without spaces and commas.')
  }
  if (given.host) ask.host = given.host.slice(0, 253)
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
