import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { fillBars } from './bars.ts'
import { sweepOnce } from './sweep.ts'

/** A process begins after deadlines have passed. Monday, 07:00 in London. */

let house: MonitorHouse
beforeAll(async () => {
  // Nothing looks by itself.
  house = await monitorHouse({ env: { ROLES: 'web' } })
})
afterAll(() => house.close())

const at = (time: string) => Temporal.Instant.from(`2026-11-23T${time}Z`)
const make = async (name: string, minuteOfEight: number, graceSeconds: number): Promise<string> => {
  const schedule = { kind: 'cron', expression: `${minuteOfEight} 8 * * *`, zone: 'UTC' }
  return (await house.api(house.responder, 'POST', '/jobs', { name, serviceId: house.orders, schedule, graceSeconds }))
    .body.id
}
const stateOf = async (id: string) => {
  const { rows } = await sql<{ version: number; standing: string }>`
    select version::int, standing from job_states where job_id = ${id}`.execute(house.platform.db)
  return rows[0]
}
const toldOf = async (id: string) => {
  const { rows } = await sql<{ kind: string; priority: number }>`
    select input ->> 'kind' as kind, priority from due where verb = 'job.flip' and input ->> 'jobId' = ${id}`.execute(
    house.platform.db,
  )
  return rows
}

it('what had passed before it began is left for a minute, what passes meanwhile is found', async () => {
  const before = await make('Prices', 0, 600)
  const after = await make('Ledger', 20, 620)
  const asMade = await stateOf(before)
  house.clock.set(at('08:30:00'))
  const began = house.clock.ms()
  expect(await sweepOnce(house.platform, began)).toBe(0)
  house.clock.set(at('08:30:30'))
  expect(await sweepOnce(house.platform, began)).toBe(1)
  expect([await stateOf(before), (await stateOf(after))?.standing]).toEqual([asMade, 'missing'])
  house.clock.set(at('08:31:00'))
  expect(await sweepOnce(house.platform, began)).toBe(1)
  expect((await stateOf(before))?.standing).toBe('missing')
  expect(await toldOf(before)).toEqual([{ kind: 'miss', priority: 0 }])
})

it('what nobody can know after a time away waits behind what somebody must know', async () => {
  const id = await make('Margin', 40, 600)
  await sql`insert into observed_spans (from_at, to_at) values (${at('07:00:00')}, ${at('08:31:00')}), (${at('09:00:00')}, ${at('09:12:00')})`.execute(
    house.platform.db,
  )
  house.clock.set(at('09:00:00'))
  const began = house.clock.ms()
  house.clock.set(at('09:01:00'))
  expect(await sweepOnce(house.platform, began)).toBe(1)
  expect(await toldOf(id)).toEqual([])
  house.clock.set(at('09:12:00'))
  expect(await sweepOnce(house.platform, began)).toBeGreaterThan(0)
  expect((await stateOf(id))?.standing).toBe('unknown')
  expect(await toldOf(id)).toEqual([{ kind: 'unheard', priority: 2 }])
})

describe('the bars of a job', () => {
  const rids = [undefined, crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
  const ping = fc.record({
    act: fc.constantFrom('', '', '/start', '/start', '/fail', '/log'),
    rid: fc.constantFrom(...rids),
    after: fc.integer({ min: 2, max: 900_000 }),
    keptFor: fc.option(fc.integer({ min: 0, max: 3_600_000 }), { freq: 1 }),
    sweeps: fc.boolean(),
  })
  type Ping = typeof ping extends fc.Arbitrary<infer T> ? T : never

  const plain = { rid: undefined, after: 60_000, keptFor: null, sweeps: false }
  const acts: Ping['act'][] = ['/start', '', '', '/start', '/fail', '/start', '/start']
  const certain: Ping[] = acts.map((act) => ({ ...plain, act }))

  const send = async (id: string, { act, rid, after, keptFor, sweeps }: Ping) => {
    house.clock.set(house.clock.now().add({ milliseconds: after }))
    if (sweeps) await sweepOnce(house.platform, 0)
    house.clock.set(house.clock.now().add({ milliseconds: 2 }))
    const asked = new URLSearchParams()
    if (rid) asked.set('rid', rid)
    if (keptFor !== null) asked.set('at', house.clock.now().subtract({ milliseconds: keptFor }).toString())
    expect((await house.http.inject(`/ping/${id}${act}?${asked}`)).statusCode).toBe(200)
  }
  const get = async (path: string) => (await house.api(house.responder, 'GET', path)).body
  const ofPings = async (id: string) =>
    (await get(`/jobs/${id}/runs?limit=20`)).items
      .map((r: Record<string, unknown>) => ({ id: r.id, outcome: r.outcome, at: r.at, ms: r.ms, lateMs: r.lateMs }))
      .toReversed()
  const kept = async (id: string) =>
    (await sql<{ bars: Buffer | null }>`select bars from job_states where job_id = ${id}`.execute(house.platform.db))
      .rows[0]?.bars

  it('are the last runs among its pings, whatever comes late, twice, never or without a start', async () => {
    const ids: string[] = []
    for (const rules of ['own', 'healthchecks']) {
      const schedule = { kind: 'period', seconds: 3_600 }
      const job = {
        name: `Bars ${rules}`,
        serviceId: house.orders,
        schedule,
        graceSeconds: rules === 'own' ? 0 : 600,
        // Those of a night come within a second here.
        pingsPerSecond: 1_000,
        rules,
      }
      ids.push((await house.api(house.responder, 'POST', '/jobs', { ...job, maxRunSeconds: 1_200 })).body.id)
    }
    const outcomes = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(ping, { minLength: 8, maxLength: 14 }), async (pings) => {
        for (const one of pings) for (const id of ids) await send(id, one)
        const { items } = await get('/jobs?q=Bars&limit=10')
        for (const id of ids) {
          const expected = await ofPings(id)
          expect(items.find((j: { id: string }) => j.id === id).bars).toEqual(expected)
          expect((await get(`/jobs/${id}`)).bars).toEqual(expected)
          for (const bar of expected) outcomes.add(`${bar.outcome}, ${bar.ms === null ? 'unknown' : 'known'}`)
        }
      }),
      { numRuns: 6, examples: [[certain]] },
    )
    expect([...outcomes]).toEqual(
      expect.arrayContaining(['fail, known', 'lost, unknown', 'success, known', 'success, unknown']),
    )
  })

  it('of before there was a column for them are read from the pings, and filled', async () => {
    const { items } = await get('/jobs?q=Bars&limit=10')
    const [{ id, bars }] = items
    const filled = await kept(id)
    expect(bars).toHaveLength(20)
    await sql`update job_states set bars = null`.execute(house.platform.db)
    expect((await get('/jobs?q=Bars&limit=10')).items).toEqual(items)
    await send(id, { ...plain, act: '/log' })
    expect(await kept(id)).toBeNull()
    await fillBars(house.platform, new AbortController().signal)
    expect(await kept(id)).toEqual(filled)
  })
})
