import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { type Wire, wireTo } from '../../../test/harness/wire.ts'
import { type PingDialect, type Sample, type ToldPing, uuidOf } from './define-dialect.ts'
import { dialects } from './dialect-kinds.ts'

/** Every dialect through HTTP: its samples are kept as they say, and whatever else comes is told in its own words. */

const SLUG = 'eod-prices'
const NOBODY = { token: randomUUID().replaceAll('-', ''), key: 'nobodysnobodysnobodysn' }
const all = [...dialects.values()]
const firstOf = ({ samples }: PingDialect) => samples[0] as Sample

let house: MonitorHouse
let key: string
let token: string
beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-23T07:30:00Z' })
  ;({ key, token } = await setUp(house))
})
afterAll(() => house.close())
beforeEach(async () => {
  await sql`truncate pings, ping_ids`.execute(house.platform.db)
})

const jobIn = async (at: MonitorHouse, slug: string): Promise<string> => {
  const schedule = { kind: 'period', seconds: 86_400 }
  const given = { name: slug, slug, teamId: at.teamId, schedule, maxRunSeconds: null }
  const { status, body } = await at.api(at.responder, 'POST', '/jobs', given)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}

/** A job for each slug of the samples, but for those that their senders make; and the key of its team. */
const setUp = async (at: MonitorHouse) => {
  const ids = new Map<string, string>()
  const told = all.flatMap((d) => d.samples.flatMap((s) => s.pings))
  const slugs = told.filter((p) => !p.make || p.slug === '{slug}').map((p) => p.slug?.replace('{slug}', SLUG) ?? SLUG)
  for (const slug of new Set(slugs)) ids.set(slug, await jobIn(at, slug))
  const made = await at.api(at.responder, 'PUT', `/teams/${at.teamId}/ping-keys/ping`, {})
  return { key: made.body.key as string, token: (ids.get(SLUG) ?? '').replaceAll('-', '') }
}

type Names = { token: string; key: string }
const filled = (text: string, names: Names) =>
  text.replaceAll('{token}', names.token).replaceAll('{key}', names.key).replaceAll('{slug}', SLUG)

const send = async (
  request: Sample['request'],
  names: Names = { token, key },
  at: MonitorHouse = house,
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> => {
  const { method = 'GET', path, headers = {}, body } = request
  const payload = typeof body === 'string' ? filled(body, names) : body === undefined ? undefined : Buffer.from(body)
  const answer = await at.http.inject({
    method: method as 'GET',
    url: filled(path, names),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value, names)])),
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: answer.statusCode, body: answer.body, headers: answer.headers }
}

type Kept = {
  slug: string
  kind: string
  exit: number | null
  rid: string | null
  happened: number
  took: number | null
  host: string | null
  output: string | null
  note: string | null
}
const kept = async (): Promise<Kept[]> => {
  const { rows } = await sql<Kept>`
    select j.slug, p.kind, p.exit_status as exit, p.rid, (extract(epoch from p.happened_at) * 1000)::int8 as happened,
      (extract(epoch from p.happened_at - p.started_at) * 1000)::int8 as took, p.host, p.output, p.note
    from pings p join jobs j on j.id = p.job_id where p.kind <> 'lost'`.execute(house.platform.db)
  return bySlug(rows)
}
const bySlug = (rows: Kept[]): Kept[] => rows.toSorted((a, b) => a.slug.localeCompare(b.slug))
const expected = (told: ToldPing): Kept => ({
  slug: told.slug?.replace('{slug}', SLUG) ?? SLUG,
  kind: told.kind,
  exit: told.exit ?? null,
  rid: told.run === undefined ? null : uuidOf(told.run),
  happened: told.at ?? house.clock.ms(),
  took: told.tookMs ?? null,
  host: told.host ?? null,
  output: told.text ?? null,
  note: told.note ?? null,
})

describe.each(all)('$kind', (dialect) => {
  it.each(dialect.samples)('reads $name', async ({ request, pings }) => {
    const answer = await send(request)
    expect(answer).toMatchObject({ status: expect.toSatisfy((s: number) => s >= 200 && s < 300) })
    const rows = await kept()
    // How long a run took that was seen to start is known without its sender.
    expect(rows).toEqual(bySlug(pings.map(expected)).map((e, i) => ({ ...e, took: e.took ?? rows[i]?.took ?? null })))
    expect(answer.body).not.toBe(dialect.wrongKey.body)
  })

  it('tells a sender with a wrong token or key, in its own words, and keeps nothing', async () => {
    expect(await send(firstOf(dialect).request, NOBODY)).toMatchObject(dialect.wrongKey)
    expect(await kept()).toEqual([])
  })

  it('tells a sender without a token or key', async () => {
    const { status, body } = await send(firstOf(dialect).request, { token: '', key: '' })
    expect(status >= 400 || body.includes('NO TOKEN'), `${status} ${body}`).toBe(true)
    expect(await kept()).toEqual([])
  })

  const sending = dialect.samples.find(({ request }) => request.method === 'POST' && request.body !== undefined)

  it.runIf(sending)('answers junk in the body with a sentence', async () => {
    const { request } = sending as Sample
    const whole = Buffer.from(
      typeof request.body === 'string' ? filled(request.body, { token, key }) : (request.body ?? ''),
    )
    const junk: Buffer[] = [
      Buffer.alloc(0),
      Buffer.from('\0\0\0'),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x80]),
      Buffer.from('}{][ <a> & %%% \n\n {"length":-1}'),
      Buffer.from('null\nnull\nnull'),
      Buffer.from('['.repeat(50_000)),
      whole.subarray(0, Math.floor(whole.length / 2)),
      Buffer.concat([whole, whole]),
      Buffer.from(whole.toString('latin1').replaceAll(SLUG, 'a\0b\ud800'), 'latin1'),
    ]
    for (const body of junk) {
      const answer = await send({ ...request, body })
      expect([body.subarray(0, 30), answer.status]).toEqual([
        body.subarray(0, 30),
        expect.toSatisfy((s: number) => s < 500),
      ])
      if (answer.status >= 400) expect(answer.body.trim()).not.toBe('')
    }
  })

  it.runIf(sending)('refuses a body that is too large', async () => {
    const { request } = sending as Sample
    const body = Buffer.alloc(dialect.mostBytes + 1, 'x')
    expect((await send({ ...request, body })).status).toBe(413)
  })

  it('takes NUL and broken characters in the query as they come', async () => {
    const { request } = firstOf(dialect)
    const mark = request.path.includes('?') ? '&' : '?'
    const path = `${request.path}${mark}msg=a%00b%ff&message=a%00b&m=a%00b&host=%00&error=%00`
    expect((await send({ ...request, path })).status).toBeLessThan(500)
  })
})

describe('the database is away', () => {
  let cut: MonitorHouse
  let wire: Wire
  let names: Names
  beforeAll(async () => {
    cut = await monitorHouse({
      through: async (url) => {
        wire = await wireTo(url)
        return wire.url
      },
    })
    names = await setUp(cut)
  })
  afterAll(async () => {
    await cut.close()
    await wire.stop()
  })

  it('every dialect asks to come again, and takes the same once it is back', async () => {
    const first = all.map((d) => [d.kind, firstOf(d).request] as const)
    await wire.cut()
    for (const [kind, request] of first) {
      const { status, headers } = await send(request, names, cut)
      expect([kind, status, headers['retry-after']]).toEqual([kind, 503, expect.stringMatching(/^\d+$/)])
    }
    await wire.restore()
    await expect.poll(async () => (await send(first[0]?.[1] as Sample['request'], names, cut)).status).toBeLessThan(300)
    for (const [kind, request] of first)
      expect([kind, (await send(request, names, cut)).status]).toEqual([
        kind,
        expect.toSatisfy((s: number) => s >= 200 && s < 300),
      ])
  })
})
