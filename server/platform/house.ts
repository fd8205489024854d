import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { AnyRouter } from '@orpc/server'
import type { FastifyInstance } from 'fastify'
import type { Net } from '../../checks/lib/net.ts'
import { mountBackup } from './backup/http.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Crypto } from './crypto.ts'
import { maintainPartitions } from './db/partitions.ts'
import { type Connection, createDb, createPool } from './db/pool.ts'
import { createDoorbell } from './doorbell.ts'
import { createFeed, type Feed } from './feed.ts'
import { housekeeping, partitioned } from './housekeeping.ts'
import { type Authenticate, mountApi } from './http/api.ts'
import { type Callers, createCallers } from './http/callers.ts'
import { mountDocs } from './http/docs.ts'
import { mountHealth } from './http/health.ts'
import { createHttp, serveBrowsers } from './http/server.ts'
import { mountStream } from './http/stream.ts'
import { mountWeb } from './http/web.ts'
import { createLog, type Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { startPeriodic } from './periodic.ts'
import type { Platform } from './platform.ts'
import { createRegistry, type Feature, type Running } from './registry-of-work.ts'
import { createStore } from './store.ts'
import { createWorker, POOL_SIZE, type Worker } from './worker.ts'

/** Of a stop; the whole of it has ten seconds. */
const ANSWER_WITHIN_MS = 5_000

export type Plan = {
  features: readonly Feature[]
  router: AnyRouter
  authenticate(platform: Platform): Authenticate
  /** The API's document as JSON; without it there is no reference page. */
  openApi?(): Promise<string>
}

export type House = {
  platform: Platform
  http: FastifyInstance
  worker: Worker
  feed: Feed
  /** Makes partitions and first turns of periodic work; part of `start`. */
  prepare(): Promise<void>
  /** Starts the roles of the configuration. */
  start(): Promise<void>
  listen(): Promise<string>
  /** Long-running parts of the features, once started. */
  running: Running[]
  /** Stops taking in, finishes what is under way, closes the connections. */
  stop(): Promise<void>
}

/** Puts the platform together for one process on a migrated database. */
export const createHouse = async (
  plan: Plan,
  given: { config: Config; connection: Connection; crypto: Crypto; net: Net; clock?: Clock; log?: Log },
): Promise<House> => {
  const { config } = given
  const log = given.log ?? createLog(config.LOG_LEVEL)
  const pool = createPool(given.connection, POOL_SIZE, log)
  const db = createDb(pool)
  const platform: Platform = {
    process: randomUUID(),
    db,
    pool,
    clock: given.clock ?? systemClock(),
    config,
    crypto: given.crypto,
    log,
    metrics: createMetrics(),
    net: given.net,
    store: createStore(join(config.DATA_DIR, 'files')),
    registry: createRegistry([housekeeping, ...plan.features]),
    committed() {
      worker.wake()
      feed.wake()
      doorbell.ring()
    },
    moved(subjects) {
      feed.tell(subjects)
      doorbell.tell(subjects)
    },
  }
  const worker = createWorker(platform)
  const feed = createFeed(db, log)
  const doorbell = createDoorbell(given.connection, log, (moved) => {
    worker.wake()
    feed.wake()
    if (moved.length > 0) feed.tell(moved)
  })
  const running: Running[] = []
  let stopping = false

  const http = createHttp(platform)
  if (config.ROLES.includes('web')) for (const f of plan.features) await f.intake?.(http, platform)
  await http.register(async (scope) => {
    const callers = createCallers()
    await serveBrowsers(scope, platform, callers)
    mountHealth(scope, platform, () => stopping)
    if (config.ROLES.includes('web')) await mountAll(plan, scope, platform, feed, callers)
  })

  const prepare = async () => {
    await db.transaction().execute((tx) => maintainPartitions(tx, partitioned, platform.clock.now()))
    await startPeriodic(platform)
  }

  return {
    platform,
    http,
    worker,
    feed,
    running,
    prepare,
    async start() {
      await prepare()
      doorbell.start()
      await feed.start()
      if (!config.ROLES.includes('worker')) return
      worker.start()
      for (const f of plan.features) if (f.start) running.push(await f.start(platform))
    },
    listen: () => http.listen({ port: config.PORT, host: config.HOST }),
    async stop() {
      if (stopping) return
      stopping = true
      await closeSoon(http)
      await Promise.all(running.map((r) => r.stop()))
      await worker.stop()
      await feed.stop()
      await doorbell.stop()
      await db.destroy()
    },
  }
}

/** What a process of the role `web` answers. A worker tells its health alone. */
const mountAll = async (plan: Plan, http: FastifyInstance, platform: Platform, feed: Feed, callers: Callers) => {
  const whoIs = plan.authenticate(platform)
  const authenticate: Authenticate = async (request) => {
    const actor = await whoIs(request)
    callers.learn(request, actor)
    return actor
  }
  mountStream(http, platform, feed, authenticate)
  mountBackup(http, platform, authenticate)
  if (plan.openApi) await mountDocs(http, plan.openApi)
  mountApi(
    http,
    platform,
    plan.router,
    authenticate,
    plan.features.flatMap((f) => f.bodies ?? []),
  )
  for (const f of plan.features) await f.mount?.(http, platform, authenticate)
  await mountWeb(http, platform.config.WEB_DIST)
}

/** Takes no more requests, answers those that are under way, and cuts off what is still not answered after a while. */
const closeSoon = async (http: FastifyInstance): Promise<void> => {
  // A connection that was answered meanwhile would be kept for the next request.
  const idle = setInterval(() => http.server.closeIdleConnections(), 50)
  const cut = setTimeout(() => http.server.closeAllConnections(), ANSWER_WITHIN_MS)
  await http.close()
  clearInterval(idle)
  clearTimeout(cut)
}
