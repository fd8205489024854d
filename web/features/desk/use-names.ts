import { skipToken, useQueries, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { type NamedKind, type NameOf, namesIn } from './queue-filter.ts'

type Named = { id: string; name: string; slug?: string; email?: string }
type Found = { isError: boolean; data: { items: readonly Named[] } | undefined }

/** The one of that name, or the only one that has it as a part; null when there is none or several. */
const pick = (name: string, found: readonly Named[]): string | null => {
  const wanted = name.toLowerCase()
  const exact = found.find((one) => [one.name.toLowerCase(), one.slug, one.email].includes(wanted))
  const [only, ...others] = found
  return exact?.id ?? (only && others.length === 0 ? only.id : null)
}

const searched = (name: string) => ({ search: name.slice(0, 100), limit: 50 })

/** What the names in a filter mean, looked up by the API. Of what the reader may not look up, there is nothing. */
export const useNames = (filter: string): NameOf => {
  const given = namesIn(filter)
  const of = (kind: NamedKind) => [...new Set(given.flatMap((one) => (one.kind === kind ? [one.name] : [])))]
  const mayTeams = useMay('team.read') !== undefined
  const mayPeople = useMay('people.read') !== undefined
  const names = {
    team: mayTeams ? of('team') : [],
    person: mayPeople ? of('person') : [],
    unit: of('unit'),
    service: of('service'),
  }
  const teams = useQuery(
    query.identity.teams.list.queryOptions({ input: names.team.length > 0 ? { limit: 200 } : skipToken }),
  )
  const people = useQueries({
    queries: names.person.map((name) => query.identity.users.list.queryOptions({ input: searched(name) })),
  })
  const units = useQueries({
    queries: names.unit.map((name) => query.catalog.businessUnits.list.queryOptions({ input: searched(name) })),
  })
  const services = useQueries({
    queries: names.service.map((name) => query.catalog.services.list.queryOptions({ input: searched(name) })),
  })
  const found: Record<Exclude<NamedKind, 'team'>, readonly Found[]> = { person: people, unit: units, service: services }
  return (kind, name) => {
    const at = names[kind].indexOf(name)
    if (at < 0) return null
    const one = kind === 'team' ? teams : found[kind][at]
    if (!one?.data) return one?.isError ? null : undefined
    // All teams were read, so a part of a name is looked for here.
    const isPart = (team: Named) => `${team.name} ${team.slug}`.toLowerCase().includes(name.toLowerCase())
    return pick(name, kind === 'team' ? one.data.items.filter(isPart) : one.data.items)
  }
}
