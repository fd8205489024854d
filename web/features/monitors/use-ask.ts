import { readFilter } from '../../parts/filter-query.ts'
import { useOwners } from '../../parts/use-owners.ts'
import { useKinds } from './data.ts'
import { fields, readQuery, type View } from './filter.ts'

/** The filter as the API takes it, with what it offers for each of its fields. */
export const useAsk = (filter: string, view: View) => {
  const kinds = useKinds().data?.items
  const { fields: given } = readFilter(filter, fields)
  const { services, teams } = useOwners(given)
  return {
    ...readQuery(filter, view, { kinds, services, teams }),
    known: {
      state: ['down', 'degraded', 'unknown', 'up', 'paused'],
      env: ['prod', 'uat', 'test', 'dev'],
      kind: kinds?.map(({ kind }) => kind),
      service: services?.map(({ name }) => name),
      team: teams?.map(({ name }) => name),
    } as Record<string, readonly string[] | undefined>,
  }
}
