import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Reads its body as it comes, and keeps its own time. */
    streams?: boolean
  }
}

/** For the whole body of a request that is not a file: whoever sends it slower holds a connection for nothing. */
const MOST_MS = 30_000
const LOOK_EVERY_MS = 5_000

/** Ends connections whose request is not in after half a minute; files may take as long as the server's time-out. */
export const cutSlowBodies = (app: FastifyInstance): void => {
  const coming = new Map<IncomingMessage, number>()
  app.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request.raw) && !request.routeOptions.config?.streams) coming.set(request.raw, performance.now())
    done()
  })
  app.addHook('preHandler', (request, _reply, done) => {
    coming.delete(request.raw)
    done()
  })
  for (const hook of ['onResponse', 'onRequestAbort', 'onTimeout'] as const)
    app.addHook(hook, (request: { raw: IncomingMessage }, ...rest: unknown[]) => {
      coming.delete(request.raw)
      ;(rest.at(-1) as () => void)()
    })
  const timer = setInterval(() => {
    const late = performance.now() - MOST_MS
    for (const [request, since] of coming) if (since < late) request.destroy()
  }, LOOK_EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
