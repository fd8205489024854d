import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startHttpTarget } from '../../../test/harness/http-target.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { dedupKeyOf } from './signal.ts'

let house: MonitorHouse
let target: Awaited<ReturnType<typeof startHttpTarget>>
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  target = await startHttpTarget()
})
afterEach(async () => {
  for (const { id } of await house.platform.db.selectFrom('monitors').select('id').execute())
    await house.api(house.admin, 'DELETE', `/monitors/${id}`)
  await target.stop()
})

const signals = async (id: string) => {
  const rows = await house.platform.db
    .selectFrom('signals')
    .select(['kind', 'severity', 'summary'])
    .where('dedup_key', '=', dedupKeyOf(id))
    .orderBy('at')
    .execute()
  return rows.map((s) => `${s.kind} ${s.severity}: ${s.summary}`)
}
const alertsOf = (id: string) =>
  house.platform.db
    .selectFrom('alerts')
    .select(['id', 'status', 'severity', 'service_id', 'ticket_id', 'environment'])
    .where('dedup_key', '=', dedupKeyOf(id))
    .orderBy('started_at')
    .execute()

describe('a server that dies', () => {
  it('is up, is found down by three failed looks, opens one alert, and closes it when it is back', async () => {
    const id = await house.monitor({ address: target.url }, { serviceId: house.orders })
    await house.settle()
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', flip: 1 })
    await house.advance({ seconds: 60 })
    expect(target.requests()).toBe(7)

    await target.kill()
    await house.advance({ seconds: 20 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', looks: ['ok', 'failed', 'failed'] })
    expect(await alertsOf(id)).toEqual([])
    await house.advance({ seconds: 10 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'down', flip: 2 })
    const [alert, ...others] = await alertsOf(id)
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      status: 'firing',
      severity: 'critical',
      service_id: house.orders,
      environment: 'prod',
    })
    const seen = await house.api(house.responder, 'GET', `/monitors/${id}`)
    expect(seen.body).toMatchObject({
      state: 'down',
      alert: { id: alert?.id, status: 'firing', ticket: { number: expect.stringMatching(/^INC-/), state: 'new' } },
      lastFailure: { outcome: 'failed', code: 'refused' },
      detection: { seconds: 32, sentence: 'Found down within 32 s.' },
    })

    await target.revive()
    await house.advance({ seconds: 10 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', flip: 3 })
    expect((await alertsOf(id)).map((a) => a.status)).toEqual(['resolved'])
    expect(await signals(id)).toEqual([
      `firing critical: Order gateway login is down: 3 of 3 looks failed, last: 127.0.0.1:${target.port} refused the connection`,
      expect.stringMatching(/^resolved medium: Order gateway login is up again: HTTP 200 OK, \d+ ms$/),
    ])
    expect(await house.sentences(`monitor:${id}`)).toEqual([
      'Priya Nair added the monitor Order gateway login.',
      expect.stringMatching(/^Order gateway login is up: HTTP 200 OK, \d+ ms\.$/),
      `Order gateway login is down: 3 of 3 looks failed, last: 127.0.0.1:${target.port} refused the connection.`,
      expect.stringMatching(/^Order gateway login is up again: HTTP 200 OK/),
    ])
    const changes = await house.api(house.responder, 'GET', `/monitors/${id}/changes`)
    expect(changes.body.items.map((c: { state: string }) => c.state)).toEqual(['up', 'down', 'up'])
    expect(changes.body.items.map((c: { ticket: { number: string } | null }) => c.ticket?.number ?? null)).toEqual([
      seen.body.alert.ticket.number,
      seen.body.alert.ticket.number,
      null,
    ])
  })

  it('is degraded when it is slow, and the same alert becomes worse when it dies', async () => {
    target.slow(60)
    const id = await house.monitor({ address: target.url, slowMs: 30 }, { environment: 'uat' })
    await house.advance({ seconds: 30 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'degraded' })
    expect((await alertsOf(id)).map((a) => `${a.status} ${a.severity}`)).toEqual(['firing low'])
    target.fail(503)
    await house.advance({ seconds: 30 })
    expect((await alertsOf(id)).map((a) => `${a.status} ${a.severity}`)).toEqual(['firing high'])
    target.ok()
    await house.advance({ seconds: 10 })
    expect((await alertsOf(id)).map((a) => a.status)).toEqual(['resolved'])
    expect((await signals(id)).map((s) => s.split(':')[0])).toEqual(['firing low', 'firing high', 'resolved low'])
  })

  it('and hangs: another is not delayed by it', async () => {
    target.hang()
    const other = await startHttpTarget()
    const [hanging, fine] = [
      await house.monitor({ address: target.url, timeoutSeconds: 0.8 }, { name: 'Hanging', downAfter: 2 }),
      await house.monitor({ address: other.url }, { name: 'Fine' }),
    ]
    await house.advance({ seconds: 30 })
    expect(await house.stateOf(hanging)).toMatchObject({
      state: 'down',
      last_message: 'timed out while waiting for the answer (gave up after 0.8 s)',
    })
    expect(await house.stateOf(fine)).toMatchObject({ state: 'up' })
    expect(other.requests()).toBe(4)
    await other.stop()
  })
})

describe('the clock', () => {
  it('may be stepped back and forward: looks go on, and nothing flips', async () => {
    const id = await house.monitor({ address: target.url })
    await house.advance({ seconds: 30 })
    const before = target.requests()
    const now = house.clock.now()
    house.clock.step(now.subtract({ hours: 1 }))
    await house.advance({ seconds: 30 })
    expect(target.requests()).toBe(before + 3)
    house.clock.step(now.add({ hours: 2 }))
    await house.advance({ seconds: 30 })
    expect(target.requests()).toBeGreaterThanOrEqual(before + 6)
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', flip: 1 })
    expect((await house.spansOf(id)).filter((s) => s.startsWith('down'))).toEqual([])
  })

  it('that stood still while nobody looked leaves the time unobserved, and fresh looks decide', async () => {
    const id = await house.monitor({ address: target.url })
    await house.advance({ seconds: 10 })
    await target.kill()
    await house.advance({ seconds: 20 })
    house.clock.step(house.clock.now().add({ hours: 1 }))
    await house.advance({ seconds: 1 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', flip: 1 })
    await house.advance({ seconds: 20 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'down', flip: 2 })
    const lengths = (await house.spansOf(id)).map((s) => s.split(' ')[0])
    expect(lengths).toEqual(['up', 'unobserved', 'up', 'down'])
    const days = (await house.api(house.responder, 'GET', `/monitors/${id}/days`)).body
    expect(days.allHours.unobservedMs).toBeGreaterThan(3_590_000)
    expect(days.days).toHaveLength(90)
    expect(days.days.at(-1)).toMatchObject({ date: '2026-11-23', state: 'down' })
    expect(days.days[0]).toMatchObject({ state: 'none' })
  })
})
