import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type api, query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMay } from '../../parts/frame-data.ts'
import { keyset } from '../../ui/list.ts'

refreshOn('knowledge.', () => [query.knowledge.key()])
for (const prefix of ['ticket.knowledge', 'ticket.step'])
  refreshOn(prefix, () => [query.knowledge.read.key(), query.desk.knowledge.tickets.key()])

/** What a write to knowledge makes old. */
export const knowledgeKeys = [query.knowledge.key()] as const

type Ask = Parameters<typeof api.knowledge.list>[0]

export const useKnowledgeList = (ask: Ask | undefined) =>
  useInfiniteQuery({
    ...query.knowledge.list.infiniteOptions({
      input: ask ? (cursor: string | undefined) => ({ ...ask, limit: 60, ...(cursor && { cursor }) }) : skipToken,
      ...keyset,
    }),
    placeholderData: keepPreviousData,
  })

export const useKnowledge = (id: string | undefined) =>
  useQuery(query.knowledge.read.queryOptions({ input: id ? { id } : skipToken }))

/** The history is the desk's own. */
export const useVersions = (id: string) => {
  const may = useMay('knowledge.write') !== undefined
  return useInfiniteQuery(
    query.knowledge.versions.infiniteOptions({
      input: may ? (cursor: string | undefined) => ({ id, limit: 20, ...(cursor && { cursor }) }) : skipToken,
      ...keyset,
    }),
  )
}

export const useVersion = (id: string, version: number | undefined) =>
  useQuery(query.knowledge.version.queryOptions({ input: version === undefined ? skipToken : { id, version } }))

export const useTicketsOf = (itemId: string) => {
  const may = useMay('ticket.work') !== undefined
  return useQuery(query.desk.knowledge.tickets.queryOptions({ input: may ? { itemId, limit: 20 } : skipToken }))
}

export const useTeams = () => {
  const may = useMay('team.read') !== undefined
  return useQuery(query.identity.teams.list.queryOptions({ input: may ? { limit: 200 } : skipToken }))
}
