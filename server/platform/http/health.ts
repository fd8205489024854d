import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Platform } from '../platform.ts'

const DATABASE_ANSWER_MS = 2_000

/** /healthz: the process turns. /readyz: it can do its work. /metrics: for Prometheus. */
export const mountHealth = (app: FastifyInstance, platform: Platform, stopping: () => boolean): void => {
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const ready = !stopping() && (await databaseAnswers(platform))
    return reply
      .code(ready ? 200 : 503)
      .send({ ok: ready, ...(ready ? {} : { why: stopping() ? 'stopping' : 'the database does not answer' }) })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(platform.metrics.registry.contentType).send(await platform.metrics.registry.metrics()),
  )
}

const databaseAnswers = async (platform: Platform): Promise<boolean> => {
  const late = new Promise<false>((resolve) => setTimeout(resolve, DATABASE_ANSWER_MS, false).unref())
  const answer = sql`select 1`.execute(platform.db).then(
    () => true,
    () => false,
  )
  return Promise.race([answer, late])
}
