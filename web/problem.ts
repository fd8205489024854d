import { ORPCError } from '@orpc/client'

/** What the API says about a field: its path ('config.url') and a sentence. */
export type FieldProblem = { field: string; problem: string }

type Problem = { title?: unknown; detail?: unknown; code?: unknown; fields?: unknown }

const isFieldProblem = (one: unknown): one is FieldProblem =>
  typeof one === 'object' &&
  one !== null &&
  'field' in one &&
  typeof one.field === 'string' &&
  'problem' in one &&
  typeof one.problem === 'string'

/** An RFC 9457 problem as an error whose message is its sentence; what is no problem (a proxy's page) gets one of ours. */
export const decodeProblem = (
  body: unknown,
  response: { status: number },
): ORPCError<string, { fields: readonly FieldProblem[] }> => {
  const { title, detail, code, fields }: Problem = typeof body === 'object' && body !== null ? body : {}
  const sentence = [detail, title].find((one): one is string => typeof one === 'string' && one !== '')
  return new ORPCError(typeof code === 'string' ? code : `http_${response.status}`, {
    status: response.status,
    message: sentence ?? `The server answered with status ${response.status} and did not say why.`,
    data: { fields: Array.isArray(fields) ? fields.filter(isFieldProblem) : [] },
  })
}

/** The HTTP status of an error from the API; undefined when the server was not reached. */
export const statusOf = (error: unknown): number | undefined => (error instanceof ORPCError ? error.status : undefined)

/** Sentences by path for a form; `below` cuts the name of the part that the form edits ('config'). */
export const problemsOf = (error: unknown, below = ''): Record<string, string> => {
  const fields: readonly FieldProblem[] =
    error instanceof ORPCError ? ((error.data as { fields?: readonly FieldProblem[] } | undefined)?.fields ?? []) : []
  const cut = below ? `${below}.` : ''
  return Object.fromEntries(
    fields.filter(({ field }) => field.startsWith(cut)).map(({ field, problem }) => [field.slice(cut.length), problem]),
  )
}

/**
 * `fetch` for the API's client: it reads only application/json, so a problem's media type is relabelled; a server that
 * is not reached becomes a sentence; and each answer tells the server's time.
 */
export const problemFetch =
  (learnTime: (serverMillis: number) => void, through: typeof fetch = fetch) =>
  async (request: Request, init?: RequestInit): Promise<Response> => {
    const response = await through(request, init).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      throw new Error('The server does not answer. What you see may be old; it is tried again by itself.', {
        cause: error,
      })
    })
    const date = response.headers.get('date')
    if (date) learnTime(Date.parse(date))
    if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return response
    const headers = new Headers(response.headers)
    headers.set('content-type', 'application/json')
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
  }
