import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Net } from '../../checks/lib/net.ts'
import type { Actor } from '../../server/platform/access.ts'
import { type PushedClock, pushedClock } from '../../server/platform/clock.ts'
import { readConfig } from '../../server/platform/config.ts'
import { createCrypto } from '../../server/platform/crypto.ts'
import { createHouse, type House, type Plan } from '../../server/platform/house.ts'
import { createLog } from '../../server/platform/log.ts'
import { ask, type Query } from '../../server/platform/query.ts'
import { execute, type Verb } from '../../server/platform/verb.ts'
import { scratchDatabase } from './database.ts'
import { partitionsAt } from './prepared.ts'
import { pushTo, settle } from './push.ts'

export type TestHouse = House & {
  clock: PushedClock
  databaseUrl: string
  settle(): Promise<void>
  /** Pushes the clock: `{ minutes: 20 }`. */
  advance(by: Temporal.DurationLike): Promise<void>
  /** Hours or days pass at once, and what was due meanwhile is late: walking through every minute takes long. */
  jump(by: Temporal.DurationLike): Promise<void>
  execute<S extends z.ZodType, O>(
    v: Verb<S, O>,
    actor: Actor,
    input: z.input<S>,
    more?: { expected?: number; idempotencyKey?: string },
  ): Promise<O>
  ask<S extends z.ZodType, O>(q: Query<S, O>, actor: Actor, input: z.input<S>): Promise<O>
  close(): Promise<void>
}

const noNet = new Proxy({}, { get: () => () => Promise.reject(new Error('This test house was given no net.')) }) as Net

/** A house of its own on a database of its own, with a clock that stands still until it is pushed. Its workers do not run by themselves. */
export const testHouse = async (
  plan: Plan,
  given: {
    start?: string
    env?: Record<string, string>
    net?: Net
    /** The way to the database, such as a proxy that can be cut. */
    through?: (databaseUrl: string) => Promise<string>
    /** Instead of an empty one. */
    database?: { url: string; drop(): Promise<void> }
    secretKey?: string
    secretKeyBefore?: string
  } = {},
): Promise<TestHouse> => {
  const dataDir = join(tmpdir(), `wf-house-${crypto.randomUUID()}`)
  const clock = pushedClock(given.start ?? '2026-11-23T07:00:00Z')
  const database = given.database ?? (await scratchDatabase(partitionsAt(clock.now())))
  const config = readConfig({
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    PORT: '0',
    DATA_DIR: dataDir,
    BASE_URL: 'http://localhost:9282',
    ...given.env,
  })
  const house = await createHouse(plan, {
    config,
    connection: given.through ? await given.through(database.url) : database.url,
    crypto: createCrypto(given.secretKey ?? randomBytes(32).toString('hex'), given.secretKeyBefore),
    net: given.net ?? noNet,
    clock,
    log: createLog(config.LOG_LEVEL),
  })
  await prepare(house, plan)
  return {
    ...house,
    clock,
    databaseUrl: database.url,
    settle: () => settle(house),
    advance: (by) => pushTo(house, clock, clock.now().add(by)),
    jump: (by) => {
      clock.set(clock.now().add(by))
      return settle(house)
    },
    execute: (v, actor, input, more) =>
      execute(house.platform, v, {
        actor,
        input,
        expected: more?.expected ?? null,
        idempotencyKey: more?.idempotencyKey ?? null,
      }),
    ask: (q, actor, input) => ask(house.platform, q, { actor, input }),
    async close() {
      await house.stop()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

// As House.start does, but for the timers of real time: tests push the worker and the feed by hand.
const prepare = async (house: House, plan: Plan) => {
  await house.prepare()
  for (const f of plan.features)
    if (f.start && house.platform.config.ROLES.includes('worker')) house.running.push(await f.start(house.platform))
}
