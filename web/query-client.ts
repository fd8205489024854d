import { QueryClient } from '@tanstack/react-query'
import { statusOf } from './problem.ts'

/**
 * Reads are kept fresh by the live feed. Only what may pass by itself is tried again: no answer, or a server in
 * trouble; 'not permitted' stays so.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
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
