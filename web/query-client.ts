import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { onSignedOut } from './api.ts'
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
        // What is gone is not shown any more as it was, to be acted on: by Back, or while somebody else deletes it.
        if (statusOf(error) === 404) query.setState({ data: undefined })
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
  // The session may have ended, whether something was read or written: the frame asks who is signed in.
  onSignedOut(() => {
    if (client.getQueryState(frameKeys.me)?.status === 'success')
      void client.invalidateQueries({ queryKey: frameKeys.me })
  })
  return client
}
