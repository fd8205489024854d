import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { newId } from '../../platform/ids.ts'
import { createPingStore } from './ping-store.ts'

/** Jobs over HTTP on a real database. Monday, 07:00 in London. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())

let count = 0
const nightly = { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' }
const make = async (more: object = {}) => {
  const body = { name: `Job ${++count}`, serviceId: house.orders, schedule: nightly, ...more }
  const made = await house.api(house.responder, 'POST', '/jobs', body)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id as string
}
const read = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body
const runs = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}/runs`)).body.items
type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
const ping = async (address: string, body?: string | Buffer, method: Method = body === undefined ? 'GET' : 'POST') => {
  const answer = await house.http.inject({
    method,
    url: `/ping/${address}`,
    ...(body === undefined ? {} : { payload: body }),
  })
  return { status: answer.statusCode, body: answer.body, headers: answer.headers }
}
type Store = ReturnType<typeof createPingStore>
const taken = (jobId: string, kind: 'success' | 'fail' | 'log'): Parameters<Store['put']>[0] => {
  const now = house.platform.clock.now().epochMilliseconds
  const times = { received: now, happened: now, late: false }
  const sender = {
    host: null,
    cpuMs: null,
    peakKb: null,
    volumes: null,
    remote: null,
    method: 'GET',
    userAgent: null,
    scheme: 'http',
    mail: null,
  }
  const said = { rid: null, exit: null, givenId: null, output: null, outputBytes: 0, note: null, head: null }
  return { jobId, kind, id: newId(), ...times, ...sender, ...said }
}
const ok = { status: 200, body: 'OK' }
const rid = () => crypto.randomUUID()

describe('the address of pings', () => {
  let id: string
  beforeEach(async () => {
    id = await make()
  })

  it('answers as healthchecks does', async () => {
    expect(await ping(id)).toMatchObject({
      ...ok,
      headers: { 'ping-body-limit': '5000000', 'access-control-allow-origin': '*' },
    })
    for (const address of [
      `${id}/`,
      `${id}/start`,
      `${id}/fail`,
      `${id}/log`,
      `${id}/0`,
      `${id}/255`,
      id.toUpperCase(),
    ])
      expect(await ping(address), address).toMatchObject(ok)
    expect(await ping(id, undefined, 'HEAD')).toMatchObject({ status: 200 })
    expect(await ping(`${id}/start?rid=${rid().toUpperCase()}`, 'x', 'PUT')).toMatchObject(ok)
    for (const method of ['PATCH', 'DELETE', 'OPTIONS'] as const)
      expect(await ping(id, undefined, method), method).toMatchObject(ok)
    expect((await read(id)).pings).toBe(13)
  })

  it.each([
    ['an unknown id', () => rid(), 404, 'not found'],
    ['no id', () => 'eod-prices', 404, 'not found'],
    ['an exit status over 255', () => `${id}/256`, 400, 'invalid url format'],
    ['another word', () => `${id}/done`, 404, 'not found'],
    ['a rid that is none', () => `${id}?rid=xyz`, 400, 'invalid uuid format'],
    ['an id that is none', () => `${id}?id=7`, 400, 'invalid uuid format'],
    ['a time that is none', () => `${id}?at=noon`, 400, 'invalid time format; at must be such as 2026-11-23T07:12:00Z'],
  ])('refuses %s, and keeps nothing', async (_, address, status, body) => {
    expect(await ping(address())).toMatchObject({ status, body })
    expect((await read(id)).pings).toBe(0)
  })

  it('counts a ping with an id once, also when both come at the same time', async () => {
    const address = `${id}/fail?id=${rid()}&at=2026-11-23T06:59:00%2B00:00`
    const answers = await Promise.all([1, 2, 3].map(() => ping(address)))
    expect(answers).toMatchObject([ok, ok, ok])
    expect(await ping(address)).toMatchObject(ok)
    expect((await read(id)).pings).toBe(1)
    expect(await runs(id)).toMatchObject([{ endedAt: '2026-11-23T06:59:00Z' }])
  })

  it('says so when a job pings too often, and counts what it took', async () => {
    await house.api(house.responder, 'PATCH', `/jobs/${id}`, { pingsPerSecond: 3 })
    expect(await ping(id)).toMatchObject(ok)
    const answers = await Promise.all(Array.from({ length: 30 }, () => ping(id)))
    const refused = answers.filter((a) => a.status === 429)
    expect(refused.length).toBeGreaterThan(20)
    expect(refused[0]).toMatchObject({ body: /more than 3 pings in a second/, headers: { 'retry-after': '1' } })
    expect((await read(id)).pings).toBe(31 - refused.length)
  })

  it('keeps the end of what is sent, whatever it is', async () => {
    await ping(`${id}/1`, Buffer.concat([Buffer.alloc(150_000, 'x'), Buffer.from('\0 \xff last line', 'latin1')]))
    const [run] = await runs(id)
    const { output, outputBytes } = (await house.api(house.responder, 'GET', `/jobs/${id}/runs/${run.id}`)).body
    expect([output.length, outputBytes]).toEqual([100_000, 150_013])
    expect(output.endsWith('x\ufffd \ufffd last line')).toBe(true)
  })

  it('is listed by the host that its pings named last, also by one that writes it in full', async () => {
    const on = async (host: string, who = house.responder) => {
      const { body } = await house.api(who, 'GET', `/jobs?host=${encodeURIComponent(host)}`)
      return body.items.map((j: { id: string }) => j.id)
    }
    await ping(`${id}?host=LDN-moves,01.bank.example`)
    expect(await on('ldn-moves,01')).toEqual([id])
    await ping(id)
    expect(await on('LDN-MOVES,01.other.example:22')).toEqual([id])
    await ping(`${id}?host=ldn-moves-02`)
    expect([await on('ldn-moves,01'), await on('ldn-moves-02'), await on('ldn-moves')]).toEqual([[], [id], []])
  })

  it('notes a clock that is ahead, and does not trust it', async () => {
    await ping(`${id}?at=2026-11-23T08:00:00Z&host=prdbat01`)
    expect(await runs(id)).toMatchObject([{ endedAt: '2026-11-23T07:00:00Z', note: /3600 s ahead/, host: 'prdbat01' }])
  })

  it('counts all of what two processes take at once of the same jobs, each ping once', async () => {
    const jobs = [id, await make(), await make()]
    const stores = [createPingStore(house.platform), createPingStore(house.platform)]
    const named = Array.from({ length: 60 }, () => rid())
    const pings = (store: Store, again: boolean) =>
      named.flatMap((givenId, n) => {
        const ping = taken(jobs[n % 3] as string, n % 2 ? 'fail' : 'success')
        return [store.put(ping), store.put({ ...taken(ping.jobId, 'log'), givenId: again ? givenId : null })]
      })
    const answers = await Promise.all(stores.flatMap((store) => [...pings(store, true), ...pings(store, false)]))
    expect(answers.filter((a) => a.known && !a.repeated)).toHaveLength(420)
    expect(answers.filter((a) => a.repeated)).toHaveLength(60)
    expect(await Promise.all(jobs.map(async (job) => (await read(job)).pings))).toEqual([140, 140, 140])
  })

  it('goes by what the job is held to now, however often it has pinged', async () => {
    await ping(`${id}/start`)
    expect((await read(id)).dueAt).not.toBeNull()
    await house.api(house.responder, 'POST', `/jobs/${id}/pause`)
    expect(await ping(id)).toMatchObject(ok)
    expect((await read(id)).dueAt).toBeNull()
    await house.api(house.responder, 'DELETE', `/jobs/${id}/pause`)
    expect(await ping(id)).toMatchObject(ok)
    expect(await read(id)).toMatchObject({ pings: 3, dueAt: expect.any(String) })
  })

  it('of a job that is archived is not known; restored it is', async () => {
    expect(await ping(id)).toMatchObject(ok)
    await house.api(house.responder, 'POST', `/jobs/${id}/archive`)
    expect(await ping(id)).toMatchObject({ status: 404, body: 'not found' })
    await house.api(house.responder, 'DELETE', `/jobs/${id}/archive`)
    expect(await ping(id)).toMatchObject(ok)
  })
})

describe('runs', () => {
  it('have start, end, duration, lines of log and output; two at once are two', async () => {
    const id = await make()
    const [a, b] = [rid(), rid()]
    await ping(`${id}/start?rid=${a}`)
    await ping(`${id}/start?rid=${b}`)
    await ping(`${id}/log?rid=${a}`, 'half way')
    house.clock.step(house.clock.now().add({ minutes: 5 }))
    expect((await read(id)).openRuns).toHaveLength(2)
    await ping(`${id}/0?rid=${a}`, 'all done')
    house.clock.step(house.clock.now().add({ minutes: 1 }))
    await ping(`${id}/3?rid=${b}&cpu_ms=90500&peak_kb=much`)
    expect(await runs(id)).toMatchObject([
      { id: b, outcome: 'fail', ms: 360_000, exitStatus: 3, cpuMs: 90_500, peakKb: null },
      { id: a, outcome: 'success', ms: 300_000, exitStatus: 0, cpuMs: null },
    ])
    const run = (await house.api(house.responder, 'GET', `/jobs/${id}/runs/${a}`)).body
    expect(run).toMatchObject({ output: 'all done', outcome: 'success' })
    expect(run.pings.map((p: { kind: string; output: string }) => [p.kind, p.output])).toEqual([
      ['start', null],
      ['log', 'half way'],
      ['success', 'all done'],
    ])
  })

  it('whose start is told after their end are one run', async () => {
    const id = await make()
    const a = rid()
    await ping(`${id}/0?rid=${a}&at=2026-11-23T06:50:00Z`)
    await ping(`${id}/start?rid=${a}&at=2026-11-23T06:40:00Z`)
    expect(await runs(id)).toMatchObject([{ id: a, ms: 600_000 }])
    expect(await read(id)).toMatchObject({ openRuns: [], lastMs: 600_000 })
  })

  it('come in pages, and are nobody else’s', async () => {
    const [id, other] = [await make(), await make()]
    for (let i = 0; i < 7; i++) await ping(`${id}/${i}`)
    const first = (await house.api(house.responder, 'GET', `/jobs/${id}/runs?limit=4`)).body
    const second = (await house.api(house.responder, 'GET', `/jobs/${id}/runs?limit=4&cursor=${first.next}`)).body
    const exits = [...first.items, ...second.items].map((r: { exitStatus: number }) => r.exitStatus)
    expect([exits.sort(), second.next]).toEqual([[0, 1, 2, 3, 4, 5, 6], null])
    expect((await house.api(house.responder, 'GET', `/jobs/${other}/runs/${first.items[0].id}`)).status).toBe(404)
  })
})

describe('acts', () => {
  it('a job is made, changed, paused, resumed and deleted, each with its sentence', async () => {
    const id = await make({ name: 'EOD prices', graceSeconds: 600 })
    expect(await read(id)).toMatchObject({ slug: 'eod-prices', state: 'new', team: { name: 'L2 markets' } })
    expect((await read(id)).nextTimes.slice(0, 2)).toEqual(['2026-11-23T22:00:00Z', '2026-11-24T22:00:00Z'])
    const api = (method: 'POST' | 'PATCH' | 'DELETE', path = '', body?: object) =>
      house.api(house.responder, method, `/jobs/${id}${path}`, body)
    expect((await api('PATCH', '', { schedule: { kind: 'period', seconds: 3600 } })).body).toMatchObject({
      dueAt: null,
    })
    expect((await api('POST', '/pause')).body).toMatchObject({ state: 'paused' })
    expect((await api('POST', '/pause')).status).toBe(409)
    expect((await api('DELETE', '/pause')).body).toMatchObject({ state: 'new' })
    expect((await api('DELETE')).body).toEqual({ ok: true })
    expect(await house.sentences(`job:${id}`)).toEqual([
      'Priya Nair added the job EOD prices.',
      'Priya Nair changed the job EOD prices: schedule.',
      'Priya Nair paused the job EOD prices.',
      'Priya Nair resumed the job EOD prices.',
      'Priya Nair deleted the job EOD prices.',
    ])
    expect(await ping(id)).toMatchObject({ status: 404 })
  })

  it.each([
    [
      'a line of cron',
      { schedule: { kind: 'cron', expression: '61 * * * *', zone: 'UTC' } },
      /schedule.expression: .*minute/,
    ],
    ['a day that never comes', { schedule: { kind: 'cron', expression: '0 0 31 2 *', zone: 'UTC' } }, /no time fits/],
    [
      'a time that is past',
      { schedule: { kind: 'oncalendar', expression: '2003-03-05 05:40', zone: 'UTC' } },
      /no time fits/,
    ],
    ['a zone', { schedule: { ...nightly, zone: 'Europe/Nowhere' } }, /zone: must be a time zone/],
    ['a period of nothing', { schedule: { kind: 'period', seconds: 0 } }, /seconds: must be at least 10/],
    ['a grace below nothing', { graceSeconds: -1 }, /graceSeconds: must be at least 0/],
    ['another kind', { schedule: { kind: 'moon' } }, /kind/],
    ['a slug that is taken', { slug: 'taken' }, /taken is taken by another job/],
  ])('refuses %s', async (_, more, says) => {
    await make({ slug: 'taken' }).catch(() => undefined)
    const answer = await house.api(house.responder, 'POST', '/jobs', {
      name: 'J',
      schedule: nightly,
      serviceId: house.orders,
      ...more,
    })
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringMatching(says)])
    await house.platform.db.deleteFrom('jobs').where('slug', '=', 'taken').execute()
  })

  it('are for the people of its team', async () => {
    const id = await make()
    for (const [method, path] of [
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/pause'],
      ['POST', '/archive'],
    ] as const)
      expect((await house.api(house.stranger, method, `/jobs/${id}${path}`, { name: 'Mine' })).status, path).toBe(403)
    expect((await house.api(house.stranger, 'GET', `/jobs/${id}`)).status).toBe(200)
    const given = await house.api(house.responder, 'PATCH', `/jobs/${id}`, { teamId: null })
    expect([given.status, given.body.detail]).toEqual([
      403,
      expect.stringMatching(/^teamId: choose one of your own teams/),
    ])
  })

  it('the preview shows the next ten times, and what the change of the clock does', async () => {
    const ask = (schedule: object) => house.api(house.responder, 'POST', '/jobs/schedule-preview', { schedule })
    const cron = (await ask({ kind: 'cron', expression: '30 1 * * *', zone: 'Europe/London' })).body
    expect([cron.times.length, cron.times[0]]).toEqual([10, '2026-11-24T01:30:00Z'])
    expect(cron.notes).toEqual([
      'On 28 March 2027 the clock skips 01:00 to 02:00: what is due then is expected at 02:00.',
      'On 31 October 2027 the clock shows 01:00 to 02:00 twice: it is expected once, the first time.',
    ])
    expect((await ask({ kind: 'oncalendar', expression: '*-*-* 01:30', zone: 'Europe/London' })).body.notes[0]).toMatch(
      /not expected on that day/,
    )
    expect((await ask({ kind: 'cron', expression: '*/30 * * * *', zone: 'Europe/London' })).body.notes[1]).toMatch(
      /in both hours/,
    )
    expect((await ask(nightly)).body.notes).toEqual([])
    expect((await ask({ kind: 'cron', expression: 'x', zone: 'UTC' })).status).toBe(422)
  })
})

it('a run that hangs is told after an hour, unless its job says otherwise', async () => {
  const [id, forever] = [await make(), await make({ maxRunSeconds: null })]
  for (const job of [id, forever]) await ping(`${job}/start`)
  await house.advance({ minutes: 59 })
  expect((await read(id)).state).toBe('running')
  await house.advance({ minutes: 2 })
  expect((await read(id)).state).toBe('running_long')
  expect((await read(forever)).state).toBe('running')
})

describe('lists', () => {
  it('show what needs somebody first, filter, and page', async () => {
    const mine = `List ${rid().slice(0, 8)}`
    const [a, b, c, d] = [
      await make({ name: `${mine} a` }),
      await make({ name: `${mine} b`, tags: ['risk', 'nightly'] }),
      await make({ name: `${mine} c` }),
      await make({ name: `${mine} d`, environment: 'prod' }),
    ]
    await ping(`${a}/0`)
    await ping(`${b}/7`)
    await ping(`${c}/start`)
    await house.api(house.responder, 'POST', `/jobs/${d}/pause`)
    const ask = async (more = '') =>
      (await house.api(house.responder, 'GET', `/jobs?q=${encodeURIComponent(mine)}${more}`)).body
    expect((await ask()).items.map((j: { state: string }) => j.state)).toEqual(['failed', 'running', 'ok', 'paused'])
    expect((await ask('&view=trouble')).items).toMatchObject([
      { id: b, reason: /Failed with exit status 7/, bars: [{ outcome: 'fail' }] },
    ])
    expect((await ask('&state=ok')).items).toMatchObject([{ id: a }])
    expect((await ask('&tag=nightly')).items).toMatchObject([{ id: b, tags: ['risk', 'nightly'] }])
    expect((await ask('&tag=night')).items).toEqual([])
    const first = await ask('&limit=3')
    expect((await ask(`&limit=3&cursor=${first.next}`)).items).toMatchObject([{ id: d }])
    const counts = (await house.api(house.responder, 'GET', '/jobs/counts')).body
    expect(counts.failed).toBeGreaterThanOrEqual(1)
    expect(
      (await house.api(house.responder, 'GET', '/jobs/at-risk')).body.items.map((j: { id: string }) => j.id),
    ).not.toContain(b)
  })
})

it('what did not count is on the page of its job, as far as its filters look', async () => {
  const id = await make({ filters: { httpBody: true, success: 'finished', failure: 'error' } })
  await ping(id, `still at it\n${'x'.repeat(300)}`)
  await ping(id, 'finished')
  await ping(`${id}?host=prdbat01`)
  expect(await read(id)).toMatchObject({
    state: 'ok',
    pings: 3,
    ignored: [
      { method: 'GET', from: 'prdbat01', output: null },
      { method: 'POST', output: expect.stringMatching(/^still at it\nx{188}$/) },
    ],
  })
  await house.api(house.responder, 'PATCH', `/jobs/${id}`, { filters: {} })
  expect((await read(id)).ignored).toEqual([])
})

it('that a run goes on, its runner says; words in what it has printed so far end nothing', async () => {
  const id = await make({ filters: { httpBody: true, success: 'finished', failure: 'error' } })
  await ping(`${id}/log?id=${crypto.randomUUID()}`, '1 error corrected, nearly finished')
  const kinds = async () =>
    (await house.platform.db.selectFrom('pings').select('kind').where('job_id', '=', id).orderBy('at').execute()).map(
      (p) => p.kind,
    )
  expect(await kinds()).toEqual(['log'])
  // Without an id it is a ping like any other, as healthchecks has it.
  await ping(`${id}/log`, '1 error corrected')
  expect(await kinds()).toEqual(['log', 'fail'])
})

it('a job says that another of its team has the same slug, and where its badge is', async () => {
  const same = { slug: 'shared-name', rules: 'healthchecks' }
  const id = await make(same)
  expect((await read(id)).sharesSlug).toBe(false)
  const other = await make(same)
  const { sharesSlug, badgeUrl } = await read(id)
  expect(sharesSlug).toBe(true)
  const badge = await house.http.inject({ url: new URL(badgeUrl).pathname })
  expect([badge.statusCode, badge.headers['content-type']]).toEqual([200, expect.stringContaining('image/svg+xml')])
  await house.api(house.responder, 'POST', `/jobs/${other}/archive`)
  expect((await read(id)).sharesSlug).toBe(false)
})
