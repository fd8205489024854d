import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keptSecret } from '../../../contract/monitors/index.ts'
import { startHttpTarget } from '../../../test/harness/http-target.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { dedupKeyOf } from './signal.ts'

let house: MonitorHouse
let target: Awaited<ReturnType<typeof startHttpTarget>>
beforeAll(async () => {
  house = await monitorHouse()
  target = await startHttpTarget()
})
afterAll(async () => {
  await house.close()
  await target.stop()
})

const body = (more: Record<string, unknown> = {}) => ({
  name: 'Orders',
  kind: 'http',
  config: { address: target.url, timeoutSeconds: 2 },
  serviceId: house.orders,
  ...more,
})
const post = (given: Record<string, unknown>, who = house.responder) => house.api(who, 'POST', '/monitors', given)
const statusOf = async (id: string) => (await house.api(house.responder, 'GET', `/monitors/${id}`)).body
const alertOf = (id: string) =>
  house.platform.db
    .selectFrom('alerts')
    .select(['status', 'title'])
    .where('dedup_key', '=', dedupKeyOf(id))
    .executeTakeFirst()
const count = async (table: 'monitors' | 'results' | 'events') =>
  (
    await house.platform.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

describe('a new monitor', () => {
  it('belongs to the team that owns its service, and tells when it would be found down', async () => {
    const made = await post(body())
    expect(made.status).toBe(201)
    expect(made.headers.etag).toBe('"v1"')
    expect(made.body).toMatchObject({
      state: 'unknown',
      team: { id: house.teamId, name: 'L2 markets' },
      service: { name: 'Equities order entry' },
      intervalSeconds: 60,
      downAfter: 3,
      ofLooks: 3,
      timeoutSeconds: 2,
      detection: { seconds: 182, sentence: 'Found down within 3 min 2 s.' },
      alert: null,
      can: { pause: null, resume: 'Orders is not paused.' },
    })
    await house.settle()
    expect(await statusOf(made.body.id)).toMatchObject({
      state: 'up',
      lastResult: { outcome: 'ok', code: 'ok' },
      lastFailure: null,
    })
  })

  it.each([
    [{ config: { address: 'orders' } }, 'config.address', /must be a full address/],
    [
      { config: { address: 'http://a.example/', timeoutSeconds: 90 } },
      'config.timeoutSeconds',
      /at most the interval \(60 s\)/,
    ],
    [{ config: { address: 'http://a.example/', nonsense: 1 } }, 'config', /nonsense/],
    [{ kind: 'gopher' }, 'kind', /choose one of dns, http, tcp, tls/],
    [{ name: '' }, 'name', /must not be empty/],
    [{ intervalSeconds: 1 }, 'intervalSeconds', /at least 5/],
    [{ downAfter: 5, ofLooks: 3 }, 'downAfter', /at most ofLooks \(3\)/],
    [{ serviceId: crypto.randomUUID() }, 'serviceId', /no such service/],
    [{ environment: 'uat' }, 'environment', /does not run in uat; it runs in prod/],
    [{ serviceId: null, environment: 'mars' }, 'environment', /must be prod, uat, test or dev/],
  ])('%j is refused by its field', async (more, field, problem) => {
    const answer = await post(body(more))
    expect(answer.status).toBe(422)
    expect(answer.body.fields).toContainEqual({ field, problem: expect.stringMatching(problem) })
  })

  it("is for a team of one's own", async () => {
    const answer = await post(body(), house.stranger)
    expect([answer.status, answer.body.detail]).toEqual([
      403,
      'teamId: choose one of your own teams; only an administrator may choose another, or none.',
    ])
    expect((await post(body({ serviceId: null }))).status).toBe(403)
    expect((await post(body({ serviceId: null }), house.admin)).status).toBe(201)
  })
})

describe('secrets', () => {
  const secret = 'Bearer only-for-the-target'
  it('reach the target and never come back', async () => {
    const config = { address: target.url, headers: [{ name: 'Authorization', value: secret }] }
    const made = await post(body({ config }))
    const { id } = made.body
    await house.settle()
    await house.api(house.responder, 'PATCH', `/monitors/${id}`, { name: 'Renamed', config: made.body.config })
    await house.settle()
    const answers = await Promise.all([
      statusOf(id),
      house.api(house.responder, 'GET', '/monitors'),
      house.api(house.responder, 'POST', `/monitors/${id}/looks`),
      house.api(house.responder, 'GET', `/events?about=monitor:${id}`),
    ])
    expect(JSON.stringify([made.body, ...answers])).not.toContain('only-for-the-target')
    expect(made.body.config.headers).toEqual([{ name: 'Authorization', value: keptSecret }])
    const stored = await house.platform.db
      .selectFrom('monitors')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(stored)).not.toContain('only-for-the-target')
    expect(JSON.parse(house.platform.crypto.open('monitor', stored.secrets ?? '')).headers[0].value).toBe(secret)
    expect(stored.name).toBe('Renamed')
  })

  it('are not sent to another address', async () => {
    const made = await post(body({ config: { address: target.url, headers: [{ name: 'X-Key', value: secret }] } }))
    const config = { ...made.body.config, address: 'http://127.0.0.1:9/' }
    for (const [method, url, given] of [
      ['PATCH', `/monitors/${made.body.id}`, { config }],
      ['POST', '/monitors/trial', { kind: 'http', config, monitorId: made.body.id }],
    ] as const) {
      const answer = await house.api(house.responder, method, url, given)
      expect([answer.status, answer.body.fields?.[0]?.field]).toEqual([422, 'config.headers.0.value'])
    }
  })
})

describe('a trial', () => {
  it('answers what a look sees, with timings and facts, and saves nothing', async () => {
    const before = [await count('monitors'), await count('results'), await count('events')]
    const answer = await house.api(house.responder, 'POST', '/monitors/trial', {
      kind: 'http',
      config: { address: target.url },
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      outcome: 'ok',
      message: 'HTTP 200 OK',
      timings: { connect: expect.any(Number), firstByte: expect.any(Number) },
      facts: expect.arrayContaining([{ label: 'Status', value: '200 OK', ok: true }]),
      sample: { body: 'ok' },
    })
    expect([await count('monitors'), await count('results'), await count('events')]).toEqual(before)
  })

  it('of a bad config names the field; of a forbidden address is blind', async () => {
    const bad = await house.api(house.responder, 'POST', '/monitors/trial', {
      kind: 'tcp',
      config: { host: 'a', port: 0 },
    })
    expect([bad.status, bad.body.fields]).toEqual([422, [{ field: 'config.port', problem: 'must be 1 to 65535' }]])
    const meta = await house.api(house.responder, 'POST', '/monitors/trial', {
      kind: 'http',
      config: { address: 'http://169.254.169.254/latest/meta-data' },
    })
    expect(meta.body).toMatchObject({ code: 'blocked_address' })
  })

  it('is bounded: a few at once for each person', async () => {
    target.hang()
    const trial = () =>
      house.api(house.responder, 'POST', '/monitors/trial', {
        kind: 'http',
        config: { address: target.url, timeoutSeconds: 0.5 },
      })
    const all = await Promise.all([
      trial(),
      trial(),
      trial(),
      trial(),
      house.api(house.admin, 'POST', '/monitors/trial', {
        kind: 'http',
        config: { address: target.url, timeoutSeconds: 0.5 },
      }),
    ])
    target.ok()
    expect(all.map((a) => a.status)).toEqual([200, 200, 200, 429, 200])
  })
})

describe('a change', () => {
  it('is told field by field, needs the version that was read, and is looked at at once', async () => {
    const { body: made } = await post(body({ name: 'Change me' }))
    await house.settle()
    const other = await startHttpTarget()
    const change = { config: { address: other.url, timeoutSeconds: 2 }, intervalSeconds: 30, name: 'Changed' }
    const stale = await house.api(house.responder, 'PATCH', `/monitors/${made.id}`, change, { 'if-match': '"v7"' })
    expect(stale.status).toBe(412)
    const changed = await house.api(house.responder, 'PATCH', `/monitors/${made.id}`, change, { 'if-match': '"v1"' })
    expect(changed.body).toMatchObject({ name: 'Changed', address: other.url, intervalSeconds: 30, version: 2 })
    await house.settle()
    expect(other.requests()).toBe(1)
    expect((await house.sentences(`monitor:${made.id}`)).at(-1)).toBe(
      `Priya Nair changed the monitor Change me: name from Change me to Changed, address from ${target.url} to ${other.url}, interval in seconds from 60 to 30.`,
    )
    const same = await house.api(house.responder, 'PATCH', `/monitors/${made.id}`, change)
    expect(same.body.version).toBe(2)
    await other.stop()
  })

  it('and everything else is for the people of its team', async () => {
    const { body: made } = await post(body({ name: 'Ours' }))
    for (const [method, path, given] of [
      ['PATCH', '', { name: 'Theirs' }],
      ['DELETE', '', undefined],
      ['POST', '/pause', undefined],
      ['POST', '/looks', undefined],
    ] as const) {
      const answer = await house.api(house.stranger, method, `/monitors/${made.id}${path}`, given)
      expect([answer.status, answer.body.detail]).toEqual([
        403,
        'Ours belongs to L2 markets: only its people and administrators may do this.',
      ])
    }
    expect((await house.api(house.stranger, 'GET', `/monitors/${made.id}`)).status).toBe(200)
  })
})

describe('a pause', () => {
  it('ends the looks, leaves the time unobserved and an open alert blind, until fresh looks decide', async () => {
    const mine = await startHttpTarget()
    const id = await house.monitor({ address: mine.url }, { name: 'Pause me' })
    await house.advance({ seconds: 20 })
    mine.fail()
    await house.advance({ seconds: 30 })
    expect(await alertOf(id)).toMatchObject({ status: 'firing' })
    const paused = await house.api(house.responder, 'POST', `/monitors/${id}/pause`)
    expect(paused.body).toMatchObject({ state: 'paused', can: { pause: 'Pause me is paused already.', resume: null } })
    await house.settle()
    expect(await alertOf(id)).toMatchObject({ status: 'blind' })
    expect((await house.api(house.responder, 'POST', `/monitors/${id}/pause`)).status).toBe(409)
    const before = mine.requests()
    await house.advance({ minutes: 10 })
    expect(mine.requests()).toBe(before)
    expect((await house.api(house.responder, 'POST', `/monitors/${id}/looks`)).body).toMatchObject({
      outcome: 'failed',
      counted: false,
    })
    mine.ok()
    await house.api(house.responder, 'DELETE', `/monitors/${id}/pause`)
    await house.advance({ seconds: 10 })
    expect(await statusOf(id)).toMatchObject({ state: 'up' })
    expect(await alertOf(id)).toMatchObject({ status: 'resolved' })
    expect((await house.spansOf(id)).map((s) => s.split(' ')[0])).toEqual(['up', 'down', 'unobserved', 'up'])
    await mine.stop()
  })

  it('reports first what was decided and not yet told', async () => {
    const mine = await startHttpTarget()
    const id = await house.monitor({ address: mine.url }, { name: 'Quick pause', downAfter: 1 })
    await house.advance({ seconds: 10 })
    mine.fail()
    await house.advance({ seconds: 10 })
    expect(await alertOf(id)).toMatchObject({ status: 'firing' })
    mine.ok()
    // It is up again, and nobody has reported it yet.
    for (let i = 0; i < 100 && (await house.stateOf(id)).state !== 'up'; i++) {
      house.clock.set(house.clock.now().add({ milliseconds: 100 }))
      await Promise.all(house.running.map((r) => r.idle()))
    }
    expect(await alertOf(id)).toMatchObject({ status: 'firing' })
    await house.api(house.responder, 'POST', `/monitors/${id}/pause`)
    await house.settle()
    expect(await alertOf(id)).toMatchObject({ status: 'resolved' })
    await mine.stop()
  })
})

describe('a look by hand', () => {
  it('goes out at once, answers what it saw, and counts', async () => {
    const mine = await startHttpTarget()
    const id = await house.monitor({ address: mine.url }, { name: 'Look at me', intervalSeconds: 3600, downAfter: 2 })
    await house.settle()
    mine.fail(503)
    const looked = await house.api(house.responder, 'POST', `/monitors/${id}/looks`)
    expect([looked.status, looked.body]).toEqual([
      200,
      expect.objectContaining({
        outcome: 'failed',
        code: 'status',
        counted: true,
        sample: expect.objectContaining({ body: 'failed' }),
      }),
    ])
    expect(await statusOf(id)).toMatchObject({ state: 'up' })
    await house.advance({ seconds: 5 })
    await house.api(house.responder, 'POST', `/monitors/${id}/looks`)
    await house.settle()
    expect(await statusOf(id)).toMatchObject({ state: 'down', lastFailure: { sample: { body: 'failed' } } })
    expect((await house.sentences(`monitor:${id}`)).slice(2)).toEqual([
      expect.stringMatching(
        /^Priya Nair looked at Look at me by hand: HTTP 503 Service Unavailable, expected 200-399, \d+ ms\.$/,
      ),
      expect.stringMatching(/^Priya Nair looked at Look at me by hand/),
      'Look at me is down: 2 of 2 looks failed, last: HTTP 503 Service Unavailable, expected 200-399.',
    ])
    await mine.stop()
  })
})

describe('a deletion', () => {
  it('ends its alert and says why', async () => {
    const id = await house.monitor({ address: 'http://127.0.0.1:9/' }, { name: 'Delete me', downAfter: 1 })
    await house.settle()
    expect(await alertOf(id)).toMatchObject({ status: 'firing' })
    const answer = await house.api(house.responder, 'DELETE', `/monitors/${id}`)
    expect(answer.body).toEqual({ ok: true })
    await house.advance({ seconds: 60 })
    expect(await alertOf(id)).toMatchObject({ status: 'resolved' })
    expect((await house.api(house.responder, 'GET', `/monitors/${id}`)).status).toBe(404)
    const left = await house.platform.db
      .selectFrom('signals')
      .select('summary')
      .where('dedup_key', '=', dedupKeyOf(id))
      .orderBy('at')
      .execute()
    expect(left.at(-1)?.summary).toBe('Delete me was deleted by Priya Nair; nobody looks any more')
  })
})
