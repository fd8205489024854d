import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type AlertHouse, alertHouse, alertPlan } from '../../../test/harness/alerts.ts'
import { dialer } from '../../../test/harness/wire.ts'
import { createCrypto } from '../../platform/crypto.ts'
import { createHouse, type House } from '../../platform/house.ts'
import { listAlerts } from './alert-queries.ts'

let house: AlertHouse
beforeAll(async () => {
  house = await alertHouse()
})
afterAll(() => house.close())

const another = (connection: string): Promise<House> =>
  createHouse(alertPlan(), {
    config: house.platform.config,
    connection,
    crypto: createCrypto('x'.repeat(40)),
    net: house.platform.net,
    clock: house.clock,
    log: house.platform.log,
  })

const post = (to: House, body: unknown) =>
  to.http.inject({
    method: 'POST',
    url: '/intake/generic',
    headers: { authorization: `Bearer ${house.source.key}` },
    payload: JSON.stringify(body),
  })

it('a process that dies between the answer and the alert leaves the work to another', async () => {
  const dying = await another(house.databaseUrl)
  expect((await post(dying, { title: 'Last words', dedup_key: 'last' })).statusCode).toBe(202)
  // Without a word: its workers never ran.
  await dying.stop()
  expect((await house.ask(listAlerts, house.responder, { view: 'all' })).items).toEqual([])
  await house.settle()
  expect((await house.ask(listAlerts, house.responder, { view: 'all' })).items).toMatchObject([
    { title: 'Last words', ticket: { state: 'new' } },
  ])
})

it('work that is done twice, or late, does nothing the second time', async () => {
  await house.send({ title: 'Twice', dedup_key: 'twice' })
  const due = await house.platform.db.selectFrom('due').selectAll().where('verb', '=', 'alerts.flip').execute()
  await house.settle()
  await house.send({ status: 'resolved', dedup_key: 'twice' })
  await house.settle()
  const events = () => house.platform.db.selectFrom('events').select('id').execute()
  const before = await events()
  for (const row of due)
    await house.platform.db
      .insertInto('due')
      .values({ ...row, input: JSON.stringify(row.input), lease: null, lease_until: null })
      .execute()
  await house.settle()
  expect(await events()).toHaveLength(before.length)
})

it('with the database away senders are asked to come again, and nothing that was accepted is lost', async () => {
  const target = new URL(house.databaseUrl)
  const dial = dialer(target)
  const pipes = new Set<Socket>()
  let away = false
  const proxy = createServer((from) => {
    if (away) return void from.destroy()
    const to = dial()
    for (const s of [from, to]) pipes.add(s.on('error', () => undefined))
    from.pipe(to).pipe(from)
    from.on('close', () => to.destroy())
  })
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready))
  const url = new URL(house.databaseUrl)
  url.port = String((proxy.address() as AddressInfo).port)
  url.hostname = '127.0.0.1'
  url.searchParams.delete('host')
  url.searchParams.delete('port')
  const cut = await another(url.toString())
  const accepted: string[] = []
  const trySend = async (n: number) => {
    const answer = await post(cut, { title: `Event ${n}`, dedup_key: `event/${n}` })
    if (answer.statusCode === 202) accepted.push(`event/${n}`)
    return answer
  }
  await trySend(0)
  const during = Array.from({ length: 20 }, (_, i) => trySend(1 + i))
  away = true
  for (const pipe of pipes) pipe.destroy()
  await Promise.all(during)
  const refused = await trySend(100)
  expect(refused.statusCode).toBe(503)
  expect(refused.headers['retry-after']).toBeDefined()
  expect(refused.json()).toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/database is away/) })
  away = false
  expect((await trySend(100)).statusCode).toBe(202)
  await cut.stop()
  proxy.close()
  const kept = await house.platform.db.selectFrom('signals').select('dedup_key').execute()
  expect(new Set(kept.map((s) => s.dedup_key)).isSupersetOf(new Set(accepted))).toBe(true)
  expect(accepted).toEqual(expect.arrayContaining(['event/0', 'event/100']))
})

it('a flood of large requests never waits for itself', async () => {
  // All of them at the same counters, which are spread by chance.
  const chance = vi.spyOn(Math, 'random').mockReturnValue(0)
  const waits = vi.spyOn(house.platform.log, 'warn')
  const signals = (n: number) => Array.from({ length: n }, (_, i) => ({ title: 'Flood', dedup_key: `flood/${i}` }))
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      await pause(n * 5)
      return post(house, { signals: signals(n % 3 === 0 ? 900 : 20) })
    }),
  )
  expect(answers.map((a) => a.statusCode)).toEqual(answers.map(() => 202))
  expect(waits.mock.calls).toEqual([])
  for (const spy of [chance, waits]) spy.mockRestore()
})

it('too much at once is answered with 503 and Retry-After, not dropped', async () => {
  const blocker = new pg.Client({ connectionString: house.databaseUrl })
  await blocker.connect()
  await blocker.query('begin')
  await blocker.query('lock table journal in access exclusive mode')
  const big = { title: 'x', details: 'x'.repeat(900_000) }
  const answers = Array.from({ length: 90 }, (_, i) => post(house, { ...big, dedup_key: `big/${i}` }))
  const refused = await Promise.any(answers)
  expect(refused.statusCode).toBe(503)
  expect(refused.headers['retry-after']).toBeDefined()
  await blocker.query('rollback')
  await blocker.end()
  const statuses = (await Promise.all(answers)).map((a) => a.statusCode)
  const kept = await house.platform.db
    .selectFrom('alert_keys')
    .select('dedup_key')
    .where('dedup_key', 'like', 'big/%')
    .execute()
  expect(kept).toHaveLength(statuses.filter((s) => s === 202).length)
  expect(kept.length).toBeGreaterThan(50)
  expect((await post(house, { title: 'y' })).statusCode).toBe(202)
})
