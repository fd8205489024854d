import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
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
