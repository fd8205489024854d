import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'

refreshOn('contact.', () => [query.notify.contacts.key(), query.notify.deliveries.key()])
refreshOn('delivery.', () => [query.notify.delivery.key(), query.notify.deliveries.key()])

/** What a write to my contact methods makes old. */
export const contactKeys = [query.notify.contacts.key(), query.notify.deliveries.key()] as const

/** My contact methods and rules. */
export const useMyContacts = () => useQuery(query.notify.contacts.queryOptions({ input: {} }))

/** The ways to reach people; they change with the version of the program only. */
export const useChannels = () =>
  useQuery({ ...query.notify.channels.queryOptions(), staleTime: Number.POSITIVE_INFINITY })

/** A channel as people call it; its kind until the names are known. */
export const useChannelTitle = (): ((kind: string) => string) => {
  const { data } = useChannels()
  return (kind) => data?.items.find((channel) => channel.kind === kind)?.title ?? kind
}
