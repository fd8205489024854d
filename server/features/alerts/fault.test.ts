import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AlertHouse, alertHouse, alertPlan } from '../../../test/harness/alerts.ts'
import { revivable } from '../../../test/harness/revivable.ts'
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
    secretKey: 'x'.repeat(40),
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
  const pipes = new Set<Socket>()
  const proxy = await revivable(
    createServer((from) => {
      const to = connect(Number(target.port || 5432), target.hostname || '127.0.0.1')
      pipes.add(to)
      for (const s of [from, to]) s.on('error', () => undefined)
      from.pipe(to).pipe(from)
      from.on('close', () => to.destroy())
    }),
  )
  const url = new URL(house.databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  const cut = await another(url.toString())
  const accepted: string[] = []
  const trySend = async (n: number) => {
    const answer = await post(cut, { title: `Event ${n}`, dedup_key: `event/${n}` })
    if (answer.statusCode === 202) accepted.push(`event/${n}`)
    return answer
  }
  await trySend(0)
  const during = Array.from({ length: 20 }, (_, i) => trySend(1 + i))
  await proxy.kill()
  await Promise.all(during)
  console.log(proxy.port, url.toString(), (cut.platform.pool as never as {options: {connectionString: string}}).options.connectionString, cut.platform.pool.totalCount, proxy.isUp())
  const refused = await trySend(100)
  console.log(refused.body, refused.statusCode)
  expect(refused.statusCode).toBe(503)
  expect(refused.headers['retry-after']).toBeDefined()
  expect(refused.json()).toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/database is away/) })
  await proxy.revive()
  expect((await trySend(100)).statusCode).toBe(202)
  await cut.stop()
  await proxy.kill()
  const kept = await house.platform.db.selectFrom('signals').select('dedup_key').execute()
  expect(new Set(kept.map((s) => s.dedup_key)).isSupersetOf(new Set(accepted))).toBe(true)
  expect(accepted).toContain('event/0')
  expect(accepted).toContain('event/100')
})

it('too much at once is answered with 503 and Retry-After, not dropped', async () => {
  const { db } = house.platform
  // The flush cannot go on while another transaction holds the source's counters.
  let release = () => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  const blocking = db.transaction().execute(async (tx) => {
    await tx.selectFrom('source_stats').selectAll().forUpdate().execute()
    await tx.updateTable('source_stats').set({ rate: 0 }).execute()
    await held
  })
  await new Promise((later) => setTimeout(later, 50))
  // Sixteen rows count for a source; all that exist are held, so some flush stops sooner or later.
  const answers: Promise<{ statusCode: number; headers: Record<string, unknown> }>[] = []
  for (let i = 0; i < 80; i++) answers.push(post(house, { title: 'x'.repeat(900_000), dedup_key: `big/${i}` }))
  const settled = await Promise.race([
    Promise.any(
      answers.map(async (a) => {
        const answer = await a
        if (answer.statusCode !== 503) throw new Error('not refused')
        return answer
      }),
    ),
    new Promise<null>((late) => setTimeout(late, 10_000, null)),
  ])
  release()
  await blocking
  const all = await Promise.all(answers)
  expect(settled?.headers['retry-after']).toBeDefined()
  expect(new Set(all.map((a) => a.statusCode))).toEqual(new Set([202, 503]))
})
