import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { readFilter } from '../../parts/filter-query.ts'
import { fields, readQuery, states, type View } from './filter.ts'

const staleTime = 300_000

/** The filter as the API takes it, with what it offers for each of its fields. */
export const useAsk = (filter: string, view: View) => {
  const { fields: given } = readFilter(filter, fields)
  const named = (search: string | undefined) => ({
    input: { limit: 100, ...(search && { search: search.slice(0, 100) }) },
  })
  const services = useQuery({ ...query.catalog.services.list.queryOptions(named(given.service)), staleTime }).data
    ?.items
  const teams = useQuery({ ...query.identity.teams.list.queryOptions(named(given.team)), staleTime }).data?.items
  return {
    ...readQuery(filter, view, { services, teams }),
    known: {
      state: states,
      service: services?.map(({ name }) => name),
      team: teams?.map(({ name }) => name),
    } as Record<(typeof fields)[number], readonly string[] | undefined>,
  }
}
