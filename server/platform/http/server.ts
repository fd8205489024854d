import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { AppError, errorCodes } from '../errors.ts'
import type { Platform } from '../platform.ts'
import type { Callers } from './callers.ts'
import { loggedPath } from './logged-path.ts'
import { asAppError, problemMedia, problemOf, withCause } from './problems.ts'
import { cutSlowBodies } from './slow-bodies.ts'

const BODY_LIMIT = 1_000_000

/** A file over a slow line; other bodies have half a minute, see slow-bodies.ts. */
const LONGEST_UPLOAD_MS = 20 * 60_000

const REQUESTS_A_MINUTE = 3_000

const contentSecurity = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
}

/** Fastify with what every route shares: ids, one log line a request, errors as problem details. */
export const createHttp = (platform: Platform): FastifyInstance => {
  const app = Fastify({
    loggerInstance: platform.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    // What is logged names the id of its request; a logger for each would cost more than the lines.
    childLoggerFactory: (logger) => logger,
    // What is under way is answered before the stop.
    forceCloseConnections: 'idle',
    // It harms no open stream, whose request ends at once.
    requestTimeout: LONGEST_UPLOAD_MS,
    routerOptions: { maxParamLength: 500 },
    trustProxy: platform.config.TRUST_PROXY ?? false,
  })
  cutSlowBodies(app)
  // Without a promise each: these are run ten thousand times a second.
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('x-request-id', request.id)
    next()
  })
  app.addHook('onResponse', (request, reply, next) => {
    const route = request.routeOptions.url ?? 'none'
    platform.metrics.http.observe(
      { route, method: request.method, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
    // The path without its query, and nothing of one that leads to a secret: keys and tokens of mails travel there.
    const line = {
      id: request.id,
      method: request.method,
      path: route.includes(':') ? route : loggedPath(request.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    platform.log[reply.statusCode >= 500 ? 'warn' : 'info'](line, 'request')
    next()
  })
  app.setErrorHandler(async (error, request, reply) => {
    const mapped = await withCause(asAppError(error), platform.config.DATA_DIR)
    if (mapped.code === 'internal') platform.log.error({ err: error, id: request.id }, 'a request failed on our side')
    if (mapped.retryAfterSeconds) reply.header('retry-after', String(mapped.retryAfterSeconds))
    return reply.code(errorCodes[mapped.code].status).type(problemMedia).send(problemOf(mapped, request.id))
  })
  return app
}

/** What the pages and the API have beside it: cookies, security headers, a limit for each caller. */
export const serveBrowsers = async (scope: FastifyInstance, { config }: Platform, callers: Callers): Promise<void> => {
  await scope.register(cookie)
  await scope.register(helmet, {
    contentSecurityPolicy: contentSecurity,
    hsts: config.BASE_URL?.startsWith('https:') ?? false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  // Per key or session where there is one, else per address. Sign-in has a limit of its own.
  await scope.register(rateLimit, {
    max: REQUESTS_A_MINUTE,
    timeWindow: '1 minute',
    keyGenerator: (request) => callers.of(request),
    // By the route that it met: an address can be written in many ways.
    allowList: (request) => !request.routeOptions.url?.startsWith('/api/'),
    enableDraftSpec: true,
  })
  scope.setNotFoundHandler(async () => {
    throw new AppError('not_found', 'There is nothing at this address.')
  })
}
