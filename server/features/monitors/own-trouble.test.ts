import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Net, NetError } from '../../../checks/lib/net.ts'
import { scratchDatabase } from '../../../test/harness/database.ts'
import { testHouse } from '../../../test/harness/house.ts'
import { startHttpTarget } from '../../../test/harness/http-target.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { type Wire, wireTo } from '../../../test/harness/wire.ts'
import { plan } from '../../app.ts'
import { plusSeconds } from '../../platform/clock.ts'
import { createNet } from '../../platform/net/index.ts'
import { dedupKeyOf } from './signal.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})
const keep = <T extends { stop(): Promise<void> } | MonitorHouse>(thing: T): T => {
  open.push({ close: () => ('databaseUrl' in thing ? thing.close() : thing.stop()) })
  return thing
}

const outcomes = async (house: MonitorHouse, id: string) =>
  (
    await house.platform.db.selectFrom('results').select('outcome').where('monitor_id', '=', id).orderBy('at').execute()
  ).map((r) => r.outcome)

describe('our network is away', () => {
  it('leaves a monitor up, then unknown, and never makes it down', async () => {
    const target = keep(await startHttpTarget())
    const real = createNet({ allowPrivate: true })
    let isAway = false
    const net: Net = {
      ...real,
      request: (url, options) =>
        isAway
          ? Promise.reject(new NetError('no_network', 'this machine has no way out', { own: true }))
          : real.request(url, options),
    }
    const house = keep(await monitorHouse({ net }))
    const id = await house.monitor({ address: target.url }, { serviceId: house.orders })
    await house.advance({ seconds: 20 })
    isAway = true
    await house.advance({ seconds: 20 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'up' })
    await house.advance({ seconds: 60 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'unknown', flip: 2 })
    const alert = () =>
      house.platform.db.selectFrom('alerts').select('status').where('dedup_key', '=', dedupKeyOf(id)).execute()
    expect(await alert()).toEqual([{ status: 'blind' }])
    isAway = false
    await house.advance({ seconds: 10 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', flip: 3 })
    expect(await alert()).toEqual([{ status: 'resolved' }])
    const said = await house.sentences(`monitor:${id}`)
    expect(said[2]).toBe(
      'Order gateway login cannot be looked at, which says nothing about it: 3 looks in a row could not be made, last: this machine has no way out.',
    )
    expect((await house.spansOf(id)).map((s) => s.split(' ')[0])).toEqual(['up', 'unknown', 'up'])
    const days = (await house.api(house.responder, 'GET', `/monitors/${id}/days`)).body
    expect(days.allHours).toMatchObject({ percent: 100, downMs: 0, blindMs: 60_000 })
  })
})

describe('the database is away', () => {
  const away = async () => {
    let proxy: Wire | null = null
    const house = keep(
      await monitorHouse({
        through: async (url) => {
          proxy = await wireTo(url)
          return proxy.url
        },
      }),
    )
    keep(proxy as unknown as Wire)
    return { house, proxy: proxy as unknown as Wire }
  }
  /** Pushes the clock without asking the database what is due. */
  const pass = async (house: MonitorHouse, seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      house.clock.set(plusSeconds(house.clock.now(), 1))
      await Promise.all(house.running.map((r) => r.idle()))
    }
  }
  const isBack = (house: MonitorHouse, id: string, looks: number) =>
    vi.waitFor(
      async () => {
        expect((await outcomes(house, id)).length).toBeGreaterThanOrEqual(looks)
      },
      { timeout: 8_000, interval: 50 },
    )

  it('for a short while: what was seen waits in memory, and decides once it is kept', async () => {
    const target = keep(await startHttpTarget())
    const { house, proxy } = await away()
    const id = await house.monitor({ address: target.url })
    await house.advance({ seconds: 20 })
    await proxy.cut()
    await target.kill()
    await pass(house, 30)
    await proxy.restore()
    await isBack(house, id, 6)
    await house.settle()
    expect(await outcomes(house, id)).toEqual(['ok', 'ok', 'ok', 'failed', 'failed', 'failed'])
    expect(await house.stateOf(id)).toMatchObject({ state: 'down', flip: 2 })
    expect((await house.spansOf(id)).map((s) => s.split(' ')[0])).toEqual(['up', 'down'])
  })

  it('for long: no monitor goes down, and the gap is unobserved', async () => {
    const target = keep(await startHttpTarget())
    const { house, proxy } = await away()
    const id = await house.monitor({ address: target.url })
    await house.advance({ seconds: 20 })
    await proxy.cut()
    // By then the leases have run out, and nobody looks.
    house.clock.step(plusSeconds(house.clock.now(), 7_200))
    const shown = async () => (await house.api(house.responder, 'GET', `/monitors/${id}`)).body
    await proxy.restore()
    await vi.waitFor(async () =>
      expect(await shown()).toMatchObject({ state: 'unknown', unobservedSince: expect.any(String) }),
    )
    await house.settle()
    await house.advance({ seconds: 20 })
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', flip: 1 })
    expect(await shown()).toMatchObject({ state: 'up', unobservedSince: null })
    expect((await house.spansOf(id)).map((s) => s.split(' ')[0])).toEqual(['up', 'unobserved', 'up'])
  })

  it('while it is asked: nothing is lost and nothing counted twice', async () => {
    const target = keep(await startHttpTarget())
    const { house, proxy } = await away()
    const id = await house.monitor({ address: target.url })
    await house.advance({ seconds: 10 })
    await target.kill()
    for (let i = 0; i < 2; i++) {
      proxy.hold()
      house.clock.set(plusSeconds(house.clock.now(), 10))
      await new Promise((done) => setTimeout(done, 100))
      await proxy.cut()
      proxy.letGo()
      await proxy.restore()
      await isBack(house, id, 3 + i)
    }
    expect(await outcomes(house, id)).toEqual(['ok', 'ok', 'failed', 'failed'])
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', looks: ['ok', 'failed', 'failed'] })
  })
})

describe('nobody was looking', () => {
  it('whoever is looked at each hour is looked at as soon as somebody looks again, and not an hour later', async () => {
    const target = keep(await startHttpTarget())
    const database = await scratchDatabase()
    const kept = { url: database.url, drop: async () => undefined }
    const before = await monitorHouse({ database: kept })
    const id = await before.monitor({ address: target.url }, { intervalSeconds: 3600 })
    await before.settle()
    expect(target.requests()).toBe(1)
    await before.close()
    const after = await testHouse(plan, {
      start: plusSeconds(before.clock.now(), 3 * 3600).toString(),
      database,
      net: createNet({ allowPrivate: true }),
    })
    await after.settle()
    expect(target.requests()).toBe(2)
    const states = await after.platform.db
      .selectFrom('monitor_states')
      .selectAll()
      .where('monitor_id', '=', id)
      .execute()
    expect(states).toMatchObject([{ state: 'up', last_at: after.clock.now() }])
    await after.close()
  })
})
