import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse, type TestSource } from '../../../test/harness/alerts.ts'
import { changeSource, disableSource } from './change-source.ts'
import { replaySample } from './replay-sample.ts'

const adminKey = 'a'.repeat(32)
const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

let house: AlertHouse
let source: TestSource
beforeAll(async () => {
  house = await alertHouse({ env: { ADMIN_API_KEY: adminKey } })
})
afterAll(() => house.close())
beforeEach(async () => {
  source = await house.addSource({ kind: 'pagerduty', serviceId: house.orders })
})

const payload = { summary: 'FX batch late', source: 'sched01', severity: 'error' }
const event = (more: object = {}) => ({ routing_key: source.key, event_action: 'trigger', payload, ...more })
const send = (body: unknown, headers: Record<string, string> = {}, path = '/v2/enqueue') =>
  house.send(body, { authorization: '', ...headers }, path)
const alerts = async (sourceId = source.id) => {
  await house.settle()
  return house.platform.db
    .selectFrom('alerts')
    .selectAll()
    .where('source_id', '=', sourceId)
    .orderBy('started_at')
    .execute()
}
const journal = async (sourceId = source.id) => {
  const { rows } = await sql<{ id: string; outcome: string; body: Buffer; headers: Record<string, string> }>`
    select id, outcome, body, headers from journal where source_id = ${sourceId} order by at, id`.execute(
    house.platform.db,
  )
  return rows
}

describe('an event of PagerDuty’s API', () => {
  it('is acknowledged, counted and resolved by its key, and opens anew after that', async () => {
    const key = { dedup_key: 'fx' }
    for (const body of [event(key), event(key)])
      expect(await send(body)).toMatchObject({
        status: 202,
        body: { status: 'success', message: 'Event processed', dedup_key: 'fx' },
      })
    expect(await alerts()).toMatchObject([{ status: 'firing', host: 'sched01', service_id: house.orders }])
    await send(event({ ...key, event_action: 'acknowledge', payload: undefined }))
    expect((await alerts())[0]?.acknowledged_at).not.toBeNull()
    await send(event({ ...key, event_action: 'resolve', payload: { summary: '', source: '' } }))
    expect(await alerts()).toMatchObject([{ status: 'resolved', occurrences_end: 2 }])
    await send(event(key))
    expect((await alerts()).map((a) => a.status)).toEqual(['resolved', 'firing'])
  })

  it('without a key is one of its own each time, and is told the key', async () => {
    const answers = [await send(event()), await send(event())]
    const [a, b] = answers.map(({ body }) => body.dedup_key)
    expect(a).toMatch(uuid)
    expect(b).toMatch(uuid)
    expect(a).not.toBe(b)
    expect((await alerts()).map((x) => x.dedup_key).sort()).toEqual([a, b].sort())
    await send(event({ event_action: 'resolve', dedup_key: a }))
    expect((await alerts()).map((x) => x.status).sort()).toEqual(['firing', 'resolved'])
  })

  it('that ends what never began, or was begun under another key, changes nothing', async () => {
    const other = await house.addSource({ kind: 'pagerduty' })
    await send(event({ dedup_key: 'mine' }))
    for (const [routing_key, dedup_key] of [
      [source.key, 'never'],
      [other.key, 'mine'],
    ])
      expect((await send(event({ routing_key, dedup_key, event_action: 'resolve' }))).status).toBe(202)
    expect(await alerts()).toMatchObject([{ status: 'firing', dedup_key: 'mine' }])
    expect(await alerts(other.id)).toEqual([])
  })

  it('as a change is kept, and tells nobody', async () => {
    const body = { routing_key: source.key, payload: { summary: 'Order entry 4.2 is live' } }
    expect(await send(body, {}, '/v2/change/enqueue')).toMatchObject({
      status: 202,
      body: { status: 'success', message: 'Change event processed' },
    })
    expect(await alerts()).toEqual([])
    const kept = await house.platform.db.selectFrom('signals').selectAll().where('source_id', '=', source.id).execute()
    expect(kept).toMatchObject([{ kind: 'change', summary: 'Order entry 4.2 is live' }])
    const logged = await house.platform.db
      .selectFrom('service_changes')
      .selectAll()
      .where('service_id', '=', house.orders)
      .execute()
    expect(logged).toMatchObject([
      { title: 'Order entry 4.2 is live', origin: 'tool', reference: `signal:${kept[0]?.id}` },
    ])
  })

  it('is read compressed, and its key stands nowhere afterwards', async () => {
    const packed = gzipSync(JSON.stringify(event({ dedup_key: 'packed' })))
    expect((await send(packed, { 'content-encoding': 'gzip' })).status).toBe(202)
    const [kept] = await journal()
    expect(kept?.body.toString() ?? '').toContain('[key ')
    expect(JSON.stringify(kept?.headers) + kept?.body.toString()).not.toContain(source.key)
  })
})

it.each([
  ['a number', { dedup_key: 42 }, '42'],
  ['null', { dedup_key: null }, uuid],
  ['blank', { dedup_key: ' ' }, uuid],
])('the key is given back, also when it is sent as %s', async (_what, more, key) => {
  for (const event_action of ['trigger', ...(key === uuid ? [] : ['acknowledge', 'resolve'])])
    expect(await send(event({ ...more, event_action }))).toMatchObject({
      status: 202,
      body: { status: 'success', message: 'Event processed', dedup_key: expect.stringMatching(key) },
    })
  expect(await alerts()).toMatchObject([{ status: key === uuid ? 'firing' : 'resolved' }])
})

it('a summary as long as it may be is kept whole, beside a title that fits', async () => {
  const summary = '🧯'.repeat(1_024)
  expect((await send(event({ payload: { ...payload, summary } }))).status).toBe(202)
  const [alert] = await alerts()
  expect(alert?.title).toMatch(/^🧯+…/u)
  expect(alert?.summary).toBe(summary)
})

describe('what PagerDuty refuses', () => {
  const long = 'k'.repeat(256)
  it.each([
    ['an unknown action', { event_action: 'page' }, "'event_action' is invalid"],
    ['an action that every object knows', { event_action: 'constructor' }, "'event_action' is invalid"],
    ['no action', { event_action: undefined }, "'event_action' is missing or blank"],
    ['a resolve of nothing', { event_action: 'resolve' }, "'dedup_key' is missing or blank"],
    ['a long key', { dedup_key: long }, "Length of 'dedup_key' is incorrect (should be <= 255 characters)"],
    ['no payload', { payload: undefined }, "'payload.summary' is missing or blank"],
    ['a blank source', { payload: { ...payload, source: ' ' } }, "'payload.source' is missing or blank"],
    ['another severity', { payload: { ...payload, severity: 'high' } }, "'payload.severity' is invalid"],
  ])('is refused in its words and kept: %s', async (_what, more, says) => {
    const answer = await send(event(more))
    expect(answer).toMatchObject({
      status: 400,
      body: { status: 'invalid event', message: 'Event object is invalid', errors: expect.any(Array) },
    })
    expect(answer.body.errors.join()).toContain(says)
    expect(await journal()).toMatchObject([{ outcome: 'unreadable' }])
  })

  it.each([
    ['half a body', '{"routing_key": "', 'Unrecognized object', 'JSON parse error'],
    ['no key', { event_action: 'trigger' }, 'invalid event', "'routing_key' is missing or blank"],
    ['a short key', { routing_key: 'x' }, 'invalid event', "'routing_key' is incorrect (should be 32 characters)"],
    ['a key of nobody', { routing_key: 'z'.repeat(32) }, 'invalid event', 'This key is no valid key'],
  ])('is told to its sender, and belongs to nobody: %s', async (_what, body, status, says) => {
    const answer = await send(body)
    expect(answer).toMatchObject({ status: 400, body: { status } })
    expect(answer.body.errors.join()).toContain(says)
  })

  it('says so in its form as well when it is too much, too large, disabled', async () => {
    expect(await send(event({ client: 'x'.repeat(512_001) }))).toMatchObject({
      status: 413,
      body: { status: 'invalid event' },
    })
    await house.execute(changeSource, house.admin, { id: source.id, perSecond: 1 }, { expected: 1 })
    house.clock.set(house.clock.now().add({ seconds: 4 }))
    const many = await Promise.all(Array.from({ length: 5 }, () => send(event({ dedup_key: 'again' }))))
    const throttled = many.filter((a) => a.status === 429)
    expect(throttled.length).toBeGreaterThan(0)
    expect(throttled[0]).toMatchObject({ headers: { 'retry-after': '1' }, body: { status: 'throttle exceeded' } })
    await house.execute(disableSource, house.admin, { id: source.id }, { expected: 2 })
    house.clock.set(house.clock.now().add({ seconds: 4 }))
    expect(await send(event())).toMatchObject({ status: 403, body: { status: 'invalid event' } })
  })
})

it('a sender that is stuck in a loop is throttled, and nobody else is', async () => {
  const stuck = source
  const other = await house.addSource({ kind: 'pagerduty', serviceId: house.orders })
  house.clock.set(house.clock.now().add({ seconds: 4 }))
  const loop = Promise.all(Array.from({ length: 1_000 }, () => send(event({ dedup_key: 'loop' }))))
  const fine = await Promise.all(
    Array.from({ length: 50 }, (_, n) => send({ ...event({ dedup_key: `fine/${n}` }), routing_key: other.key })),
  )
  expect(fine.map((a) => a.status)).toEqual(fine.map(() => 202))
  const answers = await loop
  const throttled = answers.filter((a) => a.status === 429)
  expect(throttled.length).toBeGreaterThan(400)
  expect(throttled[0]?.body.status).toBe('throttle exceeded')
  expect(await alerts(stuck.id)).toMatchObject([{ dedup_key: 'loop' }])
  expect(await alerts(other.id)).toHaveLength(50)
})

it('an Alertmanager that is stuck is told to come again, for it gives up at 429, and nobody else is held up', async () => {
  const stuck = await house.addSource({ kind: 'alertmanager' })
  const group = {
    version: '4',
    groupKey: 'g',
    status: 'firing',
    alerts: [{ status: 'firing', labels: { alertname: 'Loop' }, startsAt: '2026-03-29T01:30:00Z', fingerprint: 'f' }],
  }
  house.clock.set(house.clock.now().add({ seconds: 4 }))
  const loop = Promise.all(
    Array.from({ length: 1_000 }, () =>
      house.send(group, { authorization: `Bearer ${stuck.key}` }, '/intake/alertmanager'),
    ),
  )
  const fine = await Promise.all(Array.from({ length: 50 }, (_, n) => send(event({ dedup_key: `fine/${n}` }))))
  expect(fine.map((a) => a.status)).toEqual(fine.map(() => 202))
  const answers = await loop
  const later = answers.filter((a) => a.status === 503)
  expect(later.length).toBeGreaterThan(400)
  expect(Number(later[0]?.headers['retry-after'])).toBeGreaterThan(0)
  expect(answers.some((a) => a.status === 429)).toBe(false)
  expect(await alerts(stuck.id)).toMatchObject([{ dedup_key: 'f' }])
})

it('a key of 255 characters is taken, whatever they are', async () => {
  const key = '🧯'.repeat(255)
  expect(await send(event({ dedup_key: key }))).toMatchObject({ status: 202, body: { dedup_key: key } })
  await send(event({ dedup_key: key }))
  expect(await alerts()).toMatchObject([{ status: 'firing' }])
  await send(event({ dedup_key: key, event_action: 'resolve' }))
  expect(await alerts()).toMatchObject([{ status: 'resolved' }])
  expect((await send(event({ dedup_key: `${key}x` }))).status).toBe(400)
})

it('what could not be read is read again, once it can be', async () => {
  await send(event({ dedup_key: '' }), {}, '/v2/enqueue')
  await send(event({ payload: { ...payload, severity: 'high' }, dedup_key: 'once' }))
  const sample = (await journal()).find((j) => j.outcome === 'unreadable')
  await sql`update journal set body = ${Buffer.from(JSON.stringify(event({ dedup_key: 'once' })))} where id = ${sample?.id}`.execute(
    house.platform.db,
  )
  await house.execute(replaySample, house.admin, { id: source.id, sampleId: sample?.id ?? '' })
  expect((await alerts()).map((a) => a.dedup_key)).toContain('once')
})

it('what is read again changes nothing that came after it', async () => {
  const hour = () => house.later(60)
  const unreadable = async (of: object) => {
    await send(event({ payload: { ...payload, severity: 'high' } }))
    const sample = (await journal()).findLast((j) => j.outcome === 'unreadable')
    await sql`update journal set body = ${Buffer.from(JSON.stringify(event(of)))} where id = ${sample?.id}`.execute(
      house.platform.db,
    )
    return () => house.execute(replaySample, house.admin, { id: source.id, sampleId: sample?.id ?? '' })
  }
  const readResolve = await unreadable({ dedup_key: 'fx', event_action: 'resolve' })
  await hour()
  await send(event({ dedup_key: 'fx' }))
  await hour()
  await readResolve()
  expect(await alerts()).toMatchObject([{ dedup_key: 'fx', status: 'firing' }])
  const readTrigger = await unreadable({ dedup_key: 'fx' })
  await hour()
  await send(event({ dedup_key: 'fx', event_action: 'resolve' }))
  await hour()
  await readTrigger()
  expect(await alerts()).toMatchObject([{ dedup_key: 'fx', status: 'resolved' }])
})

it('ADMIN_API_KEY is the key of a source that is there without being set up, and stands in no journal', async () => {
  const before = await send(event({ routing_key: adminKey, dedup_key: 'eod' }))
  expect(before).toMatchObject({ status: 202, body: { dedup_key: 'eod' } })
  const made = await house.platform.db
    .selectFrom('sources')
    .selectAll()
    .where('slug', '=', 'default-pagerduty')
    .executeTakeFirstOrThrow()
  expect(await alerts(made.id)).toMatchObject([{ title: expect.stringContaining('FX batch late'), status: 'firing' }])
  const kept = await journal(made.id)
  expect(kept).toHaveLength(1)
  expect(JSON.stringify(kept[0]?.headers) + kept[0]?.body.toString()).not.toContain(adminKey)
  expect((await house.send({ title: 'x' }, { authorization: `Bearer ${adminKey}` })).status).toBe(401)
})
