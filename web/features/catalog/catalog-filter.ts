import { isOneOf, list, meant, readFilter, type Thing } from '../../parts/filter-query.ts'

/** The words that each field of a list may have; `team` is looked up by its name. */
export type Words = Record<string, readonly [string, ...string[]]>

type Ask<W extends Words> = { search?: string; team?: string } & { [Name in keyof W]?: W[Name][number] }

/**
 * What 'env:uat team:DBA london' asks for, field by field. `ask` is undefined while the team is still being looked up, or
 * when something is not understood, which `problem` says.
 */
export const readCatalogFilter = <W extends Words>(
  text: string,
  teams: readonly Thing[] | undefined,
  known: W,
): { ask?: Ask<W>; problem?: string; waiting?: true } => {
  const { fields, words } = readFilter(text, ['team', ...Object.keys(known)])
  const ask: Record<string, string> = {}
  if (words) ask.search = words.slice(0, 100)
  for (const [name, values] of Object.entries(known)) {
    const value = fields[name]
    if (value === undefined) continue
    if (!isOneOf(values, value)) return { problem: `${name}:${value} is not known; ${choose(values)}.` }
    ask[name] = value
  }
  const of = (more: object = {}) => ({ ask: { ...ask, ...more } as Ask<W> })
  if (fields.team === undefined) return of()
  if (!teams) return { waiting: true }
  const team = meant(teams, fields.team)
  return team ? of({ team: team.id }) : { problem: `There is no one team called "${fields.team}".` }
}

const choose = (values: readonly string[]) => (values.length === 1 ? `write ${values[0]}` : `choose ${list(values)}`)
