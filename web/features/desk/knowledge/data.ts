import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { ticketKnowledge } from '../../../../contract/desk/knowledge.ts'
import type { knowledgeSuggestion } from '../../../../contract/knowledge/shapes.ts'
import { query } from '../../../api.ts'
import { refreshOn } from '../../../live.ts'
import { useMay } from '../../../parts/frame-data.ts'
import { serverNow } from '../../../ui/now.ts'

export type Linked = z.output<typeof ticketKnowledge>
export type Known = z.output<typeof knowledgeSuggestion>

for (const prefix of ['ticket.knowledge', 'ticket.step'])
  refreshOn(prefix, () => [query.desk.knowledge.list.key(), query.knowledge.suggestions.key()])
refreshOn('service.change', () => [query.catalog.changes.key()])
refreshOn('alert.', () => [query.alerts.around.key()])

export const linkedKey = (id: string) => query.desk.knowledge.list.key({ input: { id } })

export const useLinked = (id: string, when: boolean) =>
  useQuery(query.desk.knowledge.list.queryOptions({ input: when ? { id } : skipToken }))

/** What suggestions go by: what is told so far. */
export type Told = {
  text: string
  serviceId: string | undefined
  /** The ticket that tells it, which is not like itself. */
  except?: string | undefined
  /** When it began: changes after that are none of its causes. */
  before?: string | undefined
}

/** Two days back: what was changed earlier has been seen at work. */
const recentMillis = 48 * 3_600_000

/** Each feature is asked for its own part; what the reader may not see is not asked for. */
export const useSuggestions = (told: Told, when: boolean) => {
  const [text] = useDebouncedValue(told.text.trim().slice(0, 1_000), 120)
  const { serviceId, except, before } = told
  const asks = when && (text.length >= 3 || serviceId !== undefined)
  const about = { text, ...(serviceId && { serviceId }) }
  const mayAlerts = useMay('alert.read') !== undefined
  const mayChanges = useMay('change.read') !== undefined
  const options = { placeholderData: keepPreviousData, staleTime: 20_000 }
  const known = useQuery({
    ...query.knowledge.suggestions.queryOptions({ input: asks ? { ...about, limit: 6 } : skipToken }),
    ...options,
  })
  const similar = useQuery({
    ...query.desk.similar.queryOptions({
      input: asks && text.length >= 3 ? { ...about, limit: 5, ...(except && { except }) } : skipToken,
    }),
    ...options,
  })
  const alerts = useQuery({
    ...query.alerts.around.queryOptions({
      input: when && serviceId && mayAlerts ? { serviceId, limit: 5, ...(except && { except }) } : skipToken,
    }),
    ...options,
  })
  // To the minute, so that the question stays the same while one reads.
  const from = before ?? new Date(Math.floor(serverNow() / 60_000) * 60_000).toISOString()
  const changes = useQuery({
    ...query.catalog.changes.list.queryOptions({
      input:
        when && serviceId && mayChanges
          ? {
              id: serviceId,
              upstream: 'yes',
              since: new Date(Date.parse(from) - recentMillis).toISOString(),
              ...(before && { before }),
              limit: 5,
            }
          : skipToken,
    }),
    ...options,
  })
  return {
    known: asks ? (known.data?.items ?? []) : [],
    similar: asks ? (similar.data?.items ?? []) : [],
    alerts: serviceId ? (alerts.data?.items ?? []) : [],
    changes: serviceId ? (changes.data?.items ?? []) : [],
    failed: [known, similar, alerts, changes].find(({ isError }) => isError)?.error,
    asked: asks,
    waiting: asks && (known.isPending || similar.isPending),
  }
}
export type Suggested = ReturnType<typeof useSuggestions>
