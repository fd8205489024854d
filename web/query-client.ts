import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { frameKeys } from './parts/frame-data.ts'
import { statusOf } from './problem.ts'
import { toastError } from './ui/toast.ts'

/**
 * Reads are kept fresh by the live feed. Only what may pass by itself is tried again: no answer, or a server in
 * trouble; 'not permitted' stays so. A write that failed says so, unless its page does.
 */
export const createQueryClient = (): QueryClient => {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const { queryKey } = query
        // What is gone is not shown any more as it was, to be acted on: by Back, or while somebody else deletes it.
        if (statusOf(error) === 404) query.setState({ data: undefined })
        // The session may have ended: the frame asks who is signed in, and goes to the sign-in page if nobody is.
        if (statusOf(error) === 401 && queryKey !== frameKeys.me)
          void client.invalidateQueries({ queryKey: frameKeys.me })
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _input, _context, mutation) => {
        if (!mutation.options.onError) toastError(error)
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // The browser's idea of being online is about the internet; this server may stand in the next room.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && (statusOf(error) ?? 503) >= 500,
      },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}
