import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { contract } from '../contract/index.ts'
import { decodeProblem, problemFetch } from './problem.ts'
import { learnServerTime } from './ui/now.ts'

const link = new OpenAPILink(contract, {
  url: () => `${location.origin}/api`,
  fetch: problemFetch(learnServerTime),
  customErrorResponseBodyDecoder: decodeProblem,
})

/** The API, typed by the contract: `await api.desk.resolve({…})`. */
export const api: ContractRouterClient<typeof contract> = createORPCClient(link)

/** Options for TanStack Query: `useQuery(query.desk.get.queryOptions({input}))`; `query.desk.key()` to invalidate. */
export const query = createTanstackQueryUtils(api)
