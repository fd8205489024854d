import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MonitorRow } from '../../../contract/monitors/index.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { system } from '../../platform/access.ts'
import { execute } from '../../platform/verb.ts'
import { applyLooks, type SeenLook } from './apply-looks.ts'
import type { Outcome } from './judge.ts'
import { rollUp } from './rollup.ts'

let house: MonitorHouse
let ids: Record<string, string>
const start = Temporal.Instant.from('2026-11-23T07:00:00Z').epochMilliseconds
let seq = 0

/** Looks every 10 s from `from` (seconds since the start), a letter each: o, d, f, b; a dot is none. */
const looks = async (id: string, letters: string, from = 0, ms = 20) => {
  const outcome: Record<string, Outcome> = { o: 'ok', d: 'degraded', f: 'failed', b: 'blind' }
  const made = [...letters].flatMap((letter, i): SeenLook[] =>
    outcome[letter]
      ? [
          {
            monitorId: id,
            version: 1,
            at: start + (from + i * 10) * 1000,
            outcome: outcome[letter],
            ms: ms + i,
            code: letter,
            message: `look ${i}`,
            facts: [],
            turn: { term: 1, seq: ++seq },
          },
        ]
      : [],
  )
  await house.platform.db.transaction().execute((tx) => applyLooks(tx, made))
}
const get = async (url: string) => (await house.api(house.responder, 'GET', url)).body

beforeAll(async () => {
  house = await monitorHouse({ env: { ROLES: 'web' } })
  const make = (name: string, more = {}) =>
    house.monitor({ address: `http://${name.replaceAll(' ', '-')}.example/` }, { name, ...more })
  ids = {
    down: await make('Zeta down', { serviceId: house.orders }),
    degraded: await make('Beta degraded', { environment: 'uat' }),
    up: await make('alpha up'),
    up2: await make('Beta up'),
    blind: await make('Gamma blind'),
    fresh: await make('New'),
    paused: await make('Paused'),
  }
  await looks(ids.down ?? '', 'offf')
  await looks(ids.degraded ?? '', 'oddd')
  await looks(ids.up ?? '', 'oooo')
  await looks(ids.up2 ?? '', 'oooo')
  await looks(ids.blind ?? '', 'obbb')
  await house.api(house.responder, 'POST', `/monitors/${ids.paused}/pause`)
  house.clock.set(Temporal.Instant.fromEpochMilliseconds(start + 35_000))
})
afterAll(() => house.close())

describe('the list', () => {
  const names = (rows: MonitorRow[]) => rows.map((r) => `${r.name}: ${r.state}`)

  it('shows the worst first, then by name, with the last 24 hours', async () => {
    const { items, next, stripFrom, stripTo } = await get('/monitors')
    expect(names(items)).toEqual([
      'Zeta down: down',
      'Beta degraded: degraded',
      'Gamma blind: unknown',
      'New: unknown',
      'alpha up: up',
      'Beta up: up',
      'Paused: paused',
    ])
    expect(next).toBeNull()
    expect([stripFrom, stripTo]).toEqual(['2026-11-22T07:00:35Z', '2026-11-23T07:00:35Z'])
    const [first] = items as MonitorRow[]
    expect(first).toMatchObject({
      since: '2026-11-23T07:00:30Z',
      lastMs: 23,
      lastMessage: 'look 3',
      reason: '3 of 3 looks failed, last: look 3',
      service: { name: 'Equities order entry' },
    })
    expect(first?.strip).toHaveLength(30)
    expect(first?.strip.slice(-2)).toEqual(['none', 'down'])
    expect((items as MonitorRow[]).find((r) => r.name === 'alpha up')?.strip.at(-1)).toBe('up')
  })

  it('comes in pages that meet without a hole', async () => {
    const seen: string[] = []
    let cursor = ''
    for (let i = 0; i < 10; i++) {
      const page = await get(`/monitors?limit=2${cursor}`)
      seen.push(...names(page.items))
      if (!page.next) break
      cursor = `&cursor=${encodeURIComponent(page.next)}`
    }
    expect(seen).toEqual(names((await get('/monitors')).items))
    expect((await house.api(house.responder, 'GET', '/monitors?cursor=nonsense')).status).toBe(400)
  })

  it.each([
    ['view=trouble', ['Zeta down', 'Beta degraded', 'Gamma blind', 'New']],
    ['view=paused', ['Paused']],
    ['state=up', ['alpha up', 'Beta up']],
    ['view=trouble&state=up', []],
    ['q=beta', ['Beta degraded', 'Beta up']],
    ['q=zeta-down.example', ['Zeta down']],
    ['kind=tcp', []],
    ['environment=uat', ['Beta degraded']],
  ])('%s', async (filter, expected) => {
    expect((await get(`/monitors?${filter}`)).items.map((r: MonitorRow) => r.name)).toEqual(expected)
  })

  it('by service and team, and its counts', async () => {
    expect((await get(`/monitors?serviceId=${house.orders}`)).items).toHaveLength(1)
    expect((await get(`/monitors?teamId=${house.teamId}`)).items).toHaveLength(7)
    expect(await get('/monitors/counts')).toEqual({ all: 7, trouble: 4, down: 1, degraded: 1, unknown: 2, paused: 1 })
  })

  it('shows as unknown what nobody has looked at for too long', async () => {
    const here = house.clock.now()
    house.clock.step(here.add({ minutes: 30 }))
    const one = await get(`/monitors/${ids.up}`)
    expect(one).toMatchObject({
      state: 'unknown',
      since: '2026-11-23T07:00:30Z',
      unobservedSince: '2026-11-23T07:00:30Z',
      reason: null,
    })
    expect((await get('/monitors/counts')).unknown).toBe(6)
    const days = await get(`/monitors/${ids.up}/days`)
    expect(days.allHours).toEqual({ percent: 100, downMs: 0, blindMs: 0, unobservedMs: 1_805_000 })
    expect(days.days.at(-1)).toMatchObject({ state: 'unobserved', upMs: 30_000, unobservedMs: 1_805_000 })
    house.clock.step(here)
  })
})

describe('the kinds', () => {
  it('come with what their forms need', async () => {
    const { items } = await get('/monitor-kinds')
    expect(items.map((k: { kind: string }) => k.kind)).toEqual(['dns', 'http', 'tcp', 'tls'])
    const http = items.find((k: { kind: string }) => k.kind === 'http')
    expect(http.schema.properties.address).toMatchObject({ title: 'Address' })
    expect(http.schema.properties.headers.items.properties.value).toMatchObject({ secret: true })
    expect(http).toMatchObject({
      title: 'HTTP',
      summary: 'page, API',
      help: expect.any(String),
      example: { address: expect.any(String) },
    })
  })
})

describe('the chart', () => {
  it('counts failures, leaves them out of the times, and marks the changes', async () => {
    const { points, flips, spans, bucketSeconds } = await get(`/monitors/${ids.down}/chart?range=1h`)
    expect(bucketSeconds).toBe(10)
    expect(points).toHaveLength(4)
    expect(points[0]).toEqual({
      at: '2026-11-23T07:00:00Z',
      looks: 1,
      failures: 0,
      blind: 0,
      avgMs: 20,
      p95Ms: 20,
      maxMs: 20,
    })
    expect(points[3]).toEqual({
      at: '2026-11-23T07:00:30Z',
      looks: 1,
      failures: 1,
      blind: 0,
      avgMs: null,
      p95Ms: null,
      maxMs: null,
    })
    expect(flips).toEqual([
      { at: '2026-11-23T07:00:00Z', state: 'up', message: 'look 0' },
      { at: '2026-11-23T07:00:30Z', state: 'down', message: '3 of 3 looks failed, last: look 3' },
    ])
    expect(spans).toEqual([{ from: '2026-11-23T07:00:30Z', to: '2026-11-23T07:00:35Z', state: 'down' }])
    const day = await get(`/monitors/${ids.down}/chart`)
    expect([day.bucketSeconds, day.points]).toEqual([
      300,
      [{ at: '2026-11-23T07:00:00Z', looks: 4, failures: 3, blind: 0, avgMs: 20, p95Ms: 20, maxMs: 20 }],
    ])
  })

  it('of weeks is made of hours, rolled up or not yet', async () => {
    const id = ids.up2 ?? ''
    const here = house.clock.now()
    await looks(id, 'o'.repeat(700), 40)
    const roll = () => execute(house.platform, rollUp.verb, { actor: system, input: {} })
    house.clock.step(Temporal.Instant.fromEpochMilliseconds(start + 7_050_000))
    const before = await get(`/monitors/${id}/chart?range=7d`)
    expect(before.bucketSeconds).toBe(3600)
    expect(before.points.map((p: { looks: number }) => p.looks)).toEqual([360, 344])
    await roll()
    await roll()
    const hours = await house.platform.db.selectFrom('result_hours').selectAll().where('monitor_id', '=', id).execute()
    expect(hours).toMatchObject([{ looks: 360, failures: 0, blind: 0 }])
    const after = await get(`/monitors/${id}/chart?range=7d`)
    const rounded = (all: Record<string, number>[]) =>
      all.map((p) => ({ ...p, avgMs: Math.round(p.avgMs ?? 0), p95Ms: Math.round(p.p95Ms ?? 0) }))
    expect(rounded(after.points)).toEqual(rounded(before.points))
    const long = await get(`/monitors/${id}/chart?range=90d`)
    expect([long.bucketSeconds, long.points.map((p: { looks: number }) => p.looks)]).toEqual([21_600, [704]])
    house.clock.step(here)
  })
})

describe('the days', () => {
  it('end at midnight in the zone that is asked for, and count business hours apart', async () => {
    const { db } = house.platform
    const calendar = crypto.randomUUID()
    const at = { created_at: house.clock.now(), updated_at: house.clock.now() }
    const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '07:00', to: '18:00' }))
    await db
      .insertInto('calendars')
      .values({
        id: calendar,
        slug: 'london',
        name: 'London',
        kind: 'support',
        zone: 'Europe/London',
        weekly: JSON.stringify(weekly),
        exceptions: '[]',
        ...at,
      })
      .execute()
    await db.updateTable('services').set({ calendar_id: calendar }).where('id', '=', house.orders).execute()
    const days = await get(`/monitors/${ids.down}/days`)
    expect(days).toMatchObject({
      zone: 'Europe/London',
      allHours: { downMs: 5_000 },
      businessHours: { downMs: 5_000, unobservedMs: 0 },
    })
    expect(days.allHours.percent).toBeCloseTo((100 * 30) / 35, 5)
    const sydney = await get(`/monitors/${ids.down}/days?zone=Australia/Sydney`)
    expect(sydney.days.at(-1)).toMatchObject({ date: '2026-11-23', state: 'down', upMs: 30_000, downMs: 5_000 })
    expect((await get(`/monitors/${ids.up}/days`)).businessHours).toBeNull()
  })
})
