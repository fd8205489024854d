import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import type { useAlerts } from './data.ts'
import type { AlertFilter } from './filter.ts'

type Ask = Parameters<typeof useAlerts>[0]
type Named = { id: string; name: string; slug: string }

/** The one that is called so; else the only one whose name has it in it. */
const meant = (items: readonly Named[] | undefined, word: string): Named | undefined => {
  const lower = word.toLowerCase()
  const exact = items?.find(({ name, slug }) => name.toLowerCase() === lower || slug === lower)
  return exact ?? (items?.length === 1 ? items[0] : undefined)
}

const minutes = 60_000
const search = (word: string | undefined) => ({ input: { search: word ?? '', limit: 50 } })
const once = (word: string | undefined) => ({ enabled: word !== undefined, staleTime: 5 * minutes })

/**
 * The filter as the API takes it, once the names in it are found. A name that nothing has asks for nothing and is told
 * in a sentence.
 */
export const useAsk = (filter: AlertFilter): { ask: Ask; problems: string[] } => {
  const found = {
    service: useQuery({ ...query.catalog.services.list.queryOptions(search(filter.service)), ...once(filter.service) }),
    source: useQuery({ ...query.alerts.sources.list.queryOptions(search(filter.source)), ...once(filter.source) }),
    team: useQuery({ ...query.identity.teams.list.queryOptions(search(filter.team)), ...once(filter.team) }),
  }
  const problems: string[] = []
  let waiting = false
  const idOf = (field: keyof typeof found): string | undefined => {
    const word = filter[field]
    if (word === undefined) return undefined
    const { data, isError } = found[field]
    const one = meant(data?.items, word)
    if (!one) waiting = true
    if (!one && isError) problems.push(`The ${field}s could not be read, so ${field}:${word} finds nothing now.`)
    else if (!one && data)
      problems.push(
        data.items.length > 1
          ? `${data.items.length} ${field}s have "${word}" in their name; write the whole name.`
          : `There is no ${field} "${word}".`,
      )
    return one?.id
  }
  const [serviceId, sourceId, teamId] = [idOf('service'), idOf('source'), idOf('team')]
  if (waiting) return { ask: undefined, problems }
  return {
    ask: {
      view: filter.view,
      ...(serviceId && { serviceId }),
      ...(sourceId && { sourceId }),
      ...(teamId && { teamId }),
      ...(filter.environment && { environment: filter.environment }),
      ...(filter.severity && { severity: filter.severity }),
      ...(filter.words && filter.words.length >= 3 && { q: filter.words }),
    },
    problems,
  }
}
