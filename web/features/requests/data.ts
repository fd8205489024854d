import { skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { keyset, rowsOf } from '../../ui/list.ts'

refreshOn('request_type.', () => [query.requests.types.key()])
refreshOn('approval.', () => [query.requests.approvals.key(), query.requests.ofTicket.key()])
refreshOn('request.', () => [query.requests.ofTicket.key()])
refreshOn('ticket.', () => [query.requests.ofTicket.key()])

export const typeKeys = [query.requests.types.key()]
export const approvalKeys = [query.requests.approvals.key(), query.requests.ofTicket.key(), query.desk.key()]
export const requestKeys = [query.requests.ofTicket.key(), query.desk.key()]

/** What can be asked for; `all` is for those who keep the catalogue. */
export const useRequestTypes = (view: 'mine' | 'all') =>
  useQuery(query.requests.types.list.queryOptions({ input: { view } }))

export const useRequestType = (id: string | undefined) =>
  useQuery(query.requests.types.get.queryOptions({ input: id ? { id } : skipToken }))

/** What was asked for by a ticket; null when no form was filled. Only tickets of the kind request are looked at. */
export const useRequestOf = (ticket: { id: string; kind: string }) =>
  useQuery(query.requests.ofTicket.queryOptions({ input: ticket.kind === 'request' ? { id: ticket.id } : skipToken }))
    .data?.request ?? null

export const useApprovals = (view: 'asked' | 'answered') => {
  const list = useInfiniteQuery(
    query.requests.approvals.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ view, cursor, limit: 50 }),
      ...keyset,
    }),
  )
  return { list, rows: rowsOf(list.data) }
}
