import { fastify } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../../test/harness/monitors.ts'
import { newId } from '../../../platform/ids.ts'
import { mountOwnMetrics } from './own-metrics.ts'

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse({ env: { METRICS_KEY: 'for-us-alone' } })
})
afterAll(() => house.close())

const job = async (): Promise<string> => {
  const schedule = { kind: 'period', seconds: 3600 }
  const made = await house.api(house.admin, 'POST', '/jobs', { name: 'Counted', teamId: house.teamId, schedule })
  return made.body.id
}

describe('metrics/ of its own work', () => {
  const ask = (key?: string, version = 3) =>
    house.http.inject({
      url: `/api/v${version}/metrics/`,
      headers: key === undefined ? {} : { 'x-metrics-key': key },
    })

  it('opens to the key that was set, in each version, and tells what has moved', async () => {
    const uuid = await job()
    const before = (await ask('for-us-alone')).json()
    await house.http.inject({ url: `/ping/${uuid}` })
    await house.http.inject({ url: `/ping/${uuid}/log` })
    for (const version of [1, 2, 3]) {
      const { statusCode, headers, body } = await ask('for-us-alone', version)
      expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store'])
      expect(JSON.parse(body)).toEqual({ ...before, max_ping_id: 2 })
    }
    expect(before).toMatchObject({
      ts: Math.floor(house.clock.now().epochMilliseconds / 1000),
      num_unprocessed_flips: 0,
      max_ping_id: null,
      max_notification_id: null,
    })
    const { db } = house.platform
    const at = Temporal.Instant.from('2026-11-23T07:00:01.234Z')
    const letter = {
      id: newId(),
      class: 'broadcast',
      channel: 'mail',
      address: 'x@example.com',
      subject: 'x',
      reason: 'x',
    }
    await db
      .insertInto('deliveries')
      .values({ ...letter, message: '{}', state: 'sent', created_at: at, due_at: at })
      .execute()
    // A flip that nobody has told yet: the ping has ended, its work is left.
    await house.http.inject({ url: `/ping/${uuid}/fail` })
    expect((await ask('for-us-alone')).json()).toMatchObject({
      max_notification_id: at.epochMilliseconds,
      num_unprocessed_flips: 1,
    })
    await house.settle()
    expect((await ask('for-us-alone')).json()).toMatchObject({ num_unprocessed_flips: 0 })
  })

  it('is refused to all others, with nothing said', async () => {
    for (const key of [undefined, '', 'for-us-alon', 'for-us-alonf', 'a'.repeat(32)])
      expect((await ask(key)).statusCode, key).toBe(403)
    expect((await ask('wrong')).body).toBe('')
    const { statusCode } = await house.http.inject({ method: 'POST', url: '/api/v3/metrics/' })
    expect(statusCode).toBe(404)
  })

  it('is refused to everybody where no key is set', async () => {
    const { METRICS_KEY: _, ...config } = house.platform.config
    const http = fastify()
    mountOwnMetrics(http, { ...house.platform, config: { ...config, METRICS_KEY: undefined } })
    for (const key of [undefined, '', 'undefined', 'for-us-alone']) {
      const headers = key === undefined ? {} : { 'x-metrics-key': key }
      expect((await http.inject({ url: '/api/v1/metrics/', headers })).statusCode, key).toBe(403)
    }
    await http.close()
  })
})
