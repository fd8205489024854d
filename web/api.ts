import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { attachmentPaths } from '../contract/desk/attachment-paths.ts'
import { contract } from '../contract/index.ts'
import { decodeProblem, problemFetch } from './problem.ts'
import { turn } from './turn.ts'
import { learnServerTime } from './ui/now.ts'
import type { Upload } from './ui/use-files.ts'

const reachServer = problemFetch(learnServerTime)

let tellSignedOut = () => {}
/** Say what is to happen when the server no longer knows who asks, whatever was asked. */
export const onSignedOut = (tell: () => void): void => {
  tellSignedOut = tell
}
/** Who is signed in is what will be asked then; and a wrong password is no end of a session. */
const isAsked = ({ method, url }: Request) => {
  const { pathname } = new URL(url)
  return (method === 'GET' && pathname === '/api/me') || pathname.startsWith('/api/auth/')
}

const fetchProblem = async (request: Request, init?: RequestInit): Promise<Response> => {
  const response = await reachServer(request, init)
  if (response.status !== 401 || isAsked(request)) return response
  tellSignedOut()
  // The server speaks to programs as well; this is for a person who had signed in.
  return Response.json({ detail: 'Your session has ended. Sign in, and do it again.' }, { status: 401 })
}

/**
 * `expected`: the version that was read; when somebody else has changed the thing since, the API refuses the write.
 * `once`: sent again with the same, it is done no second time.
 */
type CallContext = { expected?: number; once?: string }

const link = new OpenAPILink<CallContext>(contract, {
  url: () => `${location.origin}/api`,
  headers: ({ context: { expected, once } = {} }) => ({
    ...(expected === undefined ? {} : { 'if-match': `"v${expected}"` }),
    ...(once === undefined ? {} : { 'idempotency-key': once }),
  }),
  interceptors: [
    async ({ next }) => {
      await turn()
      return next()
    },
  ],
  fetch: fetchProblem,
  customErrorResponseBodyDecoder: decodeProblem,
})

/** The API, typed by the contract: `await api.desk.resolve({…})`. */
export const api: ContractRouterClient<typeof contract, CallContext> = createORPCClient(link)

/** Options for TanStack Query: `useQuery(query.desk.get.queryOptions({input}))`; `query.desk.key()` to invalidate. */
export const query = createTanstackQueryUtils(api)

/** For the addresses beside the contract (signing in and out): the answer's JSON, errors as everywhere. */
export const plain = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> => {
  const init =
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await fetchProblem(new Request(new URL(path, location.origin), init))
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw decodeProblem(answer, response)
  return answer
}

/** Reads what is text, beside the contract. */
export const plainText = async (path: string): Promise<string> => {
  const response = await fetchProblem(new Request(new URL(path, location.origin)))
  if (!response.ok) throw decodeProblem(await response.json().catch(() => undefined), response)
  return response.text()
}

/** Sends a file as it is; fetch would not tell how far it is. */
export const uploadFile: Upload = (file, { progress, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', attachmentPaths.upload(file.name))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      if (request.status === 201) return resolve(request.response)
      if (request.status === 401) tellSignedOut()
      reject(decodeProblem(request.response, request))
    }
    request.onerror = () => reject(new Error('It did not get through. Take it out and try again.'))
    request.onabort = () => reject(new Error('It was stopped.'))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
