import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse } from '../../../test/harness/alerts.ts'
import { createMaintenance } from './create-maintenance.ts'
import { listHealth } from './health-query.ts'

let house: AlertHouse
beforeAll(async () => {
  house = await alertHouse()
})
afterAll(() => house.close())

const health = async (serviceId: string) => (await house.ask(listHealth, house.responder, { serviceId })).items[0]
const send = async (body: unknown) => {
  await house.send(body)
  await house.settle()
}

describe('the health of a service', () => {
  it('is unobserved until something watches it', async () => {
    expect(await health(house.wiki)).toMatchObject({
      state: 'unobserved',
      since: null,
      strip: [{ state: 'unobserved', cells: 96 }],
    })
    await house.addSource({ serviceId: house.wiki })
    expect(await health(house.wiki)).toMatchObject({ state: 'ok', firing: 0 })
  })

  it('follows its open alerts, the worst first, and keeps its past', async () => {
    await send({ title: 'Slow', dedup_key: 's', service: 'order-entry', severity: 'medium' })
    expect(await health(house.orders)).toMatchObject({ state: 'degraded', firing: 1 })
    await send({ title: 'Down', dedup_key: 'd', service: 'order-entry', severity: 'critical' })
    expect(await health(house.orders)).toMatchObject({ state: 'down', firing: 2 })
    expect((await house.ask(listHealth, house.responder, {})).items[0]).toMatchObject({
      service: { slug: 'order-entry' },
    })
    await house.advance({ minutes: 30 })
    await send([
      { status: 'resolved', dedup_key: 'd' },
      { title: 'Slow', dedup_key: 's', status: 'blind' },
    ])
    expect(await health(house.orders)).toMatchObject({ state: 'unknown', firing: 1 })
    await send({ status: 'resolved', dedup_key: 's' })
    await house.advance({ minutes: 30 })
    const strip = (await health(house.orders))?.strip ?? []
    expect(strip.reduce((n, r) => n + r.cells, 0)).toBe(96)
    expect(strip.at(-1)?.state).toBe('ok')
    expect(strip.at(-2)).toEqual({ state: 'down', cells: 2 })
    // A page that shows it is told after it was computed, and only where it is another.
    const told = await house.platform.db
      .selectFrom('events')
      .select('data')
      .where('type', '=', 'health.changed')
      .where('subject', '=', `health:${house.orders}`)
      .orderBy('seq')
      .execute()
    expect(told.map(({ data }) => (data as { after: string }).after)).toEqual(['degraded', 'down', 'unknown', 'ok'])
  })

  it('does not take the time in which Watchfloor was not running for fine', async () => {
    await house.advance({ minutes: 30 })
    // As after a stop of an hour: nothing was due in between.
    house.clock.step(house.clock.now().add({ hours: 1 }))
    await house.advance({ minutes: 30 })
    const strip = (await health(house.orders))?.strip ?? []
    const states = strip.map((r) => r.state)
    expect(states.slice(-3)).toEqual(['ok', 'unobserved', 'ok'])
    expect(strip.at(-2)?.cells).toBeGreaterThanOrEqual(4)
  })

  it('counts alerts that are held back, and names the maintenance', async () => {
    await house.execute(createMaintenance, house.admin, {
      name: 'Release',
      serviceIds: [house.orders],
      startsAt: house.clock.now().toString(),
      endsAt: house.clock.now().add({ hours: 1 }).toString(),
      reason: 'CHG-1',
    })
    await send({ title: 'Down', dedup_key: 'm', service: 'order-entry', severity: 'critical' })
    expect(await health(house.orders)).toMatchObject({ state: 'down', maintenance: 'Release' })
    expect(await health(house.wiki)).toMatchObject({ maintenance: null })
  })

  it('is listed by pages', async () => {
    const first = await house.ask(listHealth, house.responder, { limit: 1 })
    const second = await house.ask(listHealth, house.responder, { limit: 1, cursor: first.next ?? '' })
    expect([...first.items, ...second.items].map((h) => h.service.slug)).toEqual(['order-entry', 'wiki'])
    expect(second.next).toBeNull()
  })
})
