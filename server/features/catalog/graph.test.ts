import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Actor, system } from '../../platform/access.ts'
import { addCutOff } from './add-cut-off.ts'
import { addDependency } from './add-dependency.ts'
import { addHost } from './add-host.ts'
import { addUnit } from './add-unit.ts'
import { archiveService } from './archive-service.ts'
import { changeHost } from './change-host.ts'
import { changeUnit } from './change-unit.ts'
import { createService } from './create-service.ts'
import { deleteHost } from './delete-host.ts'
import { deleteUnit } from './delete-unit.ts'
import {
  catalog,
  dependentsOf,
  findHost,
  findService,
  findServiceByName,
  nextCutOff,
  servicesOnHost,
  unitsHit,
} from './index.ts'
import { listHosts, listUnitPeople, listUnits, readHost, readService, readUnit } from './queries.ts'
import { setBusinessUnits } from './set-business-units.ts'
import { setUnitsOfPerson } from './units-of-person.ts'

const admin: Actor = { kind: 'user', id: crypto.randomUUID(), name: 'Ana P.', role: 'admin', teams: [] }
const lead: Actor = {
  kind: 'user',
  id: crypto.randomUUID(),
  name: 'Dan R.',
  role: 'lead',
  teams: [{ id: crypto.randomUUID(), role: 'lead' }],
}

let house: TestHouse
beforeAll(async () => {
  house = await testHouse({ features: [catalog], router: {}, authenticate: () => async () => system })
})
afterAll(() => house.close())

let round = 0
let ids: Record<string, string>
beforeEach(() => {
  round++
  ids = {}
})

/** `chain('A>B', 'B>C')` makes the services and their dependencies. */
const chain = async (...edges: string[]) => {
  for (const name of new Set(edges.flatMap((e) => e.split('>')))) {
    if (ids[name]) continue
    ids[name] = (
      await house.execute(createService, admin, { slug: `${name.toLowerCase()}-${round}`, name, kind: 'technical' })
    ).id
  }
  for (const edge of edges) {
    const [from, to] = edge.split('>')
    if (from && to) await add(from, to)
  }
}
const id = (name: string) => ids[name] ?? ''
const add = (from: string, to: string) => house.execute(addDependency, admin, { id: id(from), serviceId: id(to) })

describe('circles', () => {
  test('are refused with the way round', async () => {
    await chain('Orders>Gateway', 'Gateway>Feed', 'Feed>Network')
    await expect(add('Network', 'Orders')).rejects.toMatchObject({
      code: 'conflict',
      message:
        'This would close a circle: Network → Orders → Gateway → Feed → Network. Remove one of these dependencies first.',
    })
    await expect(add('Orders', 'Orders')).rejects.toThrow('Orders cannot depend on itself.')
  })

  test('cannot be closed by two who add at the same time', async () => {
    await chain('A', 'B', 'C')
    const results = await Promise.allSettled([add('A', 'B'), add('B', 'C'), add('C', 'A')])
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    const refused = results.find((r) => r.status === 'rejected')
    expect(refused?.reason.message).toMatch(/close a circle: . → . → . → ./)
  })

  test('are looked for through archived services too', async () => {
    await chain('A>B', 'B>C')
    await house.execute(archiveService, admin, { id: id('A') })
    await house.execute(archiveService, admin, { id: id('B') })
    await chain('C', 'D')
    await expect(add('C', 'B')).rejects.toThrow('B is archived')
    await expect(add('C', 'D')).resolves.toMatchObject({ version: 2 })
  })
})

test('the same dependency twice changes nothing', async () => {
  await chain('A>B')
  expect((await add('A', 'B')).version).toBe(2)
})

test('a dependency and the archiving of what it is on cannot both pass', async () => {
  await chain('A', 'B')
  const [added, archived] = await Promise.allSettled([
    add('A', 'B'),
    house.execute(archiveService, admin, { id: id('B') }),
  ])
  expect([added.status, archived.status].sort()).toEqual(['fulfilled', 'rejected'])
})

describe('for other features', () => {
  test('dependents are found through any depth, once each, the most critical first, without archived ones', async () => {
    await chain('Top>Left', 'Top>Right', 'Left>Base', 'Right>Base', 'Old>Base')
    await house.execute(archiveService, admin, { id: id('Old') })
    expect((await dependentsOf(house.platform.db, id('Base'))).map((s) => s.name)).toEqual(['Left', 'Right', 'Top'])
    expect(await dependentsOf(house.platform.db, id('Top'))).toEqual([])
  })

  test('a graph with very many ways through it is walked once a service', async () => {
    // 20 layers of two, each on both of the next: half a million ways, which would outlast the time-out of a statement.
    await chain('a19', 'a0')
    const { db } = house.platform
    await sql`insert into services (id, slug, name, kind, created_at, updated_at)
      select gen_random_uuid(), n || '-layers', n, 'technical', now(), now()
      from unnest(array['a', 'b']) x, generate_series(0, 19) l, concat(x, l) n where n not in ('a0', 'a19')`.execute(db)
    await sql`update services set slug = name || '-layers' where id in (${id('a0')}, ${id('a19')})`.execute(db)
    await sql`insert into dependencies (id, service_id, depends_on_service_id)
      select gen_random_uuid(), a.id, b.id from generate_series(0, 18) l
      join services a on a.slug in (concat('a', l, '-layers'), concat('b', l, '-layers'))
      join services b on b.slug in (concat('a', l + 1, '-layers'), concat('b', l + 1, '-layers'))`.execute(db)
    expect(await dependentsOf(db, id('a19'))).toHaveLength(38)
    await expect(add('a19', 'a0')).rejects.toThrow('close a circle')
  })

  test('units hit and the next cut-off come from all that depend on it', async () => {
    await chain('Pricing>Gateway', 'Settlement>Gateway')
    const unit = await house.execute(addUnit, admin, { slug: `metals-${round}`, name: 'Metals desk', people: 12 })
    const other = await house.execute(addUnit, admin, { slug: `ops-${round}`, name: 'Operations' })
    await house.execute(setBusinessUnits, admin, { id: id('Pricing'), businessUnitIds: [unit.id] })
    await house.execute(setBusinessUnits, admin, { id: id('Gateway'), businessUnitIds: [unit.id, other.id] })
    await house.execute(addCutOff, admin, { id: id('Gateway'), name: 'Late', atTime: '23:00', zone: 'UTC' })
    await house.execute(addCutOff, admin, {
      id: id('Settlement'),
      name: 'CREST',
      atTime: '16:00',
      zone: 'Europe/London',
    })
    const { db, clock } = house.platform
    expect((await unitsHit(db, id('Gateway'))).map((u) => u.name)).toEqual(['Metals desk', 'Operations'])
    expect(await unitsHit(db, id('Settlement'))).toEqual([])
    expect(await nextCutOff(db, id('Gateway'), clock.now())).toMatchObject({
      name: 'CREST',
      service: 'Settlement',
      at: Temporal.Instant.from('2026-11-23T16:00:00Z'),
    })
    expect(await nextCutOff(db, id('Pricing'), clock.now())).toBeNull()
  })

  test('a service is found by id, and by slug or name in any case', async () => {
    await chain(`FIX connectivity ${round}`.replaceAll(' ', '-'))
    const [serviceId] = Object.values(ids)
    const { db } = house.platform
    expect(await findService(db, serviceId ?? '')).toMatchObject({
      tier: 3,
      kind: 'technical',
      environments: ['prod'],
      costPerHour: null,
      archived: false,
    })
    expect(await findServiceByName(db, `FIX-CONNECTIVITY-${round}-${round}`)).toMatchObject({ id: serviceId })
    expect(await findServiceByName(db, `fix-connectivity-${round}`)).toMatchObject({ id: serviceId })
    expect(await findServiceByName(db, 'nothing of the kind')).toBeNull()
    expect(await findService(db, crypto.randomUUID())).toBeNull()
  })
})

describe('hosts', () => {
  test('have one name in any case, and are found by it', async () => {
    const host = await house.execute(addHost, admin, { name: `ldn-app-${round}`, site: 'London' })
    await expect(house.execute(addHost, admin, { name: `LDN-APP-${round}` })).rejects.toMatchObject({
      fields: [{ field: 'name' }],
    })
    const other = await house.execute(addHost, admin, { name: `ldn-db-${round}` })
    await expect(house.execute(changeHost, admin, { id: other.id, name: `ldn-App-${round}` })).rejects.toMatchObject({
      fields: [{ field: 'name' }],
    })
    expect(
      (await house.execute(changeHost, admin, { id: host.id, name: `LDN-app-${round}`, environment: 'uat' })).version,
    ).toBe(2)
    expect(await findHost(house.platform.db, `LDN-APP-${round}`)).toMatchObject({ id: host.id, environment: 'uat' })
    expect(
      (await house.ask(listHosts, admin, { search: `app-${round}`, environment: 'uat' })).items.map((h) => h.id),
    ).toEqual([host.id])
  })

  test('that are taken at the same time go to one', async () => {
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => house.execute(addHost, admin, { name: `race-${round}` })),
    )
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    for (const t of tries) if (t.status === 'rejected') expect(t.reason).toMatchObject({ code: 'invalid_input' })
  })

  test('that are deleted leave their services, whose timelines say so', async () => {
    await chain('A')
    const host = await house.execute(addHost, admin, { name: `gone-${round}` })
    await house.execute(addDependency, admin, { id: id('A'), hostId: host.id })
    expect((await house.ask(readHost, admin, { id: host.id })).services.map((s) => s.name)).toEqual(['A'])
    expect((await servicesOnHost(house.platform.db, host.id)).map((s) => s.name)).toEqual(['A'])
    const [listed] = (await house.ask(listHosts, admin, { search: host.name })).items
    expect(listed?.services).toEqual([{ id: id('A'), name: 'A', kind: 'technical', tier: 3 }])
    await house.execute(deleteHost, admin, { id: host.id })
    expect(await house.ask(readService, admin, { id: id('A') })).toMatchObject({ hosts: [], version: 3 })
    const event = await house.platform.db
      .selectFrom('events')
      .selectAll()
      .where('type', '=', 'host.deleted')
      .where('subject', '=', `host:${host.id}`)
      .executeTakeFirstOrThrow()
    expect(event.about).toEqual([`host:${host.id}`, `service:${id('A')}`])
  })

  test('of no team are for administrators', async () => {
    const host = await house.execute(addHost, admin, { name: `shared-${round}` })
    await expect(house.execute(changeHost, lead, { id: host.id, site: 'Paris' })).rejects.toThrow('belongs to no team')
    await expect(house.execute(deleteHost, lead, { id: host.id })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('business units', () => {
  test('are changed, counted and deleted', async () => {
    await chain('A')
    const unit = await house.execute(addUnit, admin, { slug: `fx-${round}`, name: `FX desk ${round}`, people: 30 })
    await house.execute(setBusinessUnits, admin, { id: id('A'), businessUnitIds: [unit.id] })
    expect(await house.execute(changeUnit, admin, { id: unit.id, people: null, site: 'Tokyo' })).toMatchObject({
      people: null,
      site: 'Tokyo',
      services: 1,
      version: 2,
    })
    expect((await house.ask(listUnits, admin, { search: `FX desk ${round}` })).items).toMatchObject([
      { slug: `fx-${round}`, services: 1 },
    ])
    expect((await house.ask(listUnits, admin, { search: 'tokyo' })).items.map((u) => u.id)).toEqual([unit.id])
    expect((await house.ask(readUnit, admin, { id: unit.id })).uses.map((s) => s.name)).toEqual(['A'])
    await house.execute(deleteUnit, admin, { id: unit.id })
    await expect(house.ask(readUnit, admin, { id: unit.id })).rejects.toMatchObject({ code: 'not_found' })
    expect(await house.ask(readService, admin, { id: id('A') })).toMatchObject({ businessUnits: [], version: 3 })
    await expect(house.execute(deleteUnit, admin, { id: unit.id })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('show who works there, by name and page by page, without those who have left', async () => {
    const unit = await house.execute(addUnit, admin, { slug: `people-${round}`, name: 'Rates desk' })
    const at = house.platform.clock.now()
    for (const [name, left] of [['Zoe'], ['adam'], ['Bea', at]] as const) {
      const userId = crypto.randomUUID()
      const email = `${name.toLowerCase()}-${round}@bank.example`
      await house.platform.db
        .insertInto('users')
        .values({ id: userId, name, email, disabled_at: left ?? null, created_at: at, updated_at: at })
        .execute()
      await house.execute(setUnitsOfPerson, admin, { userId, businessUnitIds: [unit.id] })
    }
    const first = await house.ask(listUnitPeople, admin, { id: unit.id, limit: 1 })
    expect(first.items.map((p) => p.name)).toEqual(['adam'])
    const next = await house.ask(listUnitPeople, admin, { id: unit.id, limit: 1, cursor: first.next ?? undefined })
    expect(next).toMatchObject({ items: [{ name: 'Zoe', email: `zoe-${round}@bank.example` }], next: null })
    await expect(house.ask(listUnitPeople, admin, { id: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('that do not exist cannot use a service', async () => {
    await chain('A')
    await expect(
      house.execute(setBusinessUnits, admin, { id: id('A'), businessUnitIds: [crypto.randomUUID()] }),
    ).rejects.toMatchObject({ fields: [{ field: 'businessUnitIds' }] })
  })

  test('are for administrators', async () => {
    await expect(house.execute(addUnit, lead, { slug: 'mine', name: 'Mine' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
