import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Actor, system } from '../../platform/access.ts'
import { createCalendar } from '../calendars/create-calendar.ts'
import { calendars } from '../calendars/index.ts'
import { changeTargets } from './change-targets.ts'
import { dueTimes, sla, slaRoutes } from './index.ts'
import { listSlaPolicies } from './queries.ts'

const responder: Actor = { kind: 'user', id: crypto.randomUUID(), name: 'Priya N.', role: 'responder', teams: [] }
const from = Temporal.Instant.from('2026-11-23T07:12:00Z')

let house: TestHouse
beforeAll(async () => {
  house = await testHouse({
    features: [calendars, sla],
    router: { sla: slaRoutes },
    authenticate: () => async () => system,
  })
})
afterAll(() => house.close())

const standard = async () => {
  const policy = (await house.ask(listSlaPolicies, responder, {})).items[0]
  if (!policy) throw new Error('There is no policy.')
  return policy
}

test('a fresh installation has targets, which are stricter the higher the priority', async () => {
  const { targets, isDefault } = await standard()
  expect(isDefault).toBe(true)
  expect(targets.P1).toEqual({ firstResponse: 15, resolution: 240, clock: 'always' })
  const all = Object.values(targets)
  for (const [i, t] of all.entries()) expect(t.resolution ?? 0).toBeGreaterThan(all[i - 1]?.resolution ?? 0)
})

test('due times come from the policy and the calendar of the service', async () => {
  const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '07:00', to: '19:00' }))
  const made = await house.execute(createCalendar, system, {
    slug: 'london',
    name: 'London support',
    zone: 'Europe/London',
    weekly,
  })
  const { db } = house.platform
  const p1 = await dueTimes({ db }, { priority: 1, calendarId: made.id, from })
  expect(String(p1.resolutionDueAt)).toBe('2026-11-23T11:12:00Z')
  const p3 = await dueTimes({ db }, { priority: 3, calendarId: made.id, from })
  expect([p3.firstResponseDueAt, p3.resolutionDueAt].map(String)).toEqual([
    '2026-11-23T09:12:00Z',
    '2026-11-25T07:12:00Z',
  ])
  expect(p3.derivation).toMatchObject({
    calendar: 'London support',
    calendarVersion: 1,
    policyVersion: 1,
    zone: 'Europe/London',
  })
  const without = await dueTimes({ db }, { priority: 3, calendarId: null, from })
  expect(String(without.resolutionDueAt)).toBe('2026-11-24T07:12:00Z')
  await expect(dueTimes({ db }, { priority: 3, calendarId: crypto.randomUUID(), from })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('targets are changed one priority at a time, and the event says what in words', async () => {
  const { id, version, targets } = await standard()
  const p5 = { firstResponse: null, resolution: null, clock: 'always' as const }
  const changed = await house.execute(
    changeTargets,
    system,
    { id, targets: { P4: { ...targets.P4, resolution: 2_400 }, P5: p5 } },
    { expected: version },
  )
  expect(changed).toMatchObject({ version: version + 1, targets: { P1: targets.P1, P5: p5 } })
  const event = await house.platform.db
    .selectFrom('events')
    .selectAll()
    .where('type', '=', 'sla.targets_changed')
    .executeTakeFirstOrThrow()
  expect(house.platform.registry.events.get(event.type)?.say(event.data, 'Ana P.')).toBe(
    'Ana P. changed how soon (Standard): P4 resolution 48 h → 40 h; P5 first response 16 h → none, resolution 120 h → none, now around the clock.',
  )
  const due = await dueTimes({ db: house.platform.db }, { priority: 5, calendarId: null, from })
  expect(due).toMatchObject({ resolutionDueAt: null, derivation: { policyVersion: version + 1 } })
  expect((await house.execute(changeTargets, system, { id, targets: { P5: p5 } })).version).toBe(version + 1)
  await expect(house.execute(changeTargets, system, { id, targets: {} }, { expected: version })).rejects.toMatchObject({
    code: 'stale',
  })
})

test('bad targets are refused at their field', async () => {
  const { id, targets } = await standard()
  const late = { ...targets.P1, firstResponse: 500, resolution: 60 }
  await expect(house.execute(changeTargets, system, { id, targets: { P1: late } })).rejects.toMatchObject({
    fields: [{ field: 'targets.P1.firstResponse', problem: 'must not be later than the resolution' }],
  })
  await expect(
    house.execute(changeTargets, system, { id, targets: { P1: { ...targets.P1, firstResponse: 0 } } }),
  ).rejects.toMatchObject({
    fields: [{ field: 'targets.P1.firstResponse' }],
  })
  await expect(house.execute(changeTargets, responder, { id, targets: {} })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test('over HTTP', async () => {
  const [policy] = (await house.http.inject({ url: '/api/sla-policies' })).json().items
  const url = `/api/sla-policies/${policy.id}/targets`
  const payload = { targets: { P2: { firstResponse: 20, resolution: 360, clock: 'always' } } }
  const changed = await house.http.inject({ method: 'PATCH', url, payload })
  expect(changed.json().targets.P2).toEqual(payload.targets.P2)
  expect(changed.headers.etag).toBe(`"v${policy.version + 1}"`)
})
