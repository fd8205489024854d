import { isOneOf, list, meant, readFilter, type Thing } from '../../parts/filter-query.ts'
import { type Environment, environments } from './words.ts'

type Ask = { search?: string; environment?: Environment; team?: string }

/**
 * What 'env:uat team:DBA london' asks for. `ask` is undefined while the team is still being looked up, or when something
 * is not understood, which `problem` says.
 */
export const readHostFilter = (
  text: string,
  teams: readonly Thing[] | undefined,
): { ask?: Ask; problem?: string; waiting?: true } => {
  const { fields, words } = readFilter(text, ['team', 'env'])
  const ask: Ask = {}
  if (words) ask.search = words.slice(0, 100)
  if (fields.env !== undefined) {
    if (!isOneOf(environments, fields.env))
      return { problem: `env:${fields.env} is not known; choose ${list(environments)}.` }
    ask.environment = fields.env
  }
  if (fields.team === undefined) return { ask }
  if (!teams) return { waiting: true }
  const team = meant(teams, fields.team)
  return team ? { ask: { ...ask, team: team.id } } : { problem: `There is no one team called "${fields.team}".` }
}
