import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../../test/harness/house.ts'
import { identityHouse } from '../../../../test/harness/identity.ts'
import { type Actor, system } from '../../../platform/access.ts'
import { countHours } from './count-hours.ts'
import { showNoise } from './noise-query.ts'

const lead: Actor = { kind: 'user', id: randomUUID(), name: 'Ana P.', role: 'lead', teams: [] }

let house: TestHouse
const [nagios, cron] = [randomUUID(), randomUUID()]
beforeAll(async () => {
  house = await identityHouse({ start: '2026-11-23T12:30:00Z' })
  const at = house.clock.now()
  const source = (id: string, name: string) => ({
    id,
    name,
    slug: name.toLowerCase(),
    kind: 'generic',
    created_at: at,
    updated_at: at,
  })
  await house.platform.db
    .insertInto('sources')
    .values([source(nagios, 'Nagios'), source(cron, 'Cron')])
    .execute()
})
afterAll(() => house.close())

const began = (sourceId: string, ...times: string[]) =>
  house.platform.db
    .insertInto('alerts')
    .values(
      times.map((at) => ({
        id: randomUUID(),
        source_id: sourceId,
        dedup_key: randomUUID(),
        status: 'resolved',
        flip: 1,
        severity: 'low',
        title: 'x',
        started_at: Temporal.Instant.from(at),
        updated_at: Temporal.Instant.from(at),
      })),
    )
    .execute()
const noise = async (days: number, zone = 'UTC') => {
  const { sources } = await house.ask(showNoise, lead, { days, zone })
  return Object.fromEntries(
    sources.map(({ source, total, hours }) => [
      source.name,
      { total, ...Object.fromEntries(hours.map((n, hour) => [hour, n] as const).filter(([, n]) => n > 0)) },
    ]),
  )
}

describe('the noise', () => {
  it('is the same before and after its hours were counted, and nothing is counted twice', async () => {
    expect(await noise(7)).toEqual({})
    await began(
      nagios,
      '2026-11-23T02:00:00Z',
      '2026-11-23T02:59:59.9Z',
      '2026-11-22T02:10:00Z',
      '2026-11-23T12:29:00Z',
    )
    await began(cron, '2026-11-10T23:00:00Z', '2026-11-22T22:00:00Z')
    const week = { Nagios: { total: 4, 2: 3, 12: 1 }, Cron: { total: 1, 22: 1 } }
    expect(await noise(7)).toEqual(week)
    await house.execute(countHours.verb, system, {})
    await house.execute(countHours.verb, system, {})
    // Twenty-eight days are counted in four turns.
    await house.execute(countHours.verb, system, {})
    expect(await noise(7)).toEqual(week)
    await house.execute(countHours.verb, system, {})
    await house.execute(countHours.verb, system, {})
    expect(await noise(7)).toEqual(week)
    expect(await noise(28)).toEqual({ ...week, Cron: { total: 2, 22: 1, 23: 1 } })
    expect(await noise(1)).toEqual({ Nagios: { total: 3, 2: 2, 12: 1 }, Cron: { total: 1, 22: 1 } })
  })

  it('is by the hours of a zone', async () => {
    expect(await noise(1, 'Asia/Tokyo')).toEqual({ Nagios: { total: 3, 11: 2, 21: 1 }, Cron: { total: 1, 7: 1 } })
  })

  it('goes on while hours pass', async () => {
    house.clock.set(house.clock.now().add({ hours: 2 }))
    await began(nagios, '2026-11-23T13:10:00Z')
    await house.execute(countHours.verb, system, {})
    expect((await noise(1)).Nagios).toEqual({ total: 4, 2: 2, 12: 1, 13: 1 })
    const counted = await house.platform.db.selectFrom('alert_hours').select('alerts').execute()
    expect(counted.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(7)
  })
})
