import { useQuery } from '@tanstack/react-query'
import { query } from '../api.ts'

const staleTime = 300_000
const named = (search: string | undefined) => ({
  input: { limit: 100, ...(search && { search: search.slice(0, 100) }) },
})

/** The services and teams that a filter may mean by these words, and that it offers; undefined while they are read. */
export const useOwners = (given: { service?: string | undefined; team?: string | undefined }) => ({
  services: useQuery({ ...query.catalog.services.list.queryOptions(named(given.service)), staleTime }).data?.items,
  teams: useQuery({ ...query.identity.teams.list.queryOptions(named(given.team)), staleTime }).data?.items,
})
