import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Actor, system } from '../../platform/access.ts'
import { createCalendar } from '../calendars/create-calendar.ts'
import { calendars } from '../calendars/index.ts'
import { createTeam } from '../identity/create-team.ts'
import { addCutOff } from './add-cut-off.ts'
import { addDependency } from './add-dependency.ts'
import { addHost } from './add-host.ts'
import { addUnit } from './add-unit.ts'
import { archiveService } from './archive-service.ts'
import { changeCutOff } from './change-cut-off.ts'
import { changeService } from './change-service.ts'
import { createService } from './create-service.ts'
import { catalog, catalogRoutes } from './index.ts'
import { listServices, readService } from './queries.ts'
import { removeCutOff } from './remove-cut-off.ts'
import { restoreService } from './restore-service.ts'
import { readServiceMap } from './service-map.ts'
import { setBusinessUnits } from './set-business-units.ts'

const user = (role: 'requester' | 'responder' | 'lead', ...teams: string[]): Actor => ({
  kind: 'user',
  id: crypto.randomUUID(),
  name: 'Sam O.',
  role,
  teams: teams.map((id) => ({ id, role: role === 'lead' ? ('lead' as const) : ('responder' as const) })),
})

let house: TestHouse
let markets: string
let dba: string
beforeAll(async () => {
  const plan = {
    features: [calendars, catalog],
    router: { catalog: catalogRoutes },
    authenticate: () => async () => system,
  }
  house = await testHouse(plan)
  markets = (await house.execute(createTeam, system, { name: 'L2 Markets support', kind: 'l2' })).id
  dba = (await house.execute(createTeam, system, { name: 'DBA', kind: 'dba' })).id
})
afterAll(() => house.close())

let count = 0
const create = (more: object = {}, actor: Actor = system) =>
  house.execute(createService, actor, {
    slug: `s-${++count}`,
    name: `Service ${count}`,
    kind: 'technical',
    ownerTeamId: markets,
    ...more,
  })
const dependsOn = (id: string, serviceId: string) => house.execute(addDependency, system, { id, serviceId })
const eventsAbout = async (ref: string) => {
  const rows = await house.platform.db
    .selectFrom('events')
    .selectAll()
    .where(sql<boolean>`${ref} = any(about)`)
    .orderBy('seq')
    .execute()
  return rows.map((e) => house.platform.registry.events.get(e.type)?.say(e.data, e.actor_name))
}

describe('a service', () => {
  test('is created with sensible defaults and read with everything around it', async () => {
    const made = await create({ name: 'Equities order entry', kind: 'business', costPerHour: 250_000, currency: 'GBP' })
    expect(made).toMatchObject({
      tier: 3,
      environments: ['prod'],
      ownerTeam: { id: markets, name: 'L2 Markets support' },
      calendar: null,
      costPerHour: 250_000,
      version: 1,
      archived: false,
      dependsOn: [],
      hosts: [],
      dependents: [],
      businessUnits: [],
      cutOffs: [],
      impact: { services: [], businessUnits: [] },
    })
    expect(await eventsAbout(`service:${made.id}`)).toEqual(['Watchfloor added the service Equities order entry.'])
  })

  test('shows what it runs on and what breaks with it', async () => {
    const gateway = await create({ name: 'Market data gateway', tier: 2 })
    const pricing = await create({ name: 'Commodities pricing', kind: 'business', tier: 1 })
    const reports = await create({ name: 'Risk reporting', tier: 4 })
    await dependsOn(pricing.id, gateway.id)
    await dependsOn(reports.id, pricing.id)
    const host = await house.execute(addHost, system, { name: 'ldn-mdg-01', site: 'London' })
    await house.execute(addDependency, system, { id: gateway.id, hostId: host.id })
    const desk = await house.execute(addUnit, system, {
      slug: 'metals',
      name: 'Metals desk',
      site: 'London',
      people: 12,
    })
    const risk = await house.execute(addUnit, system, { slug: 'risk', name: 'Risk control', people: 40 })
    await house.execute(setBusinessUnits, system, { id: pricing.id, businessUnitIds: [desk.id] })
    await house.execute(setBusinessUnits, system, { id: reports.id, businessUnitIds: [risk.id, desk.id] })

    const seen = await house.ask(readService, user('responder'), { id: gateway.id })
    expect(seen.hosts.map((h) => h.host.name)).toEqual(['ldn-mdg-01'])
    expect(seen.dependents.map((s) => s.name)).toEqual(['Commodities pricing'])
    expect(seen.businessUnits).toEqual([])
    expect(seen.impact.services.map((s) => s.name)).toEqual(['Commodities pricing', 'Risk reporting'])
    expect(seen.impact.businessUnits.map((u) => [u.name, u.people])).toEqual([
      ['Risk control', 40],
      ['Metals desk', 12],
    ])
    expect(await eventsAbout(`unit:${desk.id}`)).toContain(
      'Watchfloor changed who uses Commodities pricing: now Metals desk.',
    )

    // Who does not run it sees neither cost nor machines.
    const outside = await house.ask(readService, user('requester'), { id: gateway.id })
    expect(outside).toMatchObject({
      name: 'Market data gateway',
      hosts: [],
      dependsOn: [],
      dependents: [],
      costPerHour: null,
      impact: { services: [] },
    })
  })

  test.each([
    ['a slug that is taken', { slug: 's-1' }, 'slug'],
    ['a team that does not exist', { ownerTeamId: crypto.randomUUID() }, 'ownerTeamId'],
    ['a calendar that does not exist', { calendarId: crypto.randomUUID() }, 'calendarId'],
    ['a cost without currency', { costPerHour: 1 }, 'currency'],
    ['a tier that does not exist', { tier: 5 }, 'tier'],
    ['an environment twice', { environments: ['prod', 'prod'] }, 'environments'],
  ])('refuses %s', async (_, more, field) => {
    await expect(create(more)).rejects.toMatchObject({ code: 'invalid_input', fields: [{ field }] })
  })

  test('refuses a calendar of another kind', async () => {
    const weekly = [{ day: 1, from: '08:00', to: '16:30' }]
    const venue = await house.execute(createCalendar, system, {
      slug: 'lse',
      name: 'LSE',
      kind: 'market',
      zone: 'Europe/London',
      weekly,
    })
    await expect(create({ calendarId: venue.id })).rejects.toThrow(
      'LSE is a market calendar; choose a support calendar.',
    )
  })
})

describe('changing a service', () => {
  test('records what changed, in words', async () => {
    const made = await create({ name: 'Settlement', tier: 2 })
    const changed = await house.execute(changeService, system, {
      id: made.id,
      tier: 1,
      description: 'T+1',
      name: 'Settlement',
    })
    expect(changed).toMatchObject({ tier: 1, description: 'T+1', version: 2 })
    expect((await eventsAbout(`service:${made.id}`)).at(-1)).toBe(
      'Watchfloor changed Settlement: tier from 2 to 1, description.',
    )
    const same = await house.execute(changeService, system, { id: made.id, tier: 1 })
    expect(same.version).toBe(2)
  })

  test('of an old version is refused', async () => {
    const made = await create()
    await house.execute(changeService, system, { id: made.id, tier: 1 }, { expected: 1 })
    await expect(house.execute(changeService, system, { id: made.id, tier: 2 }, { expected: 1 })).rejects.toMatchObject(
      { code: 'stale' },
    )
  })
})

describe('row scope', () => {
  test('a lead creates for a team of their own, and for no other', async () => {
    const lead = user('lead', markets)
    expect((await create({}, lead)).ownerTeam?.id).toBe(markets)
    await expect(create({ ownerTeamId: dba }, lead)).rejects.toMatchObject({
      code: 'forbidden',
      fields: [{ field: 'ownerTeamId' }],
    })
    await expect(create({ ownerTeamId: null }, lead)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('a lead changes only what belongs to their teams, and gives nothing away', async () => {
    const ours = await create()
    const theirs = await create({ name: 'Oracle cluster', ownerTeamId: dba })
    const lead = user('lead', markets)
    expect((await house.execute(changeService, lead, { id: ours.id, tier: 1 })).tier).toBe(1)
    await expect(house.execute(changeService, lead, { id: ours.id, ownerTeamId: dba })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(house.execute(changeService, lead, { id: theirs.id, tier: 1 })).rejects.toThrow(
      'Oracle cluster belongs to DBA: only its leads and administrators may change it.',
    )
    await expect(house.execute(addDependency, lead, { id: theirs.id, serviceId: ours.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(house.execute(archiveService, lead, { id: theirs.id })).rejects.toMatchObject({ code: 'forbidden' })
    // What one's own service depends on may be anybody's.
    expect((await house.execute(addDependency, lead, { id: ours.id, serviceId: theirs.id })).dependsOn).toHaveLength(1)
  })

  test('a responder changes nothing', async () => {
    const made = await create()
    await expect(
      house.execute(changeService, user('responder', markets), { id: made.id, tier: 1 }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the map', () => {
  test('has a service with all that it needs and all that needs it, and what is between them', async () => {
    const [desk, entry, feed, disk, away] = [
      await create({ tier: 1 }),
      await create(),
      await create(),
      await create(),
      await create(),
    ]
    for (const [a, b] of [
      [desk, entry],
      [entry, feed],
      [feed, disk],
      [desk, feed],
      [away, disk],
    ] as const)
      await dependsOn(a.id, b.id)
    const unit = await house.execute(addUnit, system, { slug: 'cash-equities', name: 'Cash equities', people: 40 })
    await house.execute(setBusinessUnits, system, { id: desk.id, businessUnitIds: [unit.id] })
    const map = await house.ask(readServiceMap, user('responder'), { around: entry.id })
    expect(map.services.map((s) => s.name)).toEqual([desk, entry, feed, disk].map((s) => s.name))
    expect(map.services[0]?.units).toEqual([{ name: 'Cash equities', people: 40 }])
    const known = new Map(map.services.map((s) => [s.id, s.name]))
    expect(map.edges.map(({ from, to }) => `${known.get(from)} → ${known.get(to)}`).sort()).toEqual(
      [
        [desk, entry],
        [desk, feed],
        [entry, feed],
        [feed, disk],
      ]
        .map(([a, b]) => `${a?.name} → ${b?.name}`)
        .sort(),
    )
    const whole = await house.ask(readServiceMap, user('responder'), {})
    expect(whole.services.map((s) => s.id)).toContain(away.id)
    await expect(house.ask(readServiceMap, user('requester'), {})).rejects.toThrow(/does not allow/)
  })
})

describe('archiving', () => {
  test('waits until nothing active depends on it, and keeps dependencies for the day it is restored', async () => {
    const base = await create({ name: 'Reference data' })
    const top = await create({ name: 'Prime reporting' })
    await dependsOn(top.id, base.id)
    await expect(house.execute(archiveService, system, { id: base.id })).rejects.toThrow(
      'Reference data cannot be archived while others depend on it (Prime reporting).',
    )
    await house.execute(archiveService, system, { id: top.id })
    const archived = await house.execute(archiveService, system, { id: base.id })
    expect(archived).toMatchObject({ archived: true, dependents: [] })
    await expect(house.execute(changeService, system, { id: base.id, tier: 1 })).rejects.toThrow(
      'Reference data is archived. Restore it before you change it.',
    )
    await expect(house.execute(restoreService, system, { id: top.id })).rejects.toThrow(
      'Prime reporting depends on what is archived (Reference data).',
    )
    await house.execute(restoreService, system, { id: base.id })
    expect((await house.execute(restoreService, system, { id: top.id })).dependsOn).toHaveLength(1)
    expect(await eventsAbout(`service:${base.id}`)).toContain('Watchfloor archived Reference data.')
  })

  test('takes it out of the list and makes it no target of a dependency', async () => {
    const gone = await create({ name: 'zzz gone' })
    await house.execute(archiveService, system, { id: gone.id })
    const names = async (input: object) =>
      (await house.ask(listServices, user('requester'), { search: 'zzz gone', ...input })).items.map((s) => s.name)
    expect([await names({}), await names({ archived: 'yes' })]).toEqual([[], ['zzz gone']])
    await expect(dependsOn((await create()).id, gone.id)).rejects.toThrow('zzz gone is archived')
  })
})

test('cut-offs are added, changed and removed, and show when they fall next', async () => {
  const made = await create({ name: 'CREST settlement' })
  const added = await house.execute(addCutOff, system, {
    id: made.id,
    name: 'CREST',
    atTime: '16:00',
    zone: 'Europe/London',
  })
  expect(added.cutOffs[0]).toMatchObject({
    name: 'CREST',
    days: [1, 2, 3, 4, 5],
    nextAt: Temporal.Instant.from('2026-11-23T16:00:00Z'),
  })
  const cutOffId = added.cutOffs[0]?.id ?? ''
  const changed = await house.execute(changeCutOff, system, { id: made.id, cutOffId, atTime: '06:00', days: [3, 1] })
  expect(changed.cutOffs[0]).toMatchObject({ days: [1, 3], nextAt: Temporal.Instant.from('2026-11-25T06:00:00Z') })
  const other = await create()
  await expect(house.execute(removeCutOff, system, { id: other.id, cutOffId })).rejects.toMatchObject({
    code: 'not_found',
  })
  const removed = await house.execute(removeCutOff, system, { id: made.id, cutOffId })
  expect(removed).toMatchObject({ cutOffs: [], version: 4 })
  expect((await eventsAbout(`service:${made.id}`)).slice(1)).toEqual([
    'Watchfloor added the cut-off CREST (16:00 Europe/London) to CREST settlement.',
    'Watchfloor changed the cut-off CREST of CREST settlement: days from Mon Tue Wed Thu Fri to Mon Wed, time from 16:00 to 06:00.',
    'Watchfloor removed the cut-off CREST of CREST settlement.',
  ])
})

test('the list pages by name in any case and filters', async () => {
  for (const name of ['Page b', 'page A', 'PAGE c']) await create({ name, tier: 1, environments: ['prod', 'uat'] })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await house.ask(listServices, user('responder'), {
      search: 'page',
      tier: '1',
      environment: 'uat',
      team: markets,
      limit: 1,
      ...(cursor ? { cursor } : {}),
    })
    seen.push(...page.items.map((s) => s.name))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(seen).toEqual(['page A', 'Page b', 'PAGE c'])
  expect((await house.ask(listServices, user('responder'), { search: 'page', environment: 'dev' })).items).toEqual([])
})

test('over HTTP: created, joined, archived and restored', async () => {
  const call = (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    house.http.inject({ method, url: `/api${url}`, ...(payload ? { payload } : {}) })
  const a = (await call('POST', '/services', { slug: 'wire-a', name: 'Wire A', kind: 'business' })).json()
  const b = (await call('POST', '/services', { slug: 'wire-b', name: 'Wire B', kind: 'technical' })).json()
  const joined = await call('POST', `/services/${a.id}/dependencies`, { serviceId: b.id })
  expect([joined.statusCode, joined.headers.etag]).toEqual([201, '"v2"'])
  const neither = await call('POST', `/services/${a.id}/dependencies`, {})
  expect([neither.statusCode, neither.json().fields]).toEqual([
    422,
    [{ field: 'serviceId', problem: expect.stringContaining('either serviceId or hostId') }],
  ])
  const { dependencyId } = joined.json().dependsOn[0]
  expect((await call('DELETE', `/services/${a.id}/dependencies/${dependencyId}`)).json().dependsOn).toEqual([])
  expect((await call('POST', `/services/${b.id}/archival`)).json().archived).toBe(true)
  expect((await call('DELETE', `/services/${b.id}/archival`)).json().archivedAt).toBeNull()
  const listed = await call('GET', '/services?search=wire-&kind=business')
  expect(listed.json().items.map((s: { slug: string }) => s.slug)).toEqual(['wire-a'])
})
