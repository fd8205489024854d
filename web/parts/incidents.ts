import { skipToken, useQuery } from '@tanstack/react-query'
import type { HealthState } from '../../contract/alerts/words.ts'
import type { TicketRow } from '../../contract/desk/shapes.ts'
import { query } from '../api.ts'
import { refreshOn } from '../live.ts'
import { useMay } from './frame-data.ts'

type Incident = Pick<TicketRow, 'priority' | 'service' | 'environment'>

refreshOn('ticket.', () => [query.desk.list.key()])

/** Tickets about something broken: the first hundred by priority and clock. `more`: there are others. */
const incidents = { view: 'open', kind: 'incident', limit: 100 } as const
const refetchInterval = 60_000

export const useIncidents = () => useQuery({ ...query.desk.list.queryOptions({ input: incidents }), refetchInterval })

/** The priority of the most urgent incident in production about each service, of those that are P1 or P2. */
export const urgentOf = (items: readonly Incident[]): ReadonlyMap<string, number> => {
  const urgent = new Map<string, number>()
  for (const { priority, service, environment } of items)
    if (service && environment === 'prod' && priority <= Math.min(2, urgent.get(service.id) ?? 2))
      urgent.set(service.id, priority)
  return urgent
}

const urgentAmong = ({ items }: { items: readonly Incident[] }) => urgentOf(items)
const nothing: ReadonlyMap<string, number> = new Map()

/** The same for a page that shows services; nothing for those who may not see the incidents. */
export const useUrgent = (): ReadonlyMap<string, number> => {
  const may = useMay('ticket.read') !== undefined
  const { data } = useQuery({
    ...query.desk.list.queryOptions({ input: may ? incidents : skipToken }),
    refetchInterval,
    select: urgentAmong,
  })
  return data ?? nothing
}

/**
 * What is said of a service instead of how machines find it: what looks fine to them, or is not looked at, is not fine
 * while people say otherwise.
 */
export const urgentWords = (
  of: { service: { id: string }; environment: string; state: HealthState },
  urgent: ReadonlyMap<string, number>,
): { words: string; why: string } | undefined => {
  const priority = of.environment === 'prod' ? urgent.get(of.service.id) : undefined
  if (priority === undefined || (of.state !== 'ok' && of.state !== 'unobserved')) return undefined
  return {
    words: `P${priority} open`,
    why: `${of.state === 'ok' ? 'What looks at it finds it fine' : 'Nothing watches it'}; an incident about it is open.`,
  }
}
