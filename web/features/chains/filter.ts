import { type NightState, nightStates } from '../../../contract/chains/words.ts'
import { isOneOf, list, meant, readFilter, type Thing } from '../../parts/filter-query.ts'
import type { Ask } from './data.ts'

export const views = ['all', 'trouble', 'held'] as const
export type View = (typeof views)[number]

/** As one types them: a space would end the word. */
export const states = nightStates.map((state) => state.replaceAll('_', '-'))
export const fields = ['state', 'team', 'service'] as const

type Known = { services: readonly Thing[] | undefined; teams: readonly Thing[] | undefined }

/**
 * What 'state:at-risk team:"EOD batch" p&l' asks for. `ask` is undefined while a name in it is still being looked up, or
 * means nothing; what is not understood is told in sentences.
 */
export const readQuery = (text: string, view: View, known: Known): { ask: Ask | undefined; problems: string[] } => {
  const { fields: given, words } = readFilter(text, fields)
  const problems: string[] = []
  const ask: Ask = { view }
  let waiting = false
  if (given.state !== undefined) {
    if (isOneOf(states, given.state)) ask.state = given.state.replaceAll('-', '_') as NightState
    else problems.push(`state:${given.state} is not known; it is ${list(states)}.`)
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
