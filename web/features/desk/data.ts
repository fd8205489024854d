import { type QueryKey, skipToken, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { query } from '../../api.ts'
import { type LiveEvent, refreshOn, useLiveEvents } from '../../live.ts'
import { throttleByKey } from '../../live-stream.ts'
import { useMe } from '../../parts/frame-data.ts'
import { keyset } from '../../ui/list.ts'
import type { ListInput } from './queue-filter.ts'

refreshOn('ticket.', () => [query.desk.list.key(), query.desk.counts.key()])

/** What lists and counts know of tickets. */
export const listKeys = (): QueryKey[] => [query.desk.list.key(), query.desk.counts.key()]

/** What the page of a ticket shows. `id`: as the page was asked for, a number such as INC-5. */
export const ticketKeys = (id: string): QueryKey[] => [
  query.desk.get.key({ input: { id } }),
  query.desk.timeline.key({ input: { id } }),
  query.desk.links.key({ input: { id } }),
  query.desk.children.key({ input: { id } }),
]

/** The list, page by page by cursor; `undefined` asks for nothing. */
export const useTickets = (input: ListInput | undefined) =>
  useInfiniteQuery(
    query.desk.list.infiniteOptions({
      input: input ? (cursor: string | undefined) => ({ ...input, cursor, limit: 100 }) : skipToken,
      ...keyset,
      // A clock that comes near, or the day that ends, is no event.
      ...((input?.due || input?.notDue) && { refetchInterval: 60_000 }),
    }),
  )

/** A ticket with all that its page shows. */
export const useTicket = (id: string | undefined) => {
  const found = useQuery(query.desk.get.queryOptions({ input: id ? { id } : skipToken }))
  useTicketLive(id, found.data?.id)
  return found
}

/** What happened to it, newest first, page by page. */
export const useTimeline = (id: string) =>
  useInfiniteQuery(
    query.desk.timeline.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, cursor, limit: 100 }),
      ...keyset,
    }),
  )

/** Whatever is recorded about a ticket, by whichever feature, makes what its page shows old. */
const useTicketLive = (asked: string | undefined, id: string | undefined) => {
  const client = useQueryClient()
  const refresh = useMemo(
    () =>
      throttleByKey<QueryKey>((keys) => {
        for (const queryKey of keys) void client.invalidateQueries({ queryKey })
      }, 500),
    [client],
  )
  const handle = useCallback(
    (event: LiveEvent) => {
      const reference = `ticket:${id}`
      if (asked && id && (event.subject === reference || event.about.includes(reference))) refresh(ticketKeys(asked))
    },
    [asked, id, refresh],
  )
  useLiveEvents('', handle)
}

/** Who reads: the desk sees and does more than those who ask. Undefined until it is known. */
export const useReader = () => {
  const me = useMe().data
  return useMemo(
    () => me && { id: me.id, name: me.name, desk: me.may['ticket.work'] !== undefined, teams: me.teams, may: me.may },
    [me],
  )
}
export type Reader = NonNullable<ReturnType<typeof useReader>>

/** Under which a reply that is not sent yet is kept: whoever signs in here next does not find it. */
export const draftOf = (number: string, reader: Pick<Reader, 'id'> | undefined): string =>
  `ticket ${number} of ${reader?.id}`
