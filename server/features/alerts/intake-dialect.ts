import type { FastifyInstance } from 'fastify'
import { errorCodes } from '../../platform/errors.ts'
import { asAppError } from '../../platform/http/problems.ts'
import { decode, plainHeaders, readBytes, takeAsBytes, unpack } from '../../platform/http/raw-body.ts'
import { newId } from '../../platform/ids.ts'
import { type Dialect, SourceError, type SourceKind } from './define-source.ts'
import type { IntakeDesk } from './intake-desk.ts'

/**
 * The addresses that other products have, for what can be told another host and nothing more. The key stands in the
 * body, so that is read first; what has no valid key belongs to no source and is not kept.
 */
export const mountDialects = async (
  http: FastifyInstance,
  desk: IntakeDesk,
  kinds: Iterable<SourceKind>,
): Promise<void> => {
  for (const kind of kinds) {
    const { dialect } = kind
    if (!dialect) continue
    await http.register(async (scope) => {
      readBytes(scope, dialect.mostBytes)
      scope.addHook('onRequest', async (request) => {
        desk.refuseOverload()
        takeAsBytes(request)
      })
      scope.setErrorHandler(async (error, request, reply) => {
        const { status, body, retryAfterSeconds } = refusalOf(dialect, error)
        if (status >= 500) request.log.error({ err: error, id: request.id }, 'an event could not be taken')
        if (retryAfterSeconds) reply.header('retry-after', String(retryAfterSeconds))
        return reply.code(status).send(body)
      })
      for (const path of dialect.paths)
        scope.post(path, { bodyLimit: dialect.mostBytes }, async (request, reply) => {
          const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
          const contentType = request.contentType ?? ''
          const headers = plainHeaders(request)
          const text = decode(await unpack(raw, headers['content-encoding']), contentType)
          const caller = await desk.admit(dialect.keyOf(text), kind.kind)
          const { signals } = await desk.take(caller, { raw, text, contentType, headers, path }, newId())
          const { status, body } = dialect.accepted(signals, path)
          return reply.code(status).send(body)
        })
    })
  }
}

const refusalOf = (dialect: Dialect, error: unknown) => {
  if (error instanceof SourceError || error instanceof SyntaxError)
    return { ...dialect.unreadable(error), retryAfterSeconds: undefined }
  const { code, message, retryAfterSeconds } = asAppError(error)
  return { ...dialect.refused({ status: errorCodes[code].status, message }), retryAfterSeconds }
}
