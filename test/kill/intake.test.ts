import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { World } from '../../dev/seed/index.ts'
import { createDb, createPool, type Db } from '../../server/platform/db/pool.ts'
import { createLog } from '../../server/platform/log.ts'
import { type ScratchDatabase, scratchDatabase } from '../harness/database.ts'
import { adminKey, type ServerProcess, startServer } from '../harness/process.ts'
import { seededBank, seededSecret } from '../harness/seeded.ts'

/** Events and pings while the program is killed between taking them in and answering, and started again. */

const KILLS = 3
const SENDERS = 12

let database: ScratchDatabase<World>
let db: Db
let server: ServerProcess
let env: Record<string, string>
const start = async () => {
  server = await startServer(env)
  await server.ready()
}
beforeAll(async () => {
  database = await scratchDatabase(seededBank())
  db = createDb(createPool(database.url, 2, createLog('silent')))
  env = { DATABASE_URL: database.url, SECRET_KEY: seededSecret }
})
afterAll(async () => {
  await server?.kill()
  await db.destroy()
  await database.drop()
})

/** As tools do: again until it is answered with success. Answers how often it was tried. */
const insist = async (path: string, request: RequestInit): Promise<number> => {
  for (let tries = 1; ; tries++) {
    const status = await fetch(`${server.url}${path}`, { ...request, signal: AbortSignal.timeout(5_000) }).then(
      async (answer) => {
        await answer.text()
        return answer.status
      },
      () => 0,
    )
    if (status >= 200 && status < 300) return tries
    if (status >= 400 && status < 500 && status !== 429) throw new Error(`${path} was answered with ${status}.`)
    await pause(20)
  }
}

it('nothing that was answered is lost, and what is sent again under its key is one alert and one ping', async () => {
  await start()
  const { id } = (
    await server.api('POST', '/jobs', {
      name: 'Ticks',
      schedule: { kind: 'period', seconds: 86_400 },
      pingsPerSecond: 10_000,
    })
  ).body as { id: string }
  const keys: string[] = []
  let over = false
  let repeats = 0
  const sender = async (name: number) => {
    for (let n = 0; !over; n++) {
      const key = `batch-${name}/${n}`
      const ping = crypto.randomUUID()
      const event = {
        routing_key: adminKey,
        event_action: 'trigger',
        dedup_key: key,
        payload: { summary: key, source: 'sched01', severity: 'info' },
      }
      const tries = await Promise.all([
        insist('/v2/enqueue', { method: 'POST', body: JSON.stringify(event) }),
        insist(`/ping/${id}/log?id=${ping}`, { method: 'POST', body: key }),
      ])
      repeats += tries.filter((one) => one > 1).length
      keys.push(key)
    }
  }
  const senders = Array.from({ length: SENDERS }, (_, name) => sender(name))
  for (let kills = 0; kills < KILLS; kills++) {
    await pause(300 + Math.random() * 700)
    await server.kill('SIGKILL')
    await start()
  }
  over = true
  await Promise.all(senders)
  expect(repeats).toBeGreaterThan(0)
  const kept = await db.selectFrom('pings').select('output').where('job_id', '=', id).execute()
  expect(kept.map((p) => p.output).toSorted()).toEqual(keys.toSorted())
  const alerts = () => db.selectFrom('alerts').select('dedup_key').where('dedup_key', 'like', 'batch-%').execute()
  await expect.poll(async () => (await alerts()).length, { timeout: 60_000 }).toBe(keys.length)
  expect((await alerts()).map((a) => a.dedup_key).toSorted()).toEqual(keys.toSorted())
}, 180_000)
