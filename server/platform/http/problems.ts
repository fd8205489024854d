import { ORPCError } from '@orpc/server'
import { diskOf, isFull } from '../disk.ts'
import { AppError, type ErrorCode, errorCodes, isDatabaseAway, isDiskFull, isTooSlow, isUnstorable } from '../errors.ts'
import { invalidInput } from '../parse.ts'

/** RFC 9457 problem details, with `fields` for what the caller can mend. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  fields?: { field: string; problem: string }[]
  requestId?: string
}

export const problemMedia = 'application/problem+json'

export const problemOf = (error: AppError, requestId?: string): Problem => ({
  type: `/api/docs#${error.code}`,
  title: errorCodes[error.code].title,
  status: errorCodes[error.code].status,
  detail: error.message,
  code: error.code,
  ...(error.fields.length > 0 ? { fields: error.fields } : {}),
  ...(requestId ? { requestId } : {}),
})

const diskFull =
  'The disk of the database is full, so nothing can be kept. Nothing was done; it goes on by itself once an administrator has made room.'

/** A database that is away because the disk is full says so: only then is there something to do about it. */
export const withCause = async (error: AppError, dataDir: string): Promise<AppError> => {
  if (error.code !== 'unavailable' || !isDatabaseAway(error.cause)) return error
  const disk = await diskOf(dataDir)
  return disk && isFull(disk)
    ? new AppError('unavailable', diskFull, { retryAfterSeconds: 30, cause: error.cause })
    : error
}

/** Whatever was thrown, as an error that a caller may read. What is our own fault says nothing of the inside. */
export const asAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (error instanceof ORPCError) return fromOrpc(error)
  if (isDiskFull(error)) return new AppError('unavailable', diskFull, { retryAfterSeconds: 30, cause: error })
  if (isDatabaseAway(error)) {
    return new AppError(
      'unavailable',
      'The database is away for the moment. Nothing was done; try again in a few seconds.',
      { retryAfterSeconds: 5, cause: error },
    )
  }
  if (isTooSlow(error))
    return new AppError('unavailable', 'The database took too long. Nothing was done; try again in a few seconds.', {
      retryAfterSeconds: 5,
      cause: error,
    })
  if (isUnstorable(error))
    return new AppError('invalid_input', 'A text has a character in it that cannot be kept (NUL). Take it out.', {
      cause: error,
    })
  return (
    fromFastify(error) ??
    new AppError('internal', 'Something failed on our side. It was logged with the id of this request.', {
      cause: error,
    })
  )
}

const fromOrpc = (error: ORPCError<string, unknown>): AppError => {
  if (error.cause instanceof AppError) return error.cause
  const data = error.data as { issues?: { path?: PropertyKey[]; message: string }[] } | undefined
  if (error.code === 'BAD_REQUEST' && data?.issues) return invalidInput(data.issues)
  if (error.code === 'BAD_REQUEST')
    return new AppError('bad_request', 'The body or the address of this request cannot be read.')
  if (error.code === 'NOT_FOUND')
    return new AppError('not_found', 'There is no such address in this API; see /api/docs.')
  if (error.cause && isDatabaseAway(error.cause)) return asAppError(error.cause)
  return new AppError('internal', 'Something failed on our side. It was logged with the id of this request.', {
    cause: error.cause ?? error,
  })
}

const fromFastify = (error: unknown): AppError | null => {
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413)
    return new AppError('too_large', 'The body is larger than this address takes.')
  if (statusCode === 415) return new AppError('unsupported_media', 'Send JSON, with Content-Type: application/json.')
  if (statusCode === 429) return new AppError('too_many', 'Too many requests; wait as long as Retry-After says.')
  if (statusCode === 400) return new AppError('bad_request', 'The body is not JSON that can be read.')
  return null
}
