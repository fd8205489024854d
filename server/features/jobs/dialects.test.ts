import { gzipSync } from 'node:zlib'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { slugOf, uuidOf } from './define-dialect.ts'
import { opentelemetry } from './dialects/opentelemetry.ts'

/** What the dialects do to jobs and runs, beyond what their samples show. */

let house: MonitorHouse
let key: string
beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-23T07:30:00Z' })
  key = (await house.api(house.responder, 'PUT', `/teams/${house.teamId}/ping-keys/ping`, {})).body.key
})
afterAll(() => house.close())

const job = async (slug: string, more: object = {}): Promise<string> => {
  const schedule = { kind: 'period', seconds: 86_400 }
  const given = { name: slug, slug, teamId: house.teamId, schedule, maxRunSeconds: null, ...more }
  const { status, body } = await house.api(house.responder, 'POST', '/jobs', given)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}
const read = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body
const runs = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}/runs`)).body.items
const bySlug = async (slug: string) => {
  const { items } = (await house.api(house.responder, 'GET', `/jobs?q=${slug}`)).body
  return items.find((j: { slug: string }) => j.slug === slug)
}
const ask = async (
  method: 'GET' | 'POST' | 'HEAD',
  url: string,
  payload?: string | Buffer,
  headers: Record<string, string> = {},
  remoteAddress = '127.0.0.1',
) => {
  const answer = await house.http.inject({
    method,
    url,
    headers,
    remoteAddress,
    ...(payload === undefined ? {} : { payload }),
  })
  await house.settle()
  return { status: answer.statusCode, body: answer.body, raw: answer.rawPayload, headers: answer.headers }
}

describe('answers', () => {
  it('are those of the product', async () => {
    const token = (await job('answered')).replaceAll('-', '')
    expect(await ask('GET', `/api/push/${token}`)).toMatchObject({ status: 200, body: '{"ok":true}' })
    expect(await ask('GET', `/api/push/${token}?ping=-1`)).toMatchObject({
      status: 404,
      body: expect.stringMatching(/^\{"ok":false,"msg":"ping must be/),
    })
    expect(await ask('HEAD', `/snitch/${token}`)).toMatchObject({ status: 202 })
    expect(await ask('GET', `/snitch/${token}`)).toMatchObject({ status: 202, body: 'Got it, thanks!\n' })
    expect(await ask('GET', `/p/${key}/answered`)).toMatchObject({ status: 200, body: 'OK' })
    expect(await ask('GET', `/p/${key}/answered?state=sleeping`)).toMatchObject({ status: 400 })
    expect(await ask('GET', `/api/1/cron/answered/${key}/?status=ok`)).toMatchObject({ status: 202, body: '' })
    expect(await ask('GET', `/api/1/cron/answered/?status=ok&sentry_key=${key}`)).toMatchObject({ status: 202 })
    expect(await ask('GET', `/api/1/cron/answered/${key}?status=missed`)).toMatchObject({ status: 400 })
    const bearer = { authorization: `Bearer ${key}` }
    const external = '/api/v1/endpoints/answered/external'
    expect(await ask('POST', `${external}?success=true`, '', bearer)).toMatchObject({ status: 200, body: '' })
    expect(await ask('POST', `${external}?success=yes`, '', bearer)).toMatchObject({
      status: 400,
      body: 'missing or invalid success query parameter',
    })
    expect(await ask('POST', `${external}?success=true&duration=${'1'.repeat(4_000)}`, '', bearer)).toMatchObject({
      status: 400,
      body: expect.stringContaining('invalid duration'),
    })
    expect(await ask('POST', `${external}?success=true`)).toMatchObject({
      status: 401,
      body: 'invalid Authorization header',
    })
  })

  it('say which slug the team has no job for, and keep the API of healthchecks where it is', async () => {
    const bearer = { authorization: `Bearer ${key}` }
    expect(await ask('POST', '/api/v1/endpoints/core_nobody/external?success=true', '', bearer)).toMatchObject({
      status: 404,
      body: 'no job of L2 markets has the slug core_nobody; add it, or give this slug to one that is there',
    })
    expect(await ask('GET', '/api/v1/checks/')).toMatchObject({ status: 401, body: '{"error":"missing api key"}' })
    expect(await ask('GET', '/api/jobs')).toMatchObject({ status: 401 })
  })

  it('do not open the jobs of another team', async () => {
    const made = await house.api(house.admin, 'POST', '/jobs', {
      name: 'Theirs',
      slug: 'theirs',
      teamId: null,
      schedule: { kind: 'period', seconds: 3_600 },
    })
    expect(made.status).toBe(201)
    expect(await ask('GET', `/api/1/cron/theirs/${key}/?status=ok`)).toMatchObject({ status: 404 })
    // Made for its first ping it is another one, of this team.
    expect(await ask('GET', `/p/${key}/theirs`)).toMatchObject({ status: 200 })
    expect((await house.api(house.admin, 'GET', `/jobs/${made.body.id}`)).body.pings).toBe(0)
  })

  it('slow who guesses, and nobody with a right key', async () => {
    await job('steady')
    // All at once: what they take must not come near the minute that they are counted in.
    const guess = async (n: number) =>
      (await house.http.inject({ url: `/p/guess${n}/steady`, remoteAddress: '192.0.2.7' })).statusCode
    const all = async (from: number, to: number) =>
      Promise.all(Array.from({ length: to - from }, (_, at) => guess(from + at)))
    expect(new Set(await all(0, 300))).not.toContain(200)
    expect((await all(300, 310)).filter((status) => status === 429).length).toBeGreaterThanOrEqual(1)
    expect(await ask('GET', `/p/${key}/steady`, undefined, {}, '192.0.2.7')).toMatchObject({ status: 200 })
  })
})

describe('a duration', () => {
  it.each(['own', 'healthchecks'])('says when the run began, by the rules of %s', async (rules) => {
    const id = await job(`timed-${rules}`, { rules })
    await ask('GET', `/api/push/${id.replaceAll('-', '')}?ping=90000`)
    const [run] = await runs(id)
    expect(run).toMatchObject({ outcome: 'success', ms: 90_000, startedAt: '2026-11-23T07:28:30Z' })
    expect(await read(id)).toMatchObject({ lastMs: 90_000 })
  })
})

describe('Cronitor', () => {
  it('makes one job for a key that is not known, also for two at once, and names who did', async () => {
    const both = await Promise.all([ask('GET', `/p/${key}/Fresh.Key`), ask('GET', `/p/${key}/Fresh.Key`)])
    expect(both.map((a) => a.status)).toEqual([200, 200])
    const made = await bySlug('fresh-key')
    expect(made).toMatchObject({ rules: 'own', graceSeconds: 3_600, lastOutcome: 'success' })
    expect(await house.sentences(`job:${made.id}`)).toContain('The ping key of L2 markets added the job fresh-key.')
  })

  it('has runs side by side, by their series', async () => {
    const id = await job('side-by-side')
    for (const step of ['run&series=a', 'run&series=b', 'complete&series=a', 'fail&series=b&status_code=4'])
      await ask('GET', `/p/${key}/side-by-side?state=${step}`)
    expect((await runs(id)).map((r: { id: string; outcome: string }) => [r.id, r.outcome])).toEqual([
      [uuidOf('b'), 'fail'],
      [uuidOf('a'), 'success'],
    ])
  })
})

describe('Sentry', () => {
  const checkIn = (fields: object) => {
    const body = `{}\n{"type":"check_in"}\n${JSON.stringify(fields)}`
    return ask('POST', `/api/7/envelope/?sentry_key=${key}`, gzipSync(body), { 'content-encoding': 'gzip' })
  }
  const cron = (value: string) => ({ schedule: { type: 'crontab', value }, timezone: 'Europe/London' })

  it('sets when a job is expected, and changes nothing that is so already', async () => {
    const id = await job('scheduled')
    const ok = { monitor_slug: 'scheduled', status: 'ok' }
    const config = { ...cron('0 22 * * 1-5'), checkin_margin: 5, max_runtime: 90 }
    expect(await checkIn({ ...ok, monitor_config: config })).toMatchObject({ status: 200, body: '{}' })
    expect(await read(id)).toMatchObject({
      schedule: { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' },
      graceSeconds: 300,
      maxRunSeconds: 5_400,
    })
    const before = (await house.sentences(`job:${id}`)).length
    expect(before).toBe(2)
    await checkIn({ ...ok, monitor_config: { ...config } })
    expect(await house.sentences(`job:${id}`)).toHaveLength(before)
  })

  it('keeps a check-in whose schedule cannot be used, and says so on its run', async () => {
    const id = await job('odd')
    const given = { monitor_slug: 'odd', status: 'ok', monitor_config: cron('0 22 * * MOON') }
    expect(await checkIn(given)).toMatchObject({ status: 200 })
    const [run] = await runs(id)
    expect(run.note).toMatch(/^The schedule that came with it cannot be used\. schedule\.expression: /)
    expect(await checkIn({ ...given, monitor_slug: 'odd-and-new' })).toMatchObject({
      status: 400,
      body: expect.stringContaining('schedule.expression'),
    })
    expect(await bySlug('odd-and-new')).toBeUndefined()
  })

  it('tells of a monitor that is not there, and keeps nothing of what is no check-in', async () => {
    expect(await checkIn({ monitor_slug: 'unheard-of', status: 'ok' })).toMatchObject({
      status: 404,
      body: expect.stringContaining('unheard-of'),
    })
    const body = '{}\n{"type":"event","length":2}\n{}\n{"type":"attachment","length":5}\na\nb\nc\n'
    expect(await ask('POST', `/api/7/envelope/?sentry_key=${key}`, body)).toMatchObject({ status: 200, body: '{}' })
    expect(await ask('POST', '/api/7/envelope/', body)).toMatchObject({
      status: 401,
      body: '{"detail":"missing authorization information"}',
    })
  })

  it('counts a check-in that is sent again once', async () => {
    const id = await job('again')
    const given = { check_in_id: 'a460c25ff2554577b920fcfacae4e5eb', monitor_slug: 'again', status: 'error' }
    await checkIn(given)
    await checkIn(given)
    expect(await runs(id)).toHaveLength(1)
  })
})

describe('NRDP', () => {
  const submit = (data: string, field = 'XMLDATA') =>
    ask('POST', '/nrdp/', new URLSearchParams({ token: key, cmd: 'submitcheck', [field]: data }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
  const result = (service: string, state: number) =>
    `<checkresult type='service'><hostname>h</hostname><servicename>${service}</servicename><state>${state}</state><output>o</output></checkresult>`

  it('keeps what it can, and names what no job is for', async () => {
    const id = await job('h-known')
    const answer = await submit(`<checkresults>${result('known', 2)}${result('unknown', 0)}</checkresults>`)
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } })
    expect(answer.body).toContain('<status>-1</status>')
    expect(answer.body).toContain('no job of L2 markets has the slug h-unknown')
    expect(answer.body).toContain('<output>1 checks processed.</output>')
    expect(await read(id)).toMatchObject({ lastOutcome: 'fail', lastExit: 2 })
  })

  it('takes performance data for what the run reports', async () => {
    const id = await job('h-prices')
    const output = "OK - 1200 rows | rows=1200;;;0 'load time'=1500ms rate=U"
    const told = { checkresult: { type: 'service' }, hostname: 'h', servicename: 'prices', state: '0', output }
    await submit(JSON.stringify({ checkresults: [told] }), 'JSONDATA')
    expect(await runs(id)).toMatchObject([{ outputBytes: output.length, volumes: { rows: 1200, load_time: 1.5 } }])
  })

  it('answers JSON with JSON', async () => {
    await job('h-json')
    const checkresults = [{ checkresult: { type: 'service' }, hostname: 'h', servicename: 'json', state: '0' }]
    expect(JSON.parse((await submit(JSON.stringify({ checkresults }), 'JSONDATA')).body)).toEqual({
      result: { status: 0, message: 'OK', meta: { output: '1 checks processed.' } },
    })
    expect(JSON.parse((await submit('{"checkresults":', 'JSONDATA')).body).result).toMatchObject({ status: -1 })
  })

  it.each([
    [
      'an entity of its own',
      '<!DOCTYPE c [<!ENTITY x "y">]><checkresults><checkresult>&x;</checkresult></checkresults>',
    ],
    [
      'an entity from outside',
      '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><checkresults>&x;</checkresults>',
    ],
    [
      'a billion laughs',
      `<!DOCTYPE c [<!ENTITY a0 "ha">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`).join('')}]><checkresults>&a20;</checkresults>`,
    ],
    ['elements without end', '<checkresults>'.repeat(50_000)],
    ['no element', 'hello'],
  ])('refuses %s at once', async (_, xml) => {
    const began = performance.now()
    const { status, body } = await submit(xml)
    expect([status, body]).toEqual([200, expect.stringMatching(/<status>-1<\/status>\s*<message>BAD XML/)])
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it('says that nothing came', async () => {
    expect((await submit('<checkresults></checkresults>')).body).toContain('<message>NO DATA</message>')
    expect((await ask('POST', '/nrdp/', `token=${key}`)).body).toContain('<message>NO REQUEST HANDLER</message>')
    expect((await ask('POST', '/nrdp/', 'cmd=submitcheck')).body).toContain('<message>NO TOKEN</message>')
  })
})

describe('OpenTelemetry', () => {
  const sample = opentelemetry.samples.find((s) => s.name === 'a run as protobuf')
  const body = Buffer.from(sample?.request.body ?? '')
  const post = (payload: Buffer | string, type: string, more: Record<string, string> = {}) =>
    ask('POST', '/v1/traces', payload, { authorization: `Bearer ${key}`, 'content-type': type, ...more })

  it('tells of a job that is not there as a partial success, in protobuf too', async () => {
    const answer = await post(body, 'application/x-protobuf')
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-protobuf' } })
    const told = new PbfReader(answer.raw).readFields(
      (_, found: { rejected: number; message: string }, outer) =>
        outer.readMessage((field, into, pbf) => {
          if (field === 1) into.rejected = pbf.readVarint()
          if (field === 2) into.message = pbf.readString()
        }, found),
      { rejected: 0, message: '' },
    )
    expect(told).toEqual({ rejected: 1, message: expect.stringContaining('has the slug eod-prices') })
  })

  it('takes a run with its own times, compressed, and once only', async () => {
    const id = await job('eod-prices')
    await house.advance({ seconds: 4 })
    for (let n = 0; n < 2; n++)
      expect(await post(gzipSync(body), 'application/x-protobuf', { 'content-encoding': 'gzip' })).toMatchObject({
        status: 200,
        body: '',
      })
    expect(await runs(id)).toEqual([
      expect.objectContaining({
        outcome: 'fail',
        ms: 90_500,
        startedAt: '2026-11-23T07:00:00Z',
        endedAt: '2026-11-23T07:01:30.5Z',
        exitStatus: 3,
        host: 'batch01',
      }),
    ])
  })

  it('tells a wrong key and a body that is none in the form of its sender', async () => {
    const code = (raw: Uint8Array) =>
      new PbfReader(raw).readFields(
        (field, found: { code: number }, pbf) => {
          if (field === 1) found.code = pbf.readVarint()
        },
        { code: 0 },
      ).code
    const wrong = await post(body, 'application/x-protobuf', { authorization: 'Bearer wrong' })
    expect([wrong.status, code(wrong.raw)]).toEqual([401, 16])
    const junk = await post(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), 'application/x-protobuf')
    expect(junk.status).toBeLessThan(500)
    expect(await post('<a/>', 'text/xml')).toMatchObject({ status: 415 })
    expect(await post(Buffer.alloc(100), 'application/x-protobuf', { 'content-encoding': 'gzip' })).toMatchObject({
      status: 400,
    })
  })
})

it('makes slugs and names of runs of whatever senders call theirs', () => {
  expect(['EOD Prices (FX)', 'Übertrag', '__a--b', '日本', '-'.repeat(500), `${'a'.repeat(150)}`].map(slugOf)).toEqual([
    'eod-prices-fx',
    'ubertrag',
    '__a--b',
    '',
    '',
    'a'.repeat(100),
  ])
  expect(uuidOf('83A7C03ED0A04E1B97E2E3B18D38F244')).toBe('83a7c03e-d0a0-4e1b-97e2-e3b18d38f244')
  expect(uuidOf('job-1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(uuidOf('job-1')).toBe(uuidOf('job-1'))
})
