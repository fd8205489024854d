import { readFilter } from '../../parts/filter-query.ts'
import { useOwners } from '../../parts/use-owners.ts'
import { fields, readQuery, states, type View } from './filter.ts'

/** The filter as the API takes it, with what it offers for each of its fields. */
export const useAsk = (filter: string, view: View) => {
  const { fields: given } = readFilter(filter, fields)
  const { services, teams } = useOwners(given)
  return {
    ...readQuery(filter, view, { services, teams }),
    known: {
      state: states,
      service: services?.map(({ name }) => name),
      team: teams?.map(({ name }) => name),
    } as Record<(typeof fields)[number], readonly string[] | undefined>,
  }
}
