import { OpenAPIHandler } from '@orpc/openapi/fastify'
import type { AnyRouter } from '@orpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, requireScope } from '../access.ts'
import { AppError } from '../errors.ts'
import type { Platform } from '../platform.ts'
import type { LargeBody } from '../registry-of-work.ts'
import { type RequestContext, workOf } from './request.ts'

export type Authenticate = (request: FastifyRequest) => Promise<Actor>

type Handled = RequestContext & { failure?: { error: unknown } }

/** Mounts the contract's handlers under /api. What they throw goes on to Fastify's error handler: errors are mapped in one place. */
export const mountApi = (
  app: FastifyInstance,
  platform: Platform,
  router: AnyRouter,
  authenticate: Authenticate,
  large: readonly LargeBody[] = [],
): void => {
  const handler = new OpenAPIHandler<Handled>(router, {
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next()
        } catch (error) {
          context.failure = { error }
          return { matched: false, response: undefined }
        }
      },
    ],
    clientInterceptors: [
      async ({ next, context, procedure }) => {
        // The contract's own check of the input comes before the verb's of the permission; who may not is told that first.
        const work = workOf(procedure['~orpc'].handler)
        if (work && context.actor.kind !== 'link') requireScope(context.actor, work.permission)
        return next()
      },
    ],
  })
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const context: Handled = {
      platform,
      actor: await authenticate(request),
      requestId: request.id,
      header: (name) => {
        const value = request.headers[name]
        return Array.isArray(value) ? value[0] : value
      },
      setHeader: (name, value) => void reply.header(name, value),
    }
    const { matched } = await handler.handle(request, reply, { prefix: '/api', context })
    if (matched) return reply
    if (context.failure) throw context.failure.error
    throw new AppError(
      'not_found',
      `There is no ${request.method} ${request.url.split('?')[0]} in this API; see /api/docs.`,
    )
  }
  app.all('/api/*', answer)
  for (const { path, permission, mostBytes } of large)
    for (const url of [`/api${path}`, `/api${path}/*`])
      app.post(
        url,
        {
          bodyLimit: mostBytes,
          // Who may not is refused before anything of it is taken in.
          onRequest: async (request) => void requireScope(await authenticate(request), permission),
        },
        answer,
      )
}
