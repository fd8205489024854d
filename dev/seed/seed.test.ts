import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendars } from '../../server/features/calendars/index.ts'
import { catalog, dependentsOf, nextCutOff, unitsHit } from '../../server/features/catalog/index.ts'
import { listServices, readService } from '../../server/features/catalog/queries.ts'
import { passwordHashOf } from '../../server/features/identity/credentials.ts'
import { identity, teamMembers } from '../../server/features/identity/index.ts'
import { system } from '../../server/platform/access.ts'
import type { Context } from '../../server/platform/context.ts'
import { type TestHouse, testHouse } from '../../test/harness/house.ts'
import { calendars as calendarTable } from './calendars.ts'
import { seed, type World } from './index.ts'

let house: TestHouse
let world: World
beforeAll(async () => {
  house = await testHouse({
    features: [identity, calendars, catalog],
    router: {},
    authenticate: () => async () => system,
  })
  world = await seed(house.platform, { passwords: { priya: 'four walls and a floor' } })
})
afterAll(() => house.close())

test('holds three sites, six teams and a dozen services', async () => {
  expect(Object.keys(world.teams)).toHaveLength(6)
  expect(Object.keys(world.calendars)).toHaveLength(4)
  const { items } = await house.ask(listServices, system, {})
  expect(items).toHaveLength(12)
  expect(items.filter((s) => s.kind === 'business')).toHaveLength(6)
  const zones = await house.platform.db.selectFrom('users').select('zone').distinct().execute()
  expect(zones.map((z) => z.zone).sort()).toEqual(['America/New_York', 'Asia/Tokyo', 'Europe/London'])
})

test('knows everybody by a memorable name', async () => {
  const members = await teamMembers(house.platform.db, world.teams.markets)
  expect(members.map((m) => [m.id, m.role]).sort()).toEqual(
    [
      [world.people.ana, 'lead'],
      [world.people.priya, 'responder'],
      [world.people.sam, 'responder'],
      [world.people.aiko, 'responder'],
    ].sort(),
  )
})

test('sets the passwords that were asked for, and no other', async () => {
  const ctx = { db: house.platform.db } as Context
  expect(await passwordHashOf(ctx.db, world.people.priya)).toMatch(/^\$argon2id\$/)
  expect(await passwordHashOf(ctx.db, world.people.sam)).toBeNull()
})

test('tells who is hurt when the market data gateway is', async () => {
  const { db, clock } = house.platform
  const above = await dependentsOf(db, world.services.marketData)
  expect(above.map((s) => s.id)).toContain(world.services.orderEntry)
  expect((await unitsHit(db, world.services.marketData)).map((u) => u.name)).toContain('EMEA cash equities')
  // 07:00 London on 23 November 2026: the first thing it could hold up.
  expect(await nextCutOff(db, world.services.marketData, clock.now())).toMatchObject({
    name: 'EOD P&L to desks',
    service: 'Risk reporting',
  })
})

test('supports order entry by the London calendar, which is shut on bank holidays and knows how far it knows', async () => {
  const service = await house.ask(readService, system, { id: world.services.orderEntry })
  expect(service).toMatchObject({
    tier: 1,
    ownerTeam: { id: world.teams.markets },
    calendar: { name: 'London support' },
  })
  expect(service.hosts.map((h) => h.host.name)).toEqual(['orders-01', 'orders-02'])
  expect(service.dependsOn.map((d) => d.service.name)).toContain('Market data gateway')
})

test('has holidays that fall on working days, each once, within what is said to be known', () => {
  for (const calendar of Object.values(calendarTable)) {
    if (!('exceptions' in calendar)) continue
    const dates = calendar.exceptions.map((e) => Temporal.PlainDate.from(e.date))
    for (const date of dates) expect(date.dayOfWeek, date.toString()).toBeLessThan(6)
    expect(new Set(dates.map(String)).size).toBe(dates.length)
    for (const date of dates) expect(date.toString() <= calendar.validThrough).toBe(true)
  }
})
