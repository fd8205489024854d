import type { QueryKey } from '@tanstack/react-query'

/** What fields offer to choose from, by the path of its route. */
const names: Readonly<Record<string, string>> = {
  'identity.teams.list': 'teams',
  'identity.users.list': 'people',
  'catalog.services.list': 'services',
  'catalog.businessUnits.list': 'business units',
  'catalog.hosts.list': 'hosts',
  'calendars.list': 'calendars',
  'oncall.policies': 'escalation policies',
  'oncall.schedules': 'on-call schedules',
  'alerts.sources.list': 'sources',
  'requests.types.list': 'request types',
  'jobs.list': 'jobs',
  'imports.importers': 'formats that can be read',
  'chains.resources': 'resources',
}

/** A list that grows as one scrolls is what a page is about, and says itself that it failed. */
export const namesOf = ([path, how]: QueryKey): string | undefined =>
  Array.isArray(path) && (how as { type?: string } | undefined)?.type === 'query' ? names[path.join('.')] : undefined

/** 'The teams, the people and the services' */
export const listWords = (keys: readonly QueryKey[]): string => {
  const each = [...new Set(keys.flatMap((key) => namesOf(key) ?? []))].map((name) => `the ${name}`)
  const words = [each.slice(0, -1).join(', '), each.at(-1)].filter(Boolean).join(' and ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
