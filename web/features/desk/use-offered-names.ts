import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { valueTyped } from '../../ui/filter.ts'

type Page = { items: readonly { name: string }[]; next: string | null }
type Found = { data: Page | undefined }

const first = { limit: 200 }

/**
 * Names to offer for the fields of the queue's filter: the first of each kind, and where those are not all, what the
 * server finds by what is typed. Nothing is asked for before somebody types.
 */
export const useOfferedNames = (typed: string | undefined, desk: boolean) => {
  const [settled] = useDebouncedValue(typed ?? '', 120)
  const value = valueTyped(settled)
  const begins = typed !== undefined
  /** What to ask for: only where the first page was not all, and something of a name is there. */
  const more = (fields: readonly string[], { data }: Found) =>
    value?.part && fields.includes(value.name) && data?.next
      ? { search: value.part.slice(0, 100), limit: 50 }
      : skipToken
  const kept = { placeholderData: keepPreviousData }
  const services = useQuery(query.catalog.services.list.queryOptions({ input: begins ? first : skipToken }))
  const units = useQuery(query.catalog.businessUnits.list.queryOptions({ input: begins ? first : skipToken }))
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: begins && desk ? first : skipToken }))
  const people = useQuery(query.identity.users.list.queryOptions({ input: begins && desk ? first : skipToken }))
  const found = {
    service: useQuery({
      ...query.catalog.services.list.queryOptions({ input: more(['service'], services) }),
      ...kept,
    }),
    unit: useQuery({ ...query.catalog.businessUnits.list.queryOptions({ input: more(['unit'], units) }), ...kept }),
    team: useQuery({ ...query.identity.teams.list.queryOptions({ input: more(['team'], teams) }), ...kept }),
    person: useQuery({
      ...query.identity.users.list.queryOptions({ input: more(['owner', 'requester'], people) }),
      ...kept,
    }),
  }
  const names = (...of: Found[]) => [...new Set(of.flatMap(({ data }) => data?.items.map(({ name }) => name) ?? []))]
  return {
    services: names(services, found.service),
    units: names(units, found.unit),
    teams: names(teams, found.team),
    people: names(people, found.person),
  }
}
