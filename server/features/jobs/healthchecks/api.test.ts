import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../../test/harness/monitors.ts'
import { team } from '../../../../test/harness/people.ts'
import { readConfig } from '../../../platform/config.ts'
import { svgOf } from './badges.ts'
import { fillUniqueKeys } from './unique-key.ts'

/** The management API of healthchecks, as its programs use it. */

const ADMIN = 'a'.repeat(32)
let house: MonitorHouse
let other: string
const keys: Record<string, string> = {}
beforeAll(async () => {
  house = await monitorHouse({
    env: { ADMIN_API_KEY: ADMIN, PING_HOSTS: 'hc.example.com, Other.Example.com, hc.example.com' },
  })
  for (const kind of ['ping', 'write', 'read']) keys[kind] = await makeKey(house.teamId, kind)
  other = await team(house, 'Others', [])
  keys.others = await makeKey(other, 'write')
})
afterAll(() => house.close())

const makeKey = async (teamId: string, kind: string): Promise<string> => {
  const made = await house.api(house.admin, 'PUT', `/teams/${teamId}/ping-keys/${kind}`, {})
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  return made.body.key
}
type Method = 'GET' | 'POST' | 'DELETE' | 'PUT' | 'OPTIONS'
const send = async (method: Method, url: string, payload?: object | string, key = keys.write) => {
  const answer = await house.http.inject({
    method,
    url,
    headers: { ...(key ? { 'x-api-key': key } : {}), 'content-type': 'application/json' },
    ...(payload === undefined ? {} : { payload }),
  })
  await house.settle()
  const isJson = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers }
}
const v3 = (method: Method, path: string, payload?: object | string, key?: string) =>
  send(method, `/api/v3/${path}`, payload, key)
const make = async (more: object = {}) => (await v3('POST', 'checks/', { name: 'Backups', ...more })).body

describe('checks', () => {
  it('are made, read, changed and deleted, and are jobs of the team', async () => {
    const made = await v3('POST', 'checks/', {
      name: 'Nightly dump',
      slug: 'nightly-dump',
      tags: 'prod db',
      desc: 'pg_dump of the ledger',
      schedule: '0 2 * * *',
      tz: 'Europe/London',
      grace: 900,
      channels: '*',
    })
    expect(made.status).toBe(201)
    const { uuid, ...rest } = made.body
    expect(rest).toEqual({
      name: 'Nightly dump',
      slug: 'nightly-dump',
      tags: 'prod db',
      desc: 'pg_dump of the ledger',
      grace: 900,
      n_pings: 0,
      status: 'new',
      started: false,
      last_ping: null,
      next_ping: null,
      manual_resume: false,
      methods: '',
      subject: '',
      subject_fail: '',
      start_kw: '',
      success_kw: '',
      failure_kw: '',
      filter_subject: false,
      filter_body: false,
      filter_http_body: false,
      filter_default_fail: false,
      badge_url: expect.stringMatching(/^http:\/\/localhost:9282\/b\/2\/[0-9a-f-]{36}\.svg$/),
      ping_url: `http://localhost:9282/ping/${uuid}`,
      update_url: `http://localhost:9282/api/v3/checks/${uuid}`,
      pause_url: `http://localhost:9282/api/v3/checks/${uuid}/pause`,
      resume_url: `http://localhost:9282/api/v3/checks/${uuid}/resume`,
      channels: '',
      schedule: '0 2 * * *',
      tz: 'Europe/London',
    })
    const job = (await house.api(house.responder, 'GET', `/jobs/${uuid}`)).body
    expect(job).toMatchObject({ name: 'Nightly dump', rules: 'healthchecks', team: { id: house.teamId } })
    const changed = await v3('POST', `checks/${uuid}`, { timeout: 3600, tags: '' })
    expect(changed.body).toMatchObject({ timeout: 3600, tags: '', name: 'Nightly dump', grace: 900 })
    expect(changed.body).not.toHaveProperty('schedule')
    await house.http.inject({ url: `/ping/${uuid}` })
    expect((await v3('GET', `checks/${uuid}`)).body).toMatchObject({
      status: 'up',
      last_ping: '2026-11-23T07:00:00+00:00',
      next_ping: '2026-11-23T08:00:00+00:00',
    })
    expect((await v3('DELETE', `checks/${uuid}`)).body).toMatchObject({ uuid, n_pings: 1 })
    expect((await v3('GET', `checks/${uuid}`)).status).toBe(404)
    expect(await house.sentences(`job:${uuid}`)).toEqual([
      'The API key of L2 markets for healthchecks added the job Nightly dump.',
      'The API key of L2 markets for healthchecks changed the job Nightly dump: tags, schedule.',
      'The API key of L2 markets for healthchecks deleted the job Nightly dump.',
    ])
  })

  it('are listed by tags and slug, and made once where they are to be unique', async () => {
    const a = await make({ slug: 'listed', tags: 'one two' })
    await make({ slug: 'listed', tags: 'two' })
    const ask = async (query: string) => (await v3('GET', `checks/?${query}`)).body.checks.length
    expect([await ask('slug=listed'), await ask('tag=two&tag=one'), await ask('tag=three')]).toEqual([2, 1, 0])
    const again = await v3('POST', 'checks/', { slug: 'listed', tags: 'one two', unique: ['slug', 'tags'], grace: 60 })
    expect([again.status, again.body.uuid, again.body.grace]).toEqual([200, a.uuid, 60])
  })

  it('of a team that has thousands are all listed, and each is found by its unique key', async () => {
    const teamId = await team(house, 'Many', [])
    const read = await makeKey(teamId, 'read')
    expect((await v3('GET', 'checks/', undefined, read)).body).toEqual({ checks: [] })
    await sql`insert into jobs (id, slug, name, team_id, schedule, grace_seconds, created_at, updated_at)
      select gen_random_uuid(), 'many-' || n, 'Many ' || n, ${teamId}, '{"kind":"period","seconds":60}', 60, now(), now()
      from generate_series(1, 2000) n`.execute(house.platform.db)
    await sql`insert into job_states (job_id) select id from jobs where team_id = ${teamId}`.execute(house.platform.db)
    // As those that were made before there were any.
    await fillUniqueKeys(house.platform.db)
    const { checks } = (await v3('GET', 'checks/', undefined, read)).body
    expect(new Set(checks.map((c: { name: string }) => c.name)).size).toBe(2_000)
    for (const at of [0, 999, 1_000, 1_999])
      expect((await v3('GET', `checks/${checks[at].unique_key}`, undefined, read)).body).toEqual(checks[at])
    expect((await v3('GET', `checks/${'0'.repeat(40)}`, undefined, read)).status).toBe(404)
    // Another team finds none of them so.
    expect((await v3('GET', `checks/${checks[0].unique_key}`, undefined, keys.read)).status).toBe(404)
  })

  it('have a slug of their name before version 3, and say that they run in version 1', async () => {
    const { body } = await send('POST', '/api/v2/checks/', { name: 'Héllo  World!' })
    expect(body.slug).toBe('hello-world')
    await house.http.inject({ url: `/ping/${body.uuid}/start` })
    const of = async (version: number) => (await send('GET', `/api/v${version}/checks/${body.uuid}`)).body.status
    expect([await of(1), await of(2), await of(3)]).toEqual(['started', 'new', 'new'])
  })
})

describe('keys', () => {
  it('that read show no address of a ping, and change nothing', async () => {
    const { uuid } = await make()
    const [listed] = (await v3('GET', 'checks/', undefined, keys.read)).body.checks.slice(-1)
    expect(listed).toHaveProperty('unique_key')
    expect(JSON.stringify(listed)).not.toContain(uuid)
    const one = await v3('GET', `checks/${listed.unique_key}`, undefined, keys.read)
    expect(one.body).toEqual(listed)
    for (const [method, path] of [
      ['POST', 'checks/'],
      ['POST', `checks/${uuid}`],
      ['DELETE', `checks/${uuid}`],
      ['GET', `checks/${uuid}/pings/`],
      ['GET', 'channels/'],
    ] as const)
      expect((await v3(method, path, method === 'POST' ? {} : undefined, keys.read)).body).toEqual({
        error: 'wrong api key',
      })
  })

  it('of another team see nothing of this one', async () => {
    const { uuid } = await make()
    for (const [method, path] of [
      ['GET', `checks/${uuid}`],
      ['POST', `checks/${uuid}`],
      ['DELETE', `checks/${uuid}`],
      ['POST', `checks/${uuid}/pause`],
      ['GET', `checks/${uuid}/pings/`],
      ['GET', `checks/${uuid}/flips/`],
    ] as const)
      expect((await v3(method, path, method === 'POST' ? {} : undefined, keys.others)).status, path).toBe(403)
    expect((await v3('GET', 'checks/', undefined, keys.others)).body).toEqual({ checks: [] })
  })

  it('ADMIN_API_KEY works, and may stand in the body', async () => {
    const made = await v3('POST', 'checks/', { name: 'By the admin', api_key: ADMIN }, '')
    expect(made.status).toBe(201)
    expect((await v3('GET', `checks/${made.body.uuid}`, undefined, ADMIN)).status).toBe(200)
  })

  it('of Watchfloor may do here what they may do anywhere', async () => {
    const { uuid } = await make()
    const key = async (...scopes: string[]) =>
      (await house.api(house.admin, 'POST', '/keys', { name: scopes.join(), scopes })).body.secret
    const [none, reads, writes] = [await key('alert.read'), await key('job.read'), await key('job.read', 'job.write')]
    for (const path of ['checks/', `checks/${uuid}`, `checks/${uuid}/pings/`])
      expect((await v3('GET', path, undefined, none)).body).toEqual({ error: 'wrong api key' })
    expect(JSON.stringify((await v3('GET', 'checks/', undefined, reads)).body)).not.toContain(uuid)
    expect((await v3('POST', `checks/${uuid}`, { grace: 60 }, reads)).status).toBe(401)
    expect((await v3('POST', `checks/${uuid}`, { grace: 60 }, writes)).body).toMatchObject({ uuid, grace: 60 })
  })

  it('end at once, and may be brought along from healthchecks', async () => {
    const old = await makeKey(other, 'read')
    expect((await v3('GET', 'checks/', undefined, old)).status).toBe(200)
    await house.api(house.admin, 'DELETE', `/teams/${other}/ping-keys/read`)
    expect((await v3('GET', 'checks/', undefined, old)).status).toBe(401)
    const brought = 'ping-key_of-another_22'
    const put = (key: string) => house.api(house.admin, 'PUT', `/teams/${other}/ping-keys/ping`, { key })
    expect((await put(brought)).body).toMatchObject({ key: brought, ping: brought })
    expect((await put('short')).body.detail).toBe('key: must have 22 characters, as healthchecks has it.')
    const id = '11111111-2222-4333-8444-555555555555'
    const schedule = { kind: 'period', seconds: 3600 }
    const job = await house.api(house.admin, 'POST', '/jobs', { name: 'Moved', id, schedule, teamId: other })
    expect([job.status, job.body.id]).toEqual([201, id])
    expect((await house.http.inject({ url: `/ping/${brought}/moved/log` })).body).toBe('OK')
    const again = await house.api(house.admin, 'POST', '/jobs', { name: 'Moved', id, schedule })
    expect(again.body.detail).toMatch(/^id: is that of another job, Moved/)
  })

  it('belong to the people of the team', async () => {
    const path = `/teams/${house.teamId}/ping-keys`
    expect((await house.api(house.stranger, 'GET', path)).status).toBe(403)
    expect((await house.api(house.stranger, 'PUT', `${path}/ping`, {})).status).toBe(403)
    expect((await house.api(house.responder, 'GET', path)).body).toMatchObject({
      ping: keys.ping,
      write: { hint: keys.write?.slice(-4) },
    })
  })
})

describe('what is wrong', () => {
  it.each([
    ['POST', 'checks/', '{', 400, { error: 'could not parse request body' }],
    ['POST', 'checks/', '[]', 400, { error: 'json validation error: value is not an object' }],
    ['POST', 'checks/', { name: 'x'.repeat(101) }, 400, { error: 'json validation error: name is too long' }],
    ['POST', 'checks/', { name: 5 }, 400, { error: 'json validation error: name is not a string' }],
    ['POST', 'checks/', { name: null }, 400, { error: 'json validation error: name is not a string' }],
    ['POST', 'checks/', { timeout: 59 }, 400, { error: 'json validation error: timeout is too small' }],
    ['POST', 'checks/', { timeout: 31_536_001 }, 400, { error: 'json validation error: timeout is too large' }],
    ['POST', 'checks/', { grace: '60' }, 400, { error: 'json validation error: grace is not a number' }],
    ['POST', 'checks/', { manual_resume: 1 }, 400, { error: 'json validation error: manual_resume is not a boolean' }],
    ['POST', 'checks/', { methods: 'PUT' }, 400, { error: 'json validation error: methods has unexpected value' }],
    ['POST', 'checks/', { unique: 'name' }, 400, { error: 'json validation error: unique is not an array' }],
    [
      'POST',
      'checks/',
      { unique: ['x'] },
      400,
      { error: "json validation error: an item in 'unique' has unexpected value" },
    ],
    [
      'POST',
      'checks/',
      { schedule: 'nonsense' },
      400,
      { error: 'json validation error: schedule is not a valid cron or OnCalendar expression' },
    ],
    [
      'POST',
      'checks/',
      { schedule: '0 2 * * *', tz: 'Mars/Olympus' },
      400,
      { error: 'json validation error: tz is not a valid timezone' },
    ],
    ['POST', 'checks/', { channels: 'ops' }, 400, { error: 'invalid channel identifier: ops' }],
    ['GET', 'checks/00000000-0000-4000-8000-000000000000', undefined, 404, ''],
    ['GET', 'checks/nonsense', undefined, 404, ''],
    ['PUT', 'checks/', undefined, 405, ''],
    ['DELETE', 'checks/', undefined, 405, ''],
  ] as const)('%s %s %j', async (method, path, payload, status, body) => {
    const answer = await v3(method, path, payload)
    expect([answer.status, answer.body]).toEqual([status, body])
  })

  it('a key that is missing or wrong; the browser’s question is answered', async () => {
    expect((await v3('GET', 'checks/', undefined, '')).body).toEqual({ error: 'missing api key' })
    expect((await v3('GET', 'checks/', undefined, 'b'.repeat(32))).body).toEqual({ error: 'wrong api key' })
    const options = await v3('OPTIONS', 'checks/')
    expect([options.status, options.headers['access-control-allow-headers']]).toEqual([204, 'X-Api-Key'])
  })

  it('in the query of flips', async () => {
    const { uuid } = await make()
    for (const query of [
      'end=9007199254740991',
      'seconds=x',
      'seconds=-1',
      'start=1.5',
      'seconds=1&start=1',
      'seconds=99999999',
    ])
      expect((await v3('GET', `checks/${uuid}/flips/?${query}`)).status, query).toBe(400)
  })
})

it('a host of its own takes pings at its root, as hc-ping.com does; all others show their pages there', async () => {
  const { uuid } = await make({ slug: 'rooted' })
  const ask = async (url: string, host = 'hc.example.com') => {
    const { statusCode, body } = await house.http.inject({ url, headers: { host } })
    return [statusCode, body]
  }
  for (const url of [`/${uuid}`, `/${uuid}/`, `/${uuid}/start`, `/${uuid}/0`, `/${keys.ping}/rooted`, `/ping/${uuid}`])
    expect([url, await ask(url)]).toEqual([url, [200, 'OK']])
  expect(await ask(`/${keys.ping}/rooted/start`, 'other.example.com:8443')).toEqual([200, 'OK'])
  const own = { BASE_URL: 'https://floor.example.com:8443', PING_HOSTS: 'Floor.example.com' }
  expect(() => readConfig(own)).toThrow(/^PING_HOSTS must not name the host of BASE_URL/)
  expect(await ask(`/${uuid}/256`)).toEqual([400, 'invalid url format'])
  expect(await ask('/nobody')).toEqual([404, 'not found'])
  expect((await ask(`/${uuid}`, 'watchfloor.example.com'))[1]).not.toBe('OK')
  expect((await ask('/healthz'))[1]).toBe('{"ok":true}')
  expect((await v3('GET', `checks/${uuid}`)).body.n_pings).toBe(7)
})

describe('badges and metrics', () => {
  it('of a tag and of a check, in each form', async () => {
    const { badge_url } = await make({ tags: 'badged', timeout: 3600, grace: 600, slug: 'badged' })
    await house.http.inject({ url: `/ping/${keys.ping}/badged` })
    const { badges } = (await v3('GET', 'badges/', undefined, keys.read)).body
    expect(Object.keys(badges.badged)).toEqual(['svg', 'svg3', 'json', 'json3', 'shields', 'shields3'])
    const get = async (url: string) => {
      const { pathname } = new URL(url)
      const { statusCode, body, headers } = await house.http.inject({ url: pathname })
      return { status: statusCode, body: String(headers['content-type']).includes('json') ? JSON.parse(body) : body }
    }
    expect((await get(badges.badged.json)).body).toEqual({ status: 'up', total: 1, grace: 0, down: 0 })
    await house.advance({ minutes: 65 })
    expect((await get(badges.badged.json)).body).toMatchObject({ status: 'up', grace: 1 })
    expect((await get(badges.badged.json3)).body).toMatchObject({ status: 'late' })
    expect((await get(badges.badged.shields3)).body).toMatchObject({ message: 'late', color: 'important' })
    await house.advance({ minutes: 10 })
    expect((await get(badge_url)).body).toContain('>down</text>')
    expect((await get(badges['*'].json)).body).toMatchObject({ status: 'down' })
    for (const url of [
      badges.badged.svg.replace('badged', 'other'),
      badge_url.replace(/[0-9a-f]{12}\.svg/, '000000000000.svg'),
    ])
      expect((await get(url)).status).toBe(404)
    expect(svgOf({ label: '<b>"&', status: 'up', total: 1, grace: 0, down: 0 })).toContain(
      '>&#60;b&#62;&#34;&#38;</text>',
    )
  })

  it('for a Prometheus, by the read-only key alone', async () => {
    await make({ name: 'Say "hi"', tags: 'metric' })
    const ask = (key: string | undefined) => house.http.inject({ url: `/projects/${house.teamId}/metrics/${key}` })
    const { body } = await ask(keys.read)
    expect(body).toMatch(/^hc_check_up\{name="Say \\"hi\\"", tags="metric", unique_key="[0-9a-f]{40}"\} 1$/m)
    expect(body).toMatch(/^hc_tag_up\{tag="metric"\} 1$/m)
    expect(body).toMatch(/^hc_checks_total \d+$/m)
    // Written in pieces, each line once, those of one name together.
    const names = [...body.matchAll(/^(hc_\w+)(?:\{| )/gm)].map(([, name]) => name)
    const inOrder = names.filter((name, i) => name !== names[i - 1])
    expect(inOrder).toEqual([...new Set(names)])
    expect(names.filter((name) => name === 'hc_check_up')).toHaveLength(
      Number(/^hc_checks_total (\d+)$/m.exec(body)?.[1]),
    )
    expect([(await ask(keys.write)).statusCode, (await ask('x')).statusCode]).toEqual([403, 403])
  })
})
