import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse, alertPlan, type TestSource } from '../../../test/harness/alerts.ts'
import { createCrypto } from '../../platform/crypto.ts'
import { createPool } from '../../platform/db/pool.ts'
import type { DB } from '../../platform/db/schema.gen.ts'
import { createHouse } from '../../platform/house.ts'
import { listAlerts } from './alert-queries.ts'
import { createIntakeStore, type Taken } from './intake-store.ts'
import type { Signal } from './signal.ts'
import { getSource } from './source-queries.ts'

let house: AlertHouse
let source: TestSource
beforeAll(async () => {
  house = await alertHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  source = await house.addSource({ opensIncident: false })
})

const send = async (body: unknown) => {
  const answer = await house.send(body, { authorization: `Bearer ${source.key}` })
  expect(answer.status).toBe(202)
}
const alertsOf = async (view: 'firing' | 'all' = 'all') =>
  (await house.ask(listAlerts, house.responder, { view, sourceId: source.id, limit: 200 })).items
const states = async () => (await alertsOf()).map((a) => a.status)
const ago = (minutes: number) =>
  house.clock
    .now()
    .subtract({ seconds: minutes * 60 })
    .toString()

const shuffled = <T>(list: T[]): T[] =>
  list
    .map((x) => [Math.random(), x] as const)
    .sort(([a], [b]) => a - b)
    .map(([, x]) => x)

describe('deduplication', () => {
  it('makes 20 alerts of 500 events with 20 keys, with the right counts', async () => {
    const events = shuffled(
      Array.from({ length: 500 }, (_, i) => ({ title: `Disk ${i % 20}`, dedup_key: `disk/${i % 20}` })),
    )
    const requests = Array.from({ length: 125 }, (_, i) => events.slice(i * 4, i * 4 + 4))
    await Promise.all(requests.map((r, i) => send(i % 2 ? r : { signals: r })))
    await house.settle()
    const alerts = await alertsOf()
    expect(alerts).toHaveLength(20)
    expect(alerts.every((a) => a.occurrences === 25 && a.status === 'firing')).toBe(true)
    expect(await house.ask(getSource, house.admin, { id: source.id })).toMatchObject({
      signals: 500,
      firing: 20,
      problems: 0,
    })
  })

  it('keeps one alert whatever is sent again', async () => {
    const events = [
      { title: 'a', dedup_key: 'a', at: ago(5) },
      { status: 'resolved', dedup_key: 'a', at: ago(3) },
    ]
    for (let i = 0; i < 3; i++) {
      for (const e of events) await send(e)
      await house.settle()
    }
    expect(await states()).toEqual(['resolved'])
  })

  it('takes events in the order of the sender’s clock', async () => {
    await send({ status: 'resolved', dedup_key: 'a', at: ago(3) })
    await send({ title: 'a', dedup_key: 'a', at: ago(5) })
    await house.settle()
    expect(await states()).toEqual([])
    await send({ title: 'a', dedup_key: 'a', at: ago(2) })
    await send({ status: 'resolved', dedup_key: 'a', at: ago(4) })
    await house.settle()
    const [alert] = await alertsOf()
    expect(alert).toMatchObject({ status: 'firing' })
    expect(String(alert?.startedAt)).toBe(ago(2))
  })

  it.each([
    ['behind', 60],
    ['ahead', -60],
  ])('goes by arrival for a sender whose clock is an hour %s', async (_what, minutes) => {
    await send({ title: 'a', dedup_key: 'a', at: ago(minutes) })
    await house.settle()
    expect(String((await alertsOf())[0]?.startedAt)).toBe(house.clock.now().toString())
    await house.advance({ minutes: 1 })
    // The clock was put right meanwhile.
    await send({ status: 'resolved', dedup_key: 'a', at: ago(0) })
    await send({ title: 'a', dedup_key: 'a', at: ago(minutes) })
    await house.settle()
    expect(await states()).toEqual(['firing', 'resolved'])
  })

  it('takes an Alertmanager’s resolve of an earlier time that comes late for what it is', async () => {
    source = await house.addSource({ kind: 'alertmanager', opensIncident: false })
    const sent = async (status: string, startsAt: string, endsAt = '0001-01-01T00:00:00Z') => {
      const alerts = [{ status, labels: { alertname: 'Down' }, annotations: {}, startsAt, endsAt, fingerprint: 'f1' }]
      const body = { version: '4', groupKey: 'g', status, receiver: 'r', alerts }
      const answer = await house.send(body, { authorization: `Bearer ${source.key}` }, '/intake/alertmanager')
      expect(answer.status).toBe(202)
      await house.settle()
    }
    const [first, over, second] = [ago(60), ago(50), ago(40)]
    await sent('firing', second)
    await sent('resolved', first, over)
    expect(await states()).toEqual(['firing'])
    await sent('resolved', second, ago(1))
    expect(await states()).toEqual(['resolved'])
  })

  it('a firing after a resolve is a new alert that links to the last', async () => {
    for (const status of ['firing', 'resolved', 'firing']) {
      await send({ title: 'a', dedup_key: 'a', status })
      await house.settle()
      await house.advance({ minutes: 1 })
    }
    const [now, before] = await alertsOf()
    expect(now).toMatchObject({ status: 'firing', occurrences: 1 })
    expect(before).toMatchObject({ status: 'resolved', occurrences: 1 })
    const [row] = await house.platform.db
      .selectFrom('alerts')
      .select('previous_id')
      .where('id', '=', now?.id ?? '')
      .execute()
    expect(row?.previous_id).toBe(before?.id)
  })

  it('records what began and ended within one request, and tells nobody', async () => {
    await send([
      { title: 'a', dedup_key: 'a' },
      { status: 'resolved', dedup_key: 'a' },
    ])
    await house.settle()
    expect(await alertsOf()).toMatchObject([{ status: 'resolved', occurrences: 1, ticket: null }])
    await send([
      { title: 'a', dedup_key: 'a' },
      { status: 'resolved', dedup_key: 'a' },
      { title: 'a', dedup_key: 'a' },
    ])
    await house.settle()
    expect(await states()).toEqual(['firing', 'resolved'])
  })

  it('keeps what is no news of an alert as a signal alone', async () => {
    await send([
      { status: 'heartbeat' },
      { title: 'Deployed 1.2', status: 'change' },
      { title: 'hm', status: 'comment', dedup_key: 'a' },
    ])
    await house.settle()
    expect(await alertsOf()).toEqual([])
    expect(
      await house.platform.db.selectFrom('signals').selectAll().where('source_id', '=', source.id).execute(),
    ).toHaveLength(3)
  })

  it('keeps the same key of two sources apart', async () => {
    const other = await house.addSource({ opensIncident: false })
    await send({ title: 'a', dedup_key: 'a' })
    await house.send({ status: 'resolved', dedup_key: 'a' }, { authorization: `Bearer ${other.key}` })
    await house.settle()
    expect(await states()).toEqual(['firing'])
  })
})

const taken = (signals: Partial<Signal>[], more: Partial<Taken['journal']> = {}): Taken => ({
  journal: {
    id: randomUUID(),
    sourceId: source.id,
    contentType: '',
    headers: '{}',
    body: Buffer.from('{}'),
    outcome: 'read',
    problem: null,
    signals: signals.length,
    ...more,
  },
  signals: signals.map((s) => ({
    kind: 'firing',
    dedupKey: 'k',
    at: null,
    severity: 'high',
    summary: 's',
    labels: {},
    links: [],
    ...s,
  })),
})

describe('flushes', () => {
  it('of two processes with the same keys wait for each other and never in a circle', async () => {
    const other = await createHouse(alertPlan(), {
      config: house.platform.config,
      connection: house.databaseUrl,
      crypto: createCrypto('x'.repeat(40)),
      net: house.platform.net,
      clock: house.clock,
      log: house.platform.log,
    })
    const stores = [createIntakeStore(house.platform), createIntakeStore(other.platform)]
    const batch = () => shuffled(Array.from({ length: 60 }, (_, i) => ({ dedupKey: `k${i}` })))
    const kinds = ['firing', 'resolved'] as const
    await Promise.all(
      Array.from({ length: 80 }, (_, i) =>
        stores[i % 2]?.put(taken(batch().map((s, n) => ({ ...s, kind: kinds[(i + n) % 7 === 0 ? 1 : 0] })))),
      ),
    )
    await other.stop()
    const { rows } = await house.platform.pool.query<{ occurrences: number; fired: number }>(
      `select sum(occurrences)::int as occurrences, (select count(*)::int from signals where source_id = $1 and kind = 'firing') as fired
       from alert_keys where source_id = $1`,
      [source.id],
    )
    expect(rows[0]?.occurrences).toBe(rows[0]?.fired)
    await house.settle()
    const open = new Set(
      (await alertsOf('firing')).length
        ? await house.platform.db
            .selectFrom('alert_keys')
            .select('dedup_key')
            .where('source_id', '=', source.id)
            .where('state', '=', 'firing')
            .execute()
            .then((r) => r.map((k) => k.dedup_key))
        : [],
    )
    expect((await alertsOf('firing')).length).toBe(open.size)
  })

  it('of a process that was not told what another one took in do not go by what they remember', async () => {
    // Two stores of one house know as little of each other as two processes.
    const [one, other] = [createIntakeStore(house.platform), createIntakeStore(house.platform)]
    const state = async () =>
      house.platform.db
        .selectFrom('alert_keys')
        .select(['state', 'occurrences', 'flip'])
        .where('source_id', '=', source.id)
        .executeTakeFirst()
    await one.put(taken([{}]))
    await other.put(taken([{ kind: 'resolved' }]))
    await one.put(taken([{}]))
    expect(await state()).toEqual({ state: 'firing', occurrences: 2, flip: 3 })
    // The other one remembers that it is resolved, where a resolve changes nothing.
    await other.put(taken([{ kind: 'resolved' }]))
    expect(await state()).toEqual({ state: 'resolved', occurrences: 2, flip: 4 })
  })

  it('of one process keep the order in which the signals of a key came, whatever came beside them', async () => {
    const store = createIntakeStore(house.platform)
    const kinds = ['firing', 'resolved'] as const
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const puts: Promise<void>[] = []
    for (let round = 0; round < 60; round++) {
      const signals = shuffled(names).map((dedupKey) => ({ dedupKey, kind: kinds[round % 2] ?? 'firing' }))
      // Each alone, two by two, and all in one request.
      const size = [1, 2, 6][round % 3] ?? 1
      for (let i = 0; i < signals.length; i += size) puts.push(store.put(taken(signals.slice(i, i + size))))
      if (round % 4 === 0) await new Promise((done) => setTimeout(done, 2))
    }
    await Promise.all(puts)
    const keys = await house.platform.db
      .selectFrom('alert_keys')
      .select(['dedup_key', 'state', 'flip', 'occurrences'])
      .where('source_id', '=', source.id)
      .orderBy('dedup_key')
      .execute()
    // Two of one key in the wrong order would be one change less, or two.
    expect(keys).toEqual(names.map((name) => ({ dedup_key: name, state: 'resolved', flip: 60, occurrences: 30 })))
    expect((await house.ask(getSource, house.admin, { id: source.id })).signals).toBe(360)
  })

  it('of three processes, in two lanes each, never wait in a circle for keys that cross', async () => {
    const codes: unknown[] = []
    const circles: unknown[] = []
    const pool = createPool(house.databaseUrl, 8, house.platform.log)
    const db = new Kysely<DB>({
      dialect: new PostgresDialect({ pool }),
      log: (event) => {
        if (event.level !== 'error') return
        const { code, detail } = event.error as { code?: unknown; detail?: unknown }
        codes.push(code)
        if (code === '40P01') circles.push(detail, event.query.sql.slice(0, 300))
      },
    })
    const stores = [0, 1, 2].map(() => createIntakeStore({ ...house.platform, db }))
    const sources = [source.id, (await house.addSource({ opensIncident: false })).id]
    // New ones again and again: of two passes, for what is new and what is there, one would cross the other.
    const some = (round: number) =>
      shuffled(Array.from({ length: 100 }, (_, i) => `k${i} of ${Math.floor(round / 3)}`)).slice(0, 80)
    for (let round = 0; round < 30; round++)
      await Promise.all(
        [0, 1, 2, 2, 1, 0].map((n, i) =>
          stores[n]?.put(
            taken(
              some(round).map((dedupKey) => ({ dedupKey })),
              { sourceId: sources[i % 2] },
            ),
          ),
        ),
      )
    await db.destroy()
    // They did meet, and went on in turn.
    expect(codes).toContain('40001')
    expect(circles).toEqual([])
  })

  it('one bad row harms no other', async () => {
    const store = createIntakeStore(house.platform)
    const bad = taken([{ dedupKey: 'bad' }], { headers: 'not json' })
    const answers = await Promise.allSettled([
      store.put(taken([{ dedupKey: 'a' }])),
      store.put(bad),
      store.put(taken([{ dedupKey: 'b' }])),
    ])
    expect(answers.map((a) => a.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const keys = await house.platform.db
      .selectFrom('alert_keys')
      .select('dedup_key')
      .where('source_id', '=', source.id)
      .execute()
    expect(keys.map((k) => k.dedup_key).sort()).toEqual(['a', 'b'])
  })
})
