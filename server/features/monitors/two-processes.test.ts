import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchDatabase } from '../../../test/harness/database.ts'
import { startHttpTarget } from '../../../test/harness/http-target.ts'
import { adminKey, type ServerProcess, startServer } from '../../../test/harness/process.ts'
import { createDb, createPool, type Db } from '../../platform/db/pool.ts'
import { createLog } from '../../platform/log.ts'

let database: Awaited<ReturnType<typeof scratchDatabase>>
let db: Db
let target: Awaited<ReturnType<typeof startHttpTarget>>
let servers: ServerProcess[] = []
beforeAll(async () => {
  database = await scratchDatabase()
  db = createDb(createPool(database.url, 2, createLog('silent')))
  target = await startHttpTarget()
  const env = { DATABASE_URL: database.url, ADMIN_API_KEY: adminKey }
  servers = await Promise.all([startServer(env), startServer(env)])
  await Promise.all(servers.map((s) => s.ready()))
})
afterAll(async () => {
  await Promise.all(servers.map((s) => s.kill('SIGKILL')))
  await db.destroy()
  await target.stop()
  await database.drop()
})

/** How many shards each process holds, by its id. */
const held = async () => {
  const rows = await db
    .selectFrom('shard_leases')
    .select((eb) => ['process', eb.fn.countAll<number>().as('n')])
    .where('process', 'is not', null)
    .groupBy('process')
    .execute()
  return new Map(rows.map((r) => [r.process ?? '', r.n]))
}
const until = async <T>(what: string, ms: number, test: () => Promise<T | null>): Promise<T> => {
  const started = performance.now()
  for (;;) {
    const found = await test()
    if (found !== null) return found
    if (performance.now() - started > ms) throw new Error(`${what}: not within ${ms} ms`)
    await pause(100)
  }
}
const looksSince = async (at: Temporal.Instant) =>
  db.selectFrom('results').select(['monitor_id', 'at']).where('at', '>', at).orderBy('at').execute()

describe('two processes on one database', () => {
  it('share the monitors; when one is killed the other goes on with all of them', { timeout: 60_000 }, async () => {
    const [a, b] = servers as [ServerProcess, ServerProcess]
    for (let i = 0; i < 12; i++) {
      const made = await a.api('POST', '/monitors', {
        name: `Monitor ${i}`,
        kind: 'http',
        config: { address: target.url, timeoutSeconds: 2 },
        intervalSeconds: 5,
      })
      expect(made.status).toBe(201)
    }
    const shares = await until('both have their share', 15_000, async () => {
      const now = await held()
      return now.size === 2 && [...now.values()].every((n) => n === 32) ? now : null
    })
    await b.kill('SIGKILL')
    const killed = Temporal.Now.instant()
    const started = performance.now()
    await until('the other has all', 15_000, async () => {
      const now = await held()
      return now.size === 1 && [...now.values()][0] === 64 ? now : null
    })
    expect(shares.size).toBe(2)
    const all = await until('each is looked at again', 7_000, async () => {
      const ids = new Set((await looksSince(killed)).map((l) => l.monitor_id))
      return ids.size === 12 ? ids : null
    })
    expect(all.size).toBe(12)
    expect((performance.now() - started) / 1000).toBeLessThan(20)
    // Two that look at the same monitor have the same turns. The first look of all comes at once and out of turn.
    const turns = Map.groupBy(await looksSince(Temporal.Instant.fromEpochMilliseconds(0)), (l) => l.monitor_id)
    for (const looks of turns.values()) {
      const times = looks.slice(1).map((l) => l.at.epochMilliseconds)
      for (const [i, at] of times.entries()) if (i > 0) expect(at - (times[i - 1] ?? 0)).toBeGreaterThan(2_500)
    }
    const states = await db.selectFrom('monitor_states').select('state').execute()
    expect(states.map((s) => s.state)).toEqual(Array(12).fill('up'))
  })
})
