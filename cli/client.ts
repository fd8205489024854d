import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { contract } from '../contract/index.ts'
import { apiKey, configFile, serverUrl } from './settings.ts'
import { whileWaiting } from './waiting.ts'

export type Client = ContractRouterClient<typeof contract>

/** What the user did wrong or must do; shown as it is, without a stack. */
export class CliError extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** 0 done, 1 refused or failed, 2 wrong usage, 3 the server is out of reach, 4 not signed in or not permitted. */
export const exitCodes = { failed: 1, usage: 2, unreachable: 3, forbidden: 4 } as const

type Problem = { title?: string; detail?: string; status?: number; code?: string }

// The client library reads bodies of application/json alone; problem details are JSON under another name.
const relabelled = async (request: Request, init: object): Promise<Response> => {
  const response = await fetch(request, init)
  if (!response.headers.get('content-type')?.includes('problem+json')) return response
  const headers = new Headers(response.headers)
  headers.set('content-type', 'application/json')
  return new Response(response.body, { status: response.status, headers })
}

/** The API, typed by the contract. */
export const createClient = (): Client => {
  const key = apiKey()
  const link = new OpenAPILink(contract, {
    url: `${serverUrl()}/api`,
    headers: () => (key ? { authorization: `Bearer ${key}` } : {}),
    fetch: (request, init) => whileWaiting(() => relabelled(request, init)),
    customErrorResponseBodyDecoder: (body) => {
      const problem = body as Problem
      return new ORPCError(problem.code ?? 'INTERNAL_SERVER_ERROR', {
        status: problem.status ?? 500,
        message: problem.detail ?? problem.title ?? '',
      })
    },
  })
  return createORPCClient(link)
}

/** What the API sends beside the contract, as its bytes come. */
export const getRaw = async (path: string): Promise<ReadableStream<Uint8Array>> => {
  const key = apiKey()
  const answer = await fetch(`${serverUrl()}${path}`, { headers: key ? { authorization: `Bearer ${key}` } : {} })
  if (answer.ok && answer.body) return answer.body
  const problem = (await answer.json().catch(() => ({}))) as Problem
  throw asCliError(
    new ORPCError(problem.code ?? 'INTERNAL_SERVER_ERROR', {
      status: answer.status,
      message: problem.detail ?? problem.title ?? `The server answered with ${answer.status}.`,
    }),
  )
}

const codeOf: Record<number, number> = {
  403: exitCodes.forbidden,
  502: exitCodes.unreachable,
  503: exitCodes.unreachable,
}

/** Turns what went wrong into a sentence and an exit code. */
export const asCliError = (error: unknown): CliError => {
  if (error instanceof CliError) return error
  if (error instanceof ORPCError) {
    if (error.status === 401)
      return new CliError(
        apiKey()
          ? `${serverUrl()} does not accept the key that was sent: it is mistyped, was revoked, or is of another Watchfloor. It stands in WATCHFLOOR_API_KEY or ${configFile()}.`
          : `${serverUrl()} wants a key: set WATCHFLOOR_API_KEY, or write "apiKey" into ${configFile()}.`,
        exitCodes.forbidden,
      )
    return new CliError(error.message, codeOf[error.status] ?? exitCodes.failed)
  }
  if (error instanceof TypeError && /fetch failed|Invalid URL|Failed to parse URL/.test(error.message)) {
    return new CliError(
      `No Watchfloor answers at ${serverUrl()}. Start it with npm start, or set WATCHFLOOR_URL.`,
      exitCodes.unreachable,
    )
  }
  return new CliError(error instanceof Error ? error.message : String(error))
}
