/**
 * Every error that a caller can meet, once: code → HTTP status and title. Mapped to RFC 9457 problem details in
 * http/problems.ts and nowhere else. `detail` says what was wrong with which field and what to do.
 */
export const errorCodes = {
  bad_request: { status: 400, title: 'The request cannot be read' },
  invalid_input: { status: 422, title: 'Some fields need to be mended' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not permitted' },
  not_found: { status: 404, title: 'There is no such thing, or you may not see it' },
  conflict: { status: 409, title: 'Somebody or something was faster' },
  stale: { status: 412, title: 'It has changed since you read it' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media: { status: 415, title: 'This kind of content is not read here' },
  too_many: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something failed on our side' },
  no_room: { status: 507, title: 'No room on the disk' },
  unavailable: { status: 503, title: 'Not available for the moment' },
} as const

export type ErrorCode = keyof typeof errorCodes
export type FieldProblem = { field: string; problem: string }

export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldProblem[]
  readonly retryAfterSeconds: number | undefined
  constructor(
    code: ErrorCode,
    detail: string,
    more: { fields?: FieldProblem[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause })
    this.name = 'AppError'
    this.code = code
    this.fields = more.fields ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

export const notFound = (what: string) => new AppError('not_found', `${what} was not found, or you may not see it.`)
export const conflict = (detail: string) => new AppError('conflict', detail)
export const invalid = (field: string, problem: string) =>
  new AppError('invalid_input', `${field}: ${problem}`, { fields: [{ field, problem }] })

const away = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]

/**
 * PostgreSQL and socket errors that mean "the database is away", not "the statement is wrong". 25006: at a fail-over one
 * may be led to a server that only reads yet.
 */
export const isDatabaseAway = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string') {
    if (/^(08|57P0[1-5]|53|25006)/.test(code)) return true
    return away.includes(code)
  }
  const message = error instanceof Error ? error.message : ''
  return /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/i.test(
    message,
  )
}

/** PostgreSQL's own word for a disk without room (53100). */
export const isDiskFull = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '53100'

/** A lock or a statement that took longer than the pool allows (55P03, 57014): nothing was done, and it may pass later. */
export const isTooSlow = (error: unknown): boolean =>
  ['55P03', '57014'].includes(String((error as { code?: unknown } | null)?.code ?? ''))

/** A character that PostgreSQL keeps in no text, such as NUL (22021, 22P05): the caller sent it. */
export const isUnstorable = (error: unknown): boolean =>
  ['22021', '22P05'].includes(String((error as { code?: unknown } | null)?.code ?? ''))

/** Serialization failure or deadlock: the same transaction may well pass when tried again. */
export const isRetryable = (error: unknown): boolean =>
  ['40001', '40P01'].includes(String((error as { code?: unknown } | null)?.code ?? ''))
