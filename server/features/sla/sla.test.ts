import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Actor, system } from '../../platform/access.ts'
import { createCalendar } from '../calendars/create-calendar.ts'
import { calendars } from '../calendars/index.ts'
import { addUnit } from '../catalog/add-unit.ts'
import { createService } from '../catalog/create-service.ts'
import { deleteUnit } from '../catalog/delete-unit.ts'
import { catalog } from '../catalog/index.ts'
import { identity } from '../identity/index.ts'
import { changePolicy } from './change-policy.ts'
import { createPolicy } from './create-policy.ts'
import { deletePolicy } from './delete-policy.ts'
import { slaHealth } from './health.ts'
import { sla, slaRoutes } from './index.ts'
import { movePolicy } from './move-policy.ts'
import { choosePolicy } from './policy-rules.ts'
import { listSlaPolicies } from './policy-views.ts'

const lead: Actor = { kind: 'user', id: crypto.randomUUID(), name: 'Lena S.', role: 'lead', teams: [] }
const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '07:00', to: '19:00' }))

let house: TestHouse
beforeAll(async () => {
  house = await testHouse({
    features: [identity, calendars, catalog, sla],
    router: { sla: slaRoutes },
    authenticate: () => async () => system,
  })
})
afterAll(() => house.close())

const all = async () => (await house.ask(listSlaPolicies, lead, {})).items
const standard = async () => {
  const policy = (await all()).find((p) => p.isDefault)
  if (!policy) throw new Error('There is no default policy.')
  return policy
}
const calendar = (slug: string, more: object = {}) =>
  house.execute(createCalendar, system, { slug, name: slug, zone: 'Europe/London', weekly, ...more })
const create = async (name: string, more: object = {}) =>
  house.execute(createPolicy, system, { name, targets: (await standard()).targets, ...more })

it('a fresh installation has targets for three clocks, stricter the higher the priority', async () => {
  const { targets, isDefault, warnPercent } = await standard()
  expect({ isDefault, warnPercent }).toEqual({ isDefault: true, warnPercent: 75 })
  expect(targets.P1).toEqual({ firstResponse: 15, update: 30, resolution: 240, clock: 'always' })
  for (const clock of ['firstResponse', 'update', 'resolution'] as const)
    for (const [i, t] of Object.values(targets).entries())
      expect(t[clock] ?? 0).toBeGreaterThan(Object.values(targets)[i - 1]?.[clock] ?? 0)
})

describe('policies', () => {
  it('are tried in their order, the default last; each act says what it did', async () => {
    const uat = await create('Acceptance tests', { appliesTo: { environments: ['uat'] } })
    const floor = await create('Trading floor', { appliesTo: { kinds: ['incident'] } })
    expect((await all()).map((p) => p.name)).toEqual(['Acceptance tests', 'Trading floor', 'Standard'])
    await house.execute(movePolicy, system, { id: floor.id, before: uat.id })
    expect((await all()).map((p) => p.name)).toEqual(['Trading floor', 'Acceptance tests', 'Standard'])
    await house.execute(changePolicy, system, { id: floor.id, warnPercent: 50, onReopen: 'new_cycle' })
    await house.execute(deletePolicy, system, { id: uat.id })
    const { events } = house.platform.registry
    const rows = await house.platform.db
      .selectFrom('events')
      .selectAll()
      .where('type', 'like', 'sla.%')
      .orderBy('seq')
      .execute()
    expect(rows.map((e) => events.get(e.type)?.say(e.data, 'Ana P.'))).toEqual([
      'Ana P. added the SLA policy Acceptance tests.',
      'Ana P. added the SLA policy Trading floor.',
      'Ana P. has the SLA policy Trading floor tried as number 1.',
      'Ana P. changed the SLA policy Trading floor: the warning, what reopening means.',
      'Ana P. deleted the SLA policy Acceptance tests.',
    ])
  })

  it('that two change at once: the second is told', async () => {
    const { id, version, targets } = await create('Twice')
    const P4 = { ...targets.P4, resolution: 2_400 }
    const changed = await house.execute(changePolicy, system, { id, targets: { P4 } }, { expected: version })
    expect(changed).toMatchObject({ version: version + 1, targets: { P1: targets.P1, P4 } })
    await expect(
      house.execute(changePolicy, system, { id, name: 'Thrice' }, { expected: version }),
    ).rejects.toMatchObject({ code: 'stale' })
    expect((await house.execute(changePolicy, system, { id, targets: { P4 } })).version).toBe(version + 1)
  })

  it('are refused at the field that is wrong', async () => {
    const policy = await standard()
    const refused = async (run: Promise<unknown>, field: string) =>
      await expect(run).rejects.toMatchObject({ fields: [expect.objectContaining({ field })] })
    const late = { ...policy.targets.P1, firstResponse: 500, resolution: 60 }
    await refused(
      house.execute(changePolicy, system, { id: policy.id, targets: { P1: late } }),
      'targets.P1.firstResponse',
    )
    await refused(create('standard'), 'name')
    await refused(create('X', { calendarId: crypto.randomUUID() }), 'calendarId')
    const market = await calendar('lse', { kind: 'market' })
    await refused(create('X', { calendarId: market.id }), 'calendarId')
    await refused(create('X', { appliesTo: { serviceIds: [crypto.randomUUID()] } }), 'appliesTo.serviceIds')
    await refused(create('X', { appliesTo: { priorities: [6] } }), 'appliesTo.priorities.0')
    await refused(create('X', { warnPercent: 100 }), 'warnPercent')
    const cutOff = { name: 'Close', atTime: '17:00', zone: 'UTC', days: [1], priorities: [], warnMinutes: 60 }
    await refused(create('X', { cutOffs: [cutOff, { ...cutOff, name: 'close' }] }), 'cutOffs')
    await refused(
      house.execute(changePolicy, system, { id: policy.id, appliesTo: { kinds: ['incident'] } }),
      'appliesTo',
    )
    await expect(house.execute(deletePolicy, system, { id: policy.id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(house.execute(movePolicy, system, { id: policy.id, before: null })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(house.execute(deletePolicy, lead, { id: policy.id })).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('that run by a calendar which never opens are refused, and one that came to it is told on the floor', async () => {
    const gone = { date: '2020-01-01', open: [{ from: '08:00', to: '09:00' }], name: 'Only then' }
    const shut = await calendar('shut', { weekly: [], exceptions: [gone] })
    await expect(create('Y', { calendarId: shut.id })).rejects.toMatchObject({
      fields: [{ field: 'calendarId', problem: expect.stringContaining('no open hours in the 400 days') }],
    })
    const { id } = await create('Y', { calendarId: (await calendar('open')).id })
    await house.platform.db.updateTable('sla_policies').set({ calendar_id: shut.id }).where('id', '=', id).execute()
    const ctx = { db: house.platform.db, now: () => house.clock.now() } as Parameters<typeof slaHealth>[0]
    expect(await slaHealth(ctx)).toMatchObject([
      { what: 'Calendar shut', state: 'bad', detail: expect.stringContaining('have no due time') },
    ])
  })
})

describe('a business unit that is deleted', () => {
  it('is named by no policy any more; one that was for it alone is deleted, never for all', async () => {
    const [rates, fx] = await Promise.all(
      ['rates', 'fx'].map((slug) => house.execute(addUnit, system, { slug, name: slug })),
    )
    const unitIds = (...units: ({ id: string } | undefined)[]) => ({ businessUnitIds: units.map((u) => u?.id ?? '') })
    const both = await create('Rates and FX', { appliesTo: unitIds(rates, fx) })
    const alone = await create('Rates', { appliesTo: unitIds(rates) })
    await house.execute(deleteUnit, system, { id: rates?.id ?? '' })
    await house.settle()
    const left = await all()
    expect(left.find((p) => p.id === both.id)?.appliesTo).toMatchObject(unitIds(fx))
    expect(left.map((p) => p.id)).not.toContain(alone.id)
    // It can be changed again without naming what is not there.
    await house.execute(changePolicy, system, { id: both.id, appliesTo: { ...unitIds(fx), kinds: ['incident'] } })
  })
})

describe('the policy of a ticket', () => {
  const none = { serviceIds: [], businessUnitIds: [], kinds: [], environments: [], priorities: [] }
  const policies = [
    { name: 'UAT', isDefault: false, appliesTo: { ...none, environments: ['uat' as const] } },
    { name: 'Desk', isDefault: false, appliesTo: { ...none, businessUnitIds: ['eqd'], priorities: [1, 2] } },
    { name: 'Standard', isDefault: true, appliesTo: none },
  ]
  const ticket = { serviceId: null, unitIds: [], kind: 'incident', environment: 'prod', priority: 3 }
  it.each([
    [{}, 'Standard', 'By the policy Standard, because no other fits.'],
    [{ environment: 'uat' }, 'UAT', 'By the policy UAT, the first that fits: because of environment uat.'],
    [
      { unitIds: ['eqd'], priority: 2 },
      'Desk',
      'By the policy Desk, the first that fits: because of its business unit, priority P2.',
    ],
    [{ unitIds: ['eqd'] }, 'Standard', 'By the policy Standard, because no other fits.'],
  ])('%j', (given, name, why) => {
    expect(choosePolicy(policies, { ...ticket, ...given })).toMatchObject({ policy: { name }, why })
  })
})

it('over HTTP: a preview says when it would be due, by the same words', async () => {
  const { id, targets } = await standard()
  const payload = { targets, calendarId: (await calendar('hours')).id, from: '2026-11-23T17:00:00Z' }
  const preview = async (given: object) =>
    (await house.http.inject({ method: 'POST', url: '/api/sla-policies/preview', payload: given })).json().priorities
  const [first, , third] = await preview(payload)
  // It is said of each priority how it is counted, and that is how it is counted.
  expect(first).toMatchObject({ counted: 'around the clock', clocks: [{ dueAt: '2026-11-23T17:15:00Z' }, {}, {}] })
  expect(third).toMatchObject({
    priority: 'P3',
    counted: 'in the open hours of hours',
    clocks: [
      { clock: 'first_response', dueAt: '2026-11-23T19:00:00Z', text: expect.stringContaining('Due 19:00 London.') },
      { clock: 'resolution' },
      { clock: 'update', dueAt: '2026-11-24T09:00:00Z' },
    ],
  })
  const own = { ...payload, calendarId: null }
  expect((await preview(own))[2]).toMatchObject({
    counted: 'around the clock: a ticket about no service has no open hours',
    clocks: [{}, {}, { clock: 'update', dueAt: '2026-11-23T21:00:00Z' }],
  })
  const [open, bare] = await Promise.all(
    [payload.calendarId, null].map((calendarId, at) =>
      house.execute(createService, system, { slug: `s${at}`, name: `Service ${at}`, kind: 'business', calendarId }),
    ),
  )
  expect((await preview({ ...own, serviceId: open?.id }))[2]).toMatchObject({
    counted: 'in the open hours of hours',
    clocks: [{}, {}, { clock: 'update', dueAt: '2026-11-24T09:00:00Z' }],
  })
  expect((await preview({ ...own, serviceId: bare?.id }))[2]).toMatchObject({
    counted: 'around the clock: Service 1 has no calendar',
    clocks: [{}, {}, { clock: 'update', dueAt: '2026-11-23T21:00:00Z' }],
  })
  const changed = await house.http.inject({
    method: 'PATCH',
    url: `/api/sla-policies/${id}`,
    payload: { targets: { P2: { firstResponse: 20, update: 30, resolution: 360, clock: 'always' } } },
  })
  expect(changed.json().targets.P2.resolution).toBe(360)
  expect(changed.headers.etag).toBe('"v2"')
})
