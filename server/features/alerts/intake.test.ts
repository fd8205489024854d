import { brotliCompressSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse, MONDAY, type TestSource } from '../../../test/harness/alerts.ts'
import { changeSource, disableSource } from './change-source.ts'
import { addSourceKey, revokeSourceKey } from './source-keys.ts'
import { getSource } from './source-queries.ts'

let house: AlertHouse
let source: TestSource
beforeAll(async () => {
  house = await alertHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  source = await house.addSource()
})

const send = (body: unknown, headers: Record<string, string> = {}, url?: string) =>
  house.send(body, { authorization: `Bearer ${source.key}`, ...headers }, url)

type Kept = { outcome: string; problem: string | null; body: Buffer; headers: Record<string, string>; signals: number }
const journal = async (): Promise<Kept[]> => {
  const { rows } = await sql<Kept>`
    select outcome, problem, body, headers, signals from journal where source_id = ${source.id} order by at, id`.execute(
    house.platform.db,
  )
  return rows
}
const signals = async () =>
  house.platform.db.selectFrom('signals').selectAll().where('source_id', '=', source.id).execute()

describe('the key of a source', () => {
  it.each([
    ['as a bearer', (key: string) => ({ headers: { authorization: `Bearer ${key}` }, url: '/intake/generic' })],
    ['as X-Api-Key', (key: string) => ({ headers: { authorization: '', 'x-api-key': key }, url: '/intake/generic' })],
    ['in the address', (key: string) => ({ headers: { authorization: '' }, url: `/intake/generic/${key}` })],
  ])('is taken %s, and stands nowhere afterwards', async (_how, made) => {
    const { headers, url } = made(source.key)
    const answer = await send(
      { title: 'x', details: `curl with ${source.key}` },
      { ...headers, referer: `http://me/${source.key}` },
      url,
    )
    expect(answer.status).toBe(202)
    const [kept] = await journal()
    const [signal] = await signals()
    const all =
      JSON.stringify(kept?.headers) +
      kept?.body.toString('latin1') +
      JSON.stringify(await house.platform.db.selectFrom('source_keys').selectAll().execute())
    expect(all).not.toContain(source.key)
    expect(all).toContain('[key ')
    expect(JSON.stringify(kept?.headers)).toContain('[key ')
    expect(signal?.summary).toBe('x')
  })

  it.each([
    ['none', { authorization: '' }, '/intake/generic'],
    ['a wrong one', { authorization: 'Bearer in_wrong' }, '/intake/generic'],
    ['a very long one', { authorization: `Bearer ${'k'.repeat(5_000)}` }, '/intake/generic'],
    ['one of another kind', {}, '/intake/monitors'],
  ])('is refused when it is %s, before the body is read', async (_what, headers, url) => {
    const answer = await send('x'.repeat(5_000_000), headers, url)
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated', detail: expect.stringMatching(/[Kk]ey/) },
    })
    expect(await journal()).toEqual([])
  })

  it('two are valid at once, and a revoked one is refused within seconds', async () => {
    const second = await house.execute(addSourceKey, house.admin, { id: source.id })
    expect((await send({ title: 'x' }, { authorization: `Bearer ${second.key}` })).status).toBe(202)
    expect((await send({ title: 'x' })).status).toBe(202)
    const [newest] = second.keys
    await house.execute(revokeSourceKey, house.admin, { id: source.id, keyId: newest?.id ?? '' })
    house.clock.set(house.clock.now().add({ seconds: 4 }))
    expect((await send({ title: 'x' }, { authorization: `Bearer ${second.key}` })).status).toBe(401)
    expect((await send({ title: 'x' })).status).toBe(202)
  })

  it('of a disabled source is refused with its remedy', async () => {
    await house.execute(disableSource, house.admin, { id: source.id })
    expect(await send({ title: 'x' })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('disabled') },
    })
  })

  it('has a limit, which can be raised', async () => {
    await house.execute(changeSource, house.admin, { id: source.id, perSecond: 3 })
    const many = async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => send({ title: 'x' })))
      return answers.filter((a) => a.status === 429)
    }
    const refused = await many()
    expect(refused.length).toBeGreaterThan(5)
    expect(refused[0]).toMatchObject({ headers: { 'retry-after': '1' }, body: { code: 'too_many' } })
    await house.execute(changeSource, house.admin, { id: source.id, perSecond: 50_000 })
    house.clock.set(house.clock.now().add({ seconds: 4 }))
    expect(await many()).toEqual([])
  })
})

describe('what cannot be read', () => {
  it.each([
    ['malformed', 'this is <not> JSON', /not JSON/],
    ['truncated', '{"title": "Disk fu', /not JSON/],
    ['empty', '', /not JSON/],
    ['of the wrong shape', '{"hello": "world"}', /title: say in one line/],
  ])('%s: is kept, answered with a sentence and counted', async (_what, body, sentence) => {
    const answer = await send(body)
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'invalid_input', detail: expect.stringMatching(sentence) },
    })
    expect(await journal()).toMatchObject([
      { outcome: 'unreadable', problem: expect.stringMatching(sentence), signals: 0 },
    ])
    const seen = await house.ask(getSource, house.admin, { id: source.id })
    expect(seen).toMatchObject({ problems: 1, lastProblem: expect.stringMatching(sentence), signals: 0 })
  })

  it('ten megabytes: is refused, and its source shows why', async () => {
    const answer = await send(JSON.stringify({ title: 'x'.repeat(10_000_000) }))
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } })
    expect(await journal()).toMatchObject([
      { outcome: 'unreadable', problem: expect.stringMatching(/larger than 1 MB/) },
    ])
  })

  it.each([
    ['gzip', gzipSync(Buffer.alloc(200_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
  ])('a bomb of %s: is refused, and costs no memory to speak of', async (encoding, bomb) => {
    expect(bomb.length).toBeLessThan(1_000_000)
    const before = process.memoryUsage().rss
    const answer = await send(bomb, { 'content-encoding': encoding })
    expect(answer).toMatchObject({ status: 413, body: { detail: expect.stringMatching(/more than 8 MB/) } })
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
    expect(await journal()).toMatchObject([{ outcome: 'unreadable' }])
  })

  it.each([
    ['broken gzip', Buffer.from('hello'), 'gzip', 400],
    ['an unknown compression', Buffer.from('hello'), 'zip', 415],
    ['one that every object knows', Buffer.from('{"title": "x"}'), 'constructor', 415],
  ])('%s: is kept', async (_what, body, encoding, status) => {
    expect((await send(body, { 'content-encoding': encoding })).status).toBe(status)
    expect(await journal()).toMatchObject([{ outcome: 'unreadable', headers: { 'content-encoding': encoding } }])
  })

  it('part of a batch: the rest is taken in, and what was wrong is said', async () => {
    const answer = await send([{ title: 'a' }, 5, { title: 'b' }])
    expect(answer).toMatchObject({ status: 202, body: { accepted: 2, problems: expect.stringMatching(/Signal 2/) } })
    expect(await journal()).toMatchObject([{ outcome: 'read', signals: 2, problem: expect.stringMatching(/Signal 2/) }])
    expect(await house.ask(getSource, house.admin, { id: source.id })).toMatchObject({ problems: 1, signals: 2 })
  })
})

describe('what is read', () => {
  it('a storm: whole, for Alertmanager cannot send a group in parts and gives it up when it is refused', async () => {
    const { id, key } = await house.addSource({ kind: 'alertmanager' })
    const alerts = Array.from({ length: 1_200 }, (_, n) => ({
      // Over: kept as any other, and nothing has to be opened for it.
      status: 'resolved',
      labels: { alertname: 'HostDown', instance: `grid${n}:9100` },
      annotations: { description: 'x'.repeat(1_000) },
      startsAt: MONDAY,
      endsAt: MONDAY,
      fingerprint: `f${n}`,
    }))
    const headers = { authorization: `Bearer ${key}` }
    for (const url of ['/intake/alertmanager', `/intake/alertmanager/${key}`]) {
      const answer = await send({ version: '4', groupKey: 'g', alerts }, headers, url)
      expect(answer).toMatchObject({ status: 202, body: { accepted: alerts.length } })
    }
    const kept = house.platform.db.selectFrom('signals').select('dedup_key').where('source_id', '=', id)
    expect(await kept.execute()).toHaveLength(2 * alerts.length)
  })

  it('whatever it says it is, and however it is packed', async () => {
    const body = JSON.stringify({ title: 'Zürich 💥' })
    for (const [payload, headers] of [
      [Buffer.from(body), { 'content-type': '' }],
      [Buffer.from(body), { 'content-type': 'text/plain' }],
      [Buffer.from(`\ufeff${body}`), {}],
      [gzipSync(body), { 'content-encoding': 'gzip' }],
      [Buffer.from(body, 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }],
      [Buffer.from(body), { 'content-type': 'application/json; charset=klingon' }],
    ] as const)
      expect((await send(payload, headers)).status).toBe(202)
    expect(new Set((await signals()).map((s) => s.summary))).toEqual(new Set(['Zürich 💥']))
  })

  it('in another charset, and in the wrong one', async () => {
    await send(Buffer.from('{"title": "Zürich"}', 'latin1'), { 'content-type': 'application/json; charset=ISO-8859-1' })
    await send(Buffer.from('{"title": "Zürich"}', 'latin1'))
    expect((await signals()).map((s) => s.summary).sort()).toEqual(['Zürich', 'Z\ufffdrich'].sort())
    expect((await journal())[1]?.body).toEqual(Buffer.from('{"title": "Zürich"}', 'latin1'))
  })

  it('NUL, emoji, markup and 10,000 labels, as data', async () => {
    const labels = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`l${i}`, '<b>\u0000']))
    const answer = await send({ title: '<script>alert(1)</script>\u0000 💥', dedup_key: 'k\u0000', labels })
    expect(answer.status).toBe(202)
    const [kept] = await signals()
    expect(kept).toMatchObject({ summary: '<script>alert(1)</script>\ufffd 💥', dedup_key: 'k\ufffd' })
    const body = kept?.body as { labels: Record<string, string>; notes: string[] }
    expect(Object.keys(body.labels)).toHaveLength(200)
    expect(body.labels.l0).toBe('<b>\ufffd')
    expect(body.notes).toEqual(['It had 10000 labels; the first 200 were kept and 9800 were cut.'])
    await house.settle()
    const [alert] = await house.platform.db
      .selectFrom('alerts')
      .selectAll()
      .where('source_id', '=', source.id)
      .execute()
    expect(alert?.title).toBe('<script>alert(1)</script>\ufffd 💥')
  })
})

it('a key in an address that no route knows does not reach the log', async () => {
  const lines: string[] = []
  const { info, warn } = house.platform.log
  const keep = (line: unknown) => void lines.push(JSON.stringify(line))
  Object.assign(house.platform.log, { info: keep, warn: keep })
  await send({ title: 'x' }, {}, `/intake/generic/${source.key}`)
  await send({ title: 'x' }, {}, `/intake/generic/${source.key}/more`)
  await house.http.inject({ method: 'GET', url: `/intake/generic/${source.key}` })
  Object.assign(house.platform.log, { info, warn })
  expect(lines).toHaveLength(3)
  expect(lines.join('\n')).not.toContain(source.key)
})
