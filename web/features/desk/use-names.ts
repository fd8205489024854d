import { skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import type { Fields, Names } from './queue-filter.ts'

type Named = { id: string; name: string; slug?: string }

/** The one of that name, or the only one that has it as a part; null when there is none or several. */
const pick = (name: string, found: readonly Named[]): string | null => {
  const wanted = name.toLowerCase()
  const exact = found.find((one) => one.name.toLowerCase() === wanted || one.slug === wanted)
  const [only, ...others] = found
  return exact?.id ?? (only && others.length === 0 ? only.id : null)
}

const searched = (name: string | undefined) => (name ? { search: name.slice(0, 100), limit: 50 } : skipToken)

/** What the names in a filter mean, looked up by the API. Of what the reader may not look up, there is nothing. */
export const useNames = (fields: Fields): Names => {
  const given = {
    team: fields.team === 'mine' ? undefined : fields.team,
    owner: /^(me|none)$/.test(fields.owner ?? '') ? undefined : fields.owner,
    service: fields.service,
  }
  const mayTeams = useMay('team.read') !== undefined
  const mayPeople = useMay('people.read') !== undefined
  const teams = useQuery(
    query.identity.teams.list.queryOptions({ input: given.team && mayTeams ? { limit: 200 } : skipToken }),
  )
  const people = useQuery(
    query.identity.users.list.queryOptions({ input: mayPeople ? searched(given.owner) : skipToken }),
  )
  const services = useQuery(query.catalog.services.list.queryOptions({ input: searched(given.service) }))
  const of = (
    name: string | undefined,
    found: { isError: boolean; data: { items: readonly Named[] } | undefined },
    may = true,
  ) => (name === undefined ? undefined : found.isError || !may ? null : found.data && pick(name, found.data.items))
  const team = of(given.team, teams, mayTeams)
  return {
    team: team === null && teams.data ? pickPart(given.team ?? '', teams.data.items) : team,
    owner: of(given.owner, people, mayPeople),
    service: of(given.service, services),
  }
}

/** All teams were read, so a part of a name is looked for here. */
const pickPart = (name: string, found: readonly Named[]) =>
  pick(
    name,
    found.filter((one) => one.name.toLowerCase().includes(name.toLowerCase())),
  )
