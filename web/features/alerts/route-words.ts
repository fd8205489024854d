import type { AlertRoute, RoutePreview } from './words.ts'

/** What a route decides, in short: ['team DBA', 'P2', 'no incident']. What it leaves alone is left out. */
export const decisionWords = (
  route: Pick<AlertRoute, 'service' | 'team' | 'environment' | 'priority' | 'policy' | 'opensIncident'>,
): string[] => [
  ...(route.team ? [`team ${route.team.name}`] : []),
  ...(route.service ? [`service ${route.service.name}`] : []),
  ...(route.environment ? [route.environment] : []),
  ...(route.priority === null ? [] : [`P${route.priority}`]),
  ...(route.policy ? [`policy ${route.policy.name}`] : []),
  ...(route.opensIncident === null ? [] : [route.opensIncident ? 'an incident' : 'no incident']),
]

/** 'is tried first', 'is tried after Oracle to the DBAs': where a route stands among the others. */
export const placeWords = (routes: readonly Pick<AlertRoute, 'id' | 'name'>[], id: string): string => {
  const before = routes[routes.findIndex((one) => one.id === id) - 1]
  return before ? `is tried after ${before.name}` : 'is tried first'
}

/** '12 of the last 500 alerts': how many a condition is for. */
export const matchedWords = ({ matched, looked }: Pick<RoutePreview, 'matched' | 'looked'>): string => {
  if (looked === 0) return 'There is no alert yet to try it with.'
  if (looked === 1) return `It is ${matched === 0 ? 'not ' : ''}for the one alert that there is.`
  if (matched === 0) return `It is for none of the last ${looked} alerts.`
  return `${matched} of the last ${looked} alerts`
}

/** How many of those that are shown an earlier route decides; undefined when it decides none. */
export const takenWords = (items: readonly Pick<RoutePreview['items'][number], 'takenBy'>[]): string | undefined => {
  const taken = items.filter(({ takenBy }) => takenBy !== null).length
  if (taken === 0) return undefined
  if (items.length === 1) return 'An earlier route takes it.'
  return `Earlier routes take ${taken === items.length ? 'all' : taken} of them.`
}
