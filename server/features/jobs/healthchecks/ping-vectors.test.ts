import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../../test/harness/monitors.ts'

/** The ping API of healthchecks to its letter: what its documentation and its code say, one vector each. */

let house: MonitorHouse
let pingKey: string
let writeKey: string
beforeAll(async () => {
  house = await monitorHouse()
  pingKey = await makeKey('ping')
  writeKey = await makeKey('write')
})
afterAll(() => house.close())

const makeKey = async (kind: string, key?: string): Promise<string> => {
  const url = `/teams/${house.teamId}/ping-keys/${kind}`
  const made = await house.api(house.responder, 'PUT', url, key ? { key } : {})
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  return made.body.key
}
const ping = async (
  address: string,
  payload?: string | Buffer,
  method: 'GET' | 'POST' | 'HEAD' = payload === undefined ? 'GET' : 'POST',
) => {
  const answer = await house.http.inject({
    method,
    url: `/ping/${address}`,
    ...(payload === undefined ? {} : { payload }),
  })
  await house.settle()
  return `${answer.statusCode} ${answer.body}`
}
const api = async (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) => {
  const answer = await house.http.inject({
    method,
    url: `/api/v3/${path}`,
    headers: { 'x-api-key': writeKey },
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}
const check = async (more: object = {}): Promise<string> => {
  const { status, body } = await api('POST', 'checks/', { name: 'Backups', timeout: 3600, grace: 600, ...more })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.uuid
}
const read = async (id: string) => (await api('GET', `checks/${id}`)).body
const types = async (id: string) =>
  (await api('GET', `checks/${id}/pings/`)).body.pings.map((p: { type: string }) => p.type)
const flips = async (id: string) =>
  (await api('GET', `checks/${id}/flips/`)).body.flips.map((f: { up: number }) => f.up)
const alerts = async (id: string): Promise<string[]> =>
  (await house.api(house.responder, 'GET', `/jobs/${id}`)).body.alerts.map((a: { kind: string }) => a.kind)
const A = 'aaaaaaaa-0000-4000-8000-000000000001'
const B = 'bbbbbbbb-0000-4000-8000-000000000002'

let u: string
beforeEach(async () => {
  u = await check()
})

describe('what is answered', () => {
  it('by uuid', async () => {
    for (const [address, answer] of [
      ['', '200 OK'],
      ['/', '200 OK'],
      ['/start', '200 OK'],
      ['/fail', '200 OK'],
      ['/log', '200 OK'],
      ['/0', '200 OK'],
      ['/255', '200 OK'],
      ['/256', '400 invalid url format'],
      ['?rid=xyz', '400 invalid uuid format'],
      [`?rid=${A.toUpperCase()}`, '200 OK'],
    ])
      expect([address, await ping(`${u}${address}`)]).toEqual([address, answer])
    expect(await ping('00000000-0000-4000-8000-000000000000')).toBe('404 not found')
    expect(await ping(u, undefined, 'HEAD')).toBe('200 ')
  })

  it('by key and slug', async () => {
    const other = await check({ slug: 'nightly' })
    for (const [address, answer] of [
      [`${pingKey}/nightly`, '200 OK'],
      [`${pingKey}/nightly/start`, '200 OK'],
      [`${pingKey}/nightly/fail`, '200 OK'],
      [`${pingKey}/nightly/log`, '200 OK'],
      [`${pingKey}/nightly/3`, '200 OK'],
      [`${pingKey}/nightly/256`, '400 invalid url format'],
      [`${pingKey}/UPPER`, '400 invalid url format'],
      ['badkey/UPPER', '400 invalid url format'],
      ['badkeybadkeybadkeybadk/nightly', '404 not found'],
      [`${pingKey}/nobody`, '404 not found'],
      [`${pingKey}/nightly?rid=xyz`, '400 invalid uuid format'],
    ])
      expect([address, await ping(address ?? '')]).toEqual([address, answer])
    expect(await types(other)).toEqual(['fail', 'log', 'fail', 'start', 'success'])
    await check({ slug: 'nightly' })
    await house.advance({ seconds: 4 })
    expect(await ping(`${pingKey}/nightly`)).toBe('409 ambiguous slug')
  })

  it('with create=1, also by many at once', async () => {
    const both = await Promise.all([ping(`${pingKey}/made?create=1`), ping(`${pingKey}/made?create=1`)])
    expect(both.sort()).toEqual(['200 OK', '201 Created'])
    expect(await ping(`${pingKey}/made?create=1`)).toBe('200 OK')
    const many = await Promise.all(Array.from({ length: 60 }, (_, i) => ping(`${pingKey}/made-${i}?create=1`)))
    expect(new Set(many)).toEqual(new Set(['201 Created']))
    const [made] = (await api('GET', 'checks/?slug=made')).body.checks
    expect(made).toMatchObject({ name: 'made', slug: 'made', timeout: 86_400, grace: 3_600, n_pings: 3, status: 'up' })
    // Upstream makes the check first, and refuses then.
    expect(await ping(`${pingKey}/unmade?create=1&rid=bad`)).toBe('400 invalid uuid format')
    expect((await api('GET', 'checks/?slug=unmade')).body.checks).toEqual([])
  })

  it('keeps a body to the limit that it tells, and says how much', async () => {
    await ping(u, `begin${'x'.repeat(100_000)}end`)
    const [{ body_url }] = (await api('GET', `checks/${u}/pings/`)).body.pings
    const body = await house.http.inject({ url: new URL(body_url).pathname, headers: { 'x-api-key': writeKey } })
    expect([body.body.length, body.body.slice(0, 5)]).toEqual([100_008, 'begin'])
  })
})

describe('up and down', () => {
  it('a first ping makes it up, and tells nobody', async () => {
    await ping(u)
    expect(await read(u)).toMatchObject({ status: 'up', n_pings: 1 })
    expect([await flips(u), await alerts(u)]).toEqual([[1], []])
  })

  it('a first failure makes it down, and is told; a second one is not; success ends it', async () => {
    await ping(`${u}/fail`)
    expect(await read(u)).toMatchObject({ status: 'down' })
    await ping(`${u}/fail`)
    expect([await flips(u), await alerts(u)]).toEqual([[0], ['failure']])
    await ping(u)
    expect(await read(u)).toMatchObject({ status: 'up', n_pings: 3 })
    expect([await flips(u), await alerts(u)]).toEqual([[1, 0], []])
  })

  it('what does not come is down after timeout and grace, once, until it comes', async () => {
    await ping(u)
    await house.advance({ minutes: 61 })
    expect((await read(u)).status).toBe('grace')
    await house.advance({ minutes: 10 })
    expect((await read(u)).status).toBe('down')
    await house.advance({ hours: 1 })
    expect([await flips(u), await alerts(u)]).toEqual([[0, 1], ['miss']])
    await ping(`${u}/fail`)
    expect(await alerts(u)).toEqual(['miss'])
    await ping(u)
    expect([await flips(u), await alerts(u)]).toEqual([[1, 0, 1], []])
  })

  it('a start without an end is down after the grace, as of that time', async () => {
    const began = house.clock.now()
    await ping(`${u}/start`)
    expect(await read(u)).toMatchObject({ status: 'new', started: true, last_ping: null })
    await house.advance({ minutes: 11 })
    expect(await read(u)).toMatchObject({ status: 'down' })
    expect(await alerts(u)).toEqual(['long'])
    const [flip] = (await api('GET', `checks/${u}/flips/`)).body.flips
    const seconds = Temporal.Instant.from(flip.timestamp).since(began).total('seconds')
    expect(Math.abs(seconds - 600)).toBeLessThanOrEqual(1)
    await ping(`${u}/fail`)
    expect(await read(u)).toMatchObject({ status: 'down', started: false })
    expect(await alerts(u)).toEqual(['long'])
    await ping(u)
    expect([(await read(u)).status, await alerts(u)]).toEqual(['up', []])
  })

  it('a line of log changes nothing but the count', async () => {
    await ping(u)
    const before = await read(u)
    await ping(`${u}/log`, 'a word')
    expect(await read(u)).toEqual({ ...before, n_pings: 2 })
    await ping(`${u}/fail`)
    await ping(`${u}/log`)
    expect((await read(u)).status).toBe('down')
  })
})

describe('runs', () => {
  const minute = () => house.advance({ minutes: 1 })

  it('of two the last start counts', async () => {
    await ping(`${u}/start?rid=${A}`)
    await minute()
    await ping(`${u}/start?rid=${B}`)
    await minute()
    await ping(`${u}?rid=${A}`)
    expect(await read(u)).toMatchObject({ status: 'up', started: true })
    expect(await read(u)).not.toHaveProperty('last_duration')
    await minute()
    await ping(`${u}?rid=${B}`)
    expect(await read(u)).toMatchObject({ status: 'up', started: false, last_duration: 120 })
  })

  it.each([
    ['success without a name ends a named one', 'start?rid=A', '', { status: 'up', started: false }],
    ['failure with another name ends it', 'start?rid=A', 'fail?rid=B', { status: 'down', started: false }],
    ['success with another name does not', 'start?rid=A', '?rid=B', { status: 'up', started: true }],
    ['without names they are the same', 'start', '', { status: 'up', started: false, last_duration: 60 }],
  ])('%s', async (_, first, second, expected) => {
    const named = (path: string) => path.replace('rid=A', `rid=${A}`).replace('rid=B', `rid=${B}`)
    await ping(`${u}/${named(first)}`)
    await minute()
    await ping(second.startsWith('?') ? `${u}${named(second)}` : second ? `${u}/${named(second)}` : u)
    const found = await read(u)
    expect(found).toMatchObject(expected)
    if (!('last_duration' in expected)) expect(found).not.toHaveProperty('last_duration')
  })

  it('while one runs, the next ping is its start', async () => {
    await ping(u)
    await minute()
    await ping(`${u}/start`)
    const found = await read(u)
    expect(found.started).toBe(true)
    expect(Temporal.Instant.from(found.next_ping).since(house.clock.now()).total('minutes')).toBeLessThan(1)
  })
})

describe('filters', () => {
  it('with POST alone, a GET is kept and means nothing', async () => {
    const id = await check({ methods: 'POST' })
    expect(await ping(id)).toBe('200 OK')
    expect(await read(id)).toMatchObject({ status: 'new', n_pings: 1 })
    expect(await types(id)).toEqual(['ign'])
    await ping(id, '')
    expect((await read(id)).status).toBe('up')
  })

  it.each([
    ['err', false, 'ign'],
    ['err', true, 'fail'],
    ['an ERR here', false, 'fail'],
    ['FATAL and DONE', false, 'fail'],
    ['DONE and BEGIN', false, 'success'],
    ['BEGIN', true, 'start'],
  ])('the words of a body: %s, else failing %s: %s', async (body, filter_default_fail, expected) => {
    const id = await check({
      filter_http_body: true,
      failure_kw: 'ERR,FATAL',
      success_kw: 'DONE',
      start_kw: 'BEGIN',
      filter_default_fail,
    })
    await ping(id, body)
    expect(await types(id)).toEqual([expected])
  })

  it('stand above the address, and meet what is no text without harm', async () => {
    const id = await check({ filter_http_body: true, success_kw: 'DONE' })
    await ping(`${id}/fail`, 'DONE')
    await ping(`${id}/start`, Buffer.from([0xff, 0xfe, 0x44]))
    expect(await types(id)).toEqual(['ign', 'success'])
  })
})

describe('a pause', () => {
  it('ends with the next ping, and tells nobody', async () => {
    await ping(u)
    expect((await api('POST', `checks/${u}/pause`)).body).toMatchObject({ status: 'paused' })
    expect((await api('POST', `checks/${u}/pause`)).status).toBe(200)
    await ping(u)
    expect(await read(u)).toMatchObject({ status: 'up' })
    expect(await alerts(u)).toEqual([])
    await house.advance({ minutes: 71 })
    expect((await read(u)).status).toBe('down')
  })

  it('stays where it is ended by hand', async () => {
    const id = await check({ manual_resume: true })
    await api('POST', `checks/${id}/pause`)
    await ping(id)
    await ping(`${id}/log`)
    expect(await read(id)).toMatchObject({ status: 'paused', n_pings: 2 })
    expect(await types(id)).toEqual(['ign', 'ign'])
    expect((await api('POST', `checks/${id}/resume`)).body).toMatchObject({ status: 'new', last_ping: null })
    expect((await api('POST', `checks/${id}/resume`)).status).toBe(409)
  })

  it('does not save a start from its grace', async () => {
    await api('POST', `checks/${u}/pause`)
    await ping(`${u}/start`)
    expect((await read(u)).status).toBe('paused')
    await house.advance({ minutes: 11 })
    expect((await read(u)).status).toBe('down')
  })
})

describe('a change of what it is held to', () => {
  it('keeps what is known of it: a job that is dead is still told', async () => {
    await ping(u)
    await house.advance({ minutes: 30 })
    await api('POST', `checks/${u}`, { grace: 900 })
    expect(await read(u)).toMatchObject({ status: 'up', grace: 900 })
    await house.advance({ minutes: 46 })
    expect([(await read(u)).status, await alerts(u)]).toEqual(['down', ['miss']])
  })

  it('ends a run that is told as too long only for as long as the new grace gives it', async () => {
    await ping(`${u}/start`)
    await house.advance({ minutes: 11 })
    expect(await alerts(u)).toEqual(['long'])
    await api('POST', `checks/${u}`, { grace: 1200 })
    await house.settle()
    expect([(await read(u)).started, await alerts(u)]).toEqual([true, []])
    await house.advance({ minutes: 10 })
    expect(await alerts(u)).toEqual(['long'])
    await ping(u)
    expect([(await read(u)).status, await alerts(u)]).toEqual(['up', []])
  })

  it('a failure ends with the next success, whatever was done between', async () => {
    await ping(`${u}/fail`)
    await api('POST', `checks/${u}`, { timeout: 7200 })
    await house.settle()
    expect(await alerts(u)).toEqual(['failure'])
    await ping(u)
    expect(await alerts(u)).toEqual([])
    await ping(`${u}/fail`)
    await api('POST', `checks/${u}/pause`)
    await ping(u)
    expect([(await read(u)).status, await alerts(u)]).toEqual(['up', []])
    await ping(`${u}/fail`)
    await api('POST', `checks/${u}/pause`)
    await api('POST', `checks/${u}/resume`)
    await house.settle()
    expect([(await read(u)).status, await alerts(u)]).toEqual(['new', []])
  })

  it('of the rules takes along what has failed, and leaves behind a run that is over', async () => {
    const rules = (to: string) => house.api(house.responder, 'PATCH', `/jobs/${u}`, { rules: to })
    await ping(`${u}/start`)
    await house.advance({ minutes: 11 })
    await ping(`${u}/fail`)
    expect(await alerts(u)).toEqual(['long'])
    await rules('own')
    await house.advance({ minutes: 1 })
    expect((await house.api(house.responder, 'GET', `/jobs/${u}`)).body).toMatchObject({ running: 0, state: 'failed' })
    expect(await alerts(u)).toEqual([])
    await ping(u)
    await ping(`${u}/fail`)
    expect(await alerts(u)).toEqual(['failure'])
    await rules('healthchecks')
    await ping(u)
    expect(await alerts(u)).toEqual([])
  })
})
