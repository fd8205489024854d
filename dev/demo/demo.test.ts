import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushedClock, systemClock } from '../../server/platform/clock.ts'
import type { House } from '../../server/platform/house.ts'
import { type ScratchDatabase, scratchDatabase } from '../../test/harness/database.ts'
import { pinCard } from './card.ts'
import { fastClock, tellTimeBy } from './clock.ts'
import { type Company, companyFiles, slowedSteps } from './company.ts'
import { askForApprovals, leaveTrouble, startLife } from './life/index.ts'
import { playScenes } from './life/play.ts'
import { scenes } from './life/scenes.ts'
import { createVoice } from './life/voice.ts'
import { type Mailbox, startMailbox } from './mailbox/index.ts'
import { openDemoHouse } from './open.ts'
import { readOptions } from './options.ts'
import { password, signIns } from './people.ts'
import { startTargets, type Targets } from './targets/index.ts'

let database: ScratchDatabase
let mailbox: Mailbox
let targets: Targets
let house: House
let company: Company
let url: string
let cookie = ''
const dataDir = mkdtempSync(join(tmpdir(), 'wf-demo-'))

beforeAll(async () => {
  database = await scratchDatabase()
  mailbox = await startMailbox({ port: 0 })
  targets = await startTargets({ http: 0, tcp: 0 })
  const { smtpUrl } = mailbox
  const common = { dataDir, connection: database.url, port: 0, smtpUrl, ports: targets.ports, seed: 7, speed: 1 }
  const opened = await openDemoHouse({ ...common, clock: systemClock(), logLevel: 'silent' })
  house = opened.house
  company = opened.company
  url = await house.listen()
  cookie = await signIn('priya')
})
afterAll(async () => {
  await house?.stop()
  await targets?.stop()
  await mailbox?.stop()
  await database?.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const signIn = async (who: string): Promise<string> => {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: `${who}@harbour-bank.example`, password }),
  })
  expect(answer.status, who).toBe(200)
  return answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
}
type Row = { id: string; number: string; title: string }
const get = async <T = { items: Row[] }>(path: string): Promise<T> => {
  const answer = await fetch(`${url}/api${path}`, { headers: { cookie } })
  expect(answer.status, path).toBe(200)
  return (await answer.json()) as T
}

test('says on the floor what to try, in five steps', async () => {
  await pinCard(house.platform, 'http://localhost:1')
  const { items } = await get<{ items: { body: string }[] }>('/announcements')
  expect(items[0]?.body.match(/^\d\. /gm)).toHaveLength(5)
})

test('holds what it promises, and every list answers', async () => {
  const count = async (table: 'services' | 'monitors' | 'jobs' | 'tickets' | 'teams') =>
    Number(
      (
        await house.platform.db
          .selectFrom(table)
          .select((e) => e.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  expect([await count('teams'), await count('services'), await count('monitors'), await count('jobs')]).toEqual([
    6, 41, 60, 80,
  ])
  expect(await count('tickets')).toBeGreaterThan(1_400)
  for (const path of [
    '/tickets?view=open',
    '/tickets?view=recent',
    '/alerts?view=all',
    '/monitors',
    '/jobs',
    '/services',
    '/knowledge',
    '/request-types',
    '/users',
    '/sources',
    '/alert-routes',
  ])
    expect((await get(path)).items.length, path).toBeGreaterThan(2)
})

test('has the clocks of its three markets', async () => {
  const { items } = await get<{ items: { name: string; zone: string }[] }>('/calendars?kind=market')
  expect(items.map(({ name }) => name)).toEqual(['London', 'New York', 'Tokyo'])
})

test('a past ticket, an alert, a monitor and a job tell what happened in sentences', async () => {
  const { items } = await get('/tickets?view=recent&state=closed&limit=100')
  const [told, seen] = [
    items.find((t) => t.title.startsWith('FIX session')),
    items.find((t) => / is down: /.test(t.title)),
  ]
  for (const ticket of [told, seen, items[0]]) {
    const { items: rows } = await get<{ items: { text: string; type: string }[] }>(
      `/tickets/${ticket?.number}/timeline?limit=50`,
    )
    expect(rows.length).toBeGreaterThan(3)
    // An event whose data does not fit its type shows as "who: type".
    for (const row of rows) expect(row.text, row.type).not.toContain(row.type)
  }
  const [monitor] = (await get('/monitors?view=all&q=Client portal')).items
  const chart = await get<{ points: unknown[] }>(`/monitors/${monitor?.id}/chart?range=7d`)
  expect(chart.points.length).toBeGreaterThan(100)
  const { items: jobs } = await get<{ items: (Row & { bars: unknown[] })[] }>('/jobs?q=Risk batch London')
  expect((await get(`/jobs/${jobs[0]?.id}/runs`)).items.length).toBeGreaterThan(20)
  expect(jobs[0]?.bars).toHaveLength(20)
})

test('one for each role signs in; what is asked for waits and is mailed to the mailbox', async () => {
  for (const { key } of signIns.filter((s) => s.key !== 'priya')) await signIn(key)
  await askForApprovals(house, company, url)
  const mails = async () =>
    (await (await fetch(`${mailbox.url}/mails?to=james@harbour-bank.example`)).json()) as {
      mails: { id: number; subject: string }[]
    }
  await expect.poll(async () => (await mails()).mails.length).toBeGreaterThan(0)
  const [mail] = (await mails()).mails
  const shown = await fetch(`${mailbox.url}/mails/${mail?.id}/html`)
  expect(shown.headers.get('content-security-policy')).toContain('sandbox')
  expect(await shown.text()).toContain('/approve/')
  expect((await fetch(`${mailbox.url}/mails/999999`)).status).toBe(404)
})

test('a failed job and alerts of tools are there from the start', async () => {
  await leaveTrouble(house, company, url)
  const titles = async () => (await get('/alerts')).items.map(({ title }) => title)
  await expect
    .poll(titles)
    .toEqual(
      expect.arrayContaining([
        'Disk /data of prdbat03 will be full in five hours',
        'Disk /u02 of riskdb-01 is 71 % full',
        'Order archive London failed with exit status 1 within a second',
      ]),
    )
})

test('what breaks is seen, and heals', async () => {
  const said: string[] = []
  const voice = createVoice({ house, company, origin: url })
  const stage = { targets, voice, jobs: new Map<string, string>(), now: () => house.platform.clock.now().toString() }
  const queue = scenes.filter((s) => s.name === 'A queue fills up')
  const pace = { firstMs: 0, everyMs: 60_000, minuteMs: 400, atOnce: 1 }
  const play = playScenes(queue, stage, (line) => said.push(line), pace)
  const found = async () => (await get<{ items: { state: string }[] }>('/tickets?view=recent&q=STL.IN')).items[0]?.state
  await expect.poll(found).toBe('new')
  await expect.poll(found).toBe('resolved')
  await play.stop()
  expect(said).toHaveLength(1)
})

test('the batch machines begin and stop with the firm', async () => {
  const said: string[] = []
  const pace = { firstMs: 600_000, everyMs: 60_000, minuteMs: 60_000, atOnce: 2 }
  const life = await startLife({ house, company, targets, origin: url, say: (line) => said.push(line), pace })
  await life.stop()
  expect(said).toEqual([])
})

test('a broken target is broken for whoever looks, until it is healed', async () => {
  const look = () =>
    fetch(`http://127.0.0.1:${targets.ports.http}/md-london`).then(
      (r) => r.status,
      () => 'cut',
    )
  expect(await look()).toBe(200)
  targets.break('md-london', { kind: 'error', status: 503, words: 'no multicast' })
  expect(await look()).toBe(503)
  targets.break('md-london', { kind: 'cut' })
  expect(await look()).toBe('cut')
  targets.heal('md-london')
  expect(await look()).toBe(200)
})

test('no more is broken at once than the floor can bear', async () => {
  const begun: string[] = []
  const scene = (name: string) => ({
    name,
    minutes: 1,
    begin: async () => void begun.push(name),
    end: async () => undefined,
  })
  const pace = { firstMs: 0, everyMs: 1, minuteMs: 1_000_000, atOnce: 2 }
  const play = playScenes(['a', 'b', 'c'].map(scene), {} as never, () => undefined, pace)
  await expect.poll(() => begun).toEqual(['a', 'b'])
  await play.stop()
  expect(play.running()).toEqual(['a', 'b'])
})

test('a fast clock goes on from a word, so many times as fast, and rings by its own time', () => {
  const real = pushedClock('2026-11-27T09:59:00Z')
  const clock = fastClock(60, real)
  let rang = 0
  clock.timer(Temporal.Instant.from('2026-11-27T11:00:00Z'), () => rang++)
  clock.timer(Temporal.Instant.from('2026-11-27T10:30:00Z'), () => rang--)()
  real.set(Temporal.Instant.from('2026-11-27T10:00:00Z'))
  expect(clock.now().toString()).toBe('2026-11-27T10:00:00Z')
  clock.go()
  real.set(Temporal.Instant.from('2026-11-27T10:00:59Z'))
  expect([clock.now().toString(), rang]).toEqual(['2026-11-27T10:59:00Z', 0])
  real.set(Temporal.Instant.from('2026-11-27T10:01:00Z'))
  expect([clock.now().toString(), rang]).toEqual(['2026-11-27T11:00:00Z', 1])
})

test('what answers by a fast clock tells its time, by which pages go', async () => {
  const server = createServer((_, answer) => answer.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  tellTimeBy(pushedClock('2026-11-27T11:00:00Z'), server)
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  expect(answer.headers.get('date')).toBe('Fri, 27 Nov 2026 11:00:00 GMT')
  server.close()
})

test('at a higher speed a page leaves as much time to act by the clock on the wall, and mails bear the time of the firm', async () => {
  const steps = [{ delayMinutes: 0 }, { delayMinutes: 5 }, { delayMinutes: 60 }]
  expect(slowedSteps(steps, 60).map((s) => s.delayMinutes)).toEqual([0, 300, 1440])
  const at = Temporal.Instant.from('2031-02-03T04:05:06Z')
  const later = await startMailbox({ port: 0, clock: { now: () => at } })
  await createTransport(later.smtpUrl).sendMail({ from: 'a@b.example', to: 'c@d.example', subject: 'x', text: 'y' })
  expect(later.store.list()).toMatchObject([{ at: '2031-02-03T04:05:06Z' }])
  await later.stop()
})

test('at a higher speed monitors look as often by the clock on the wall', () => {
  const monitors = (speed: number) => companyFiles({ http: 1, tcp: 2 }, speed).find((f) => f.name === 'monitors.yaml')
  expect(monitors(1)?.text).toContain('intervalSeconds: 10\n')
  expect(monitors(60)?.text).toContain('intervalSeconds: 600\n')
  expect(monitors(60)?.text).toContain('port: 2\n')
})

test.each([
  [['--speed', '0'], {}, '--speed must be a whole number from 1 to 600, not "0".'],
  [['--seed', 'x'], {}, '--seed must be a whole number from 0 to 2147483648, not "x".'],
  [[], { PORT: '65535' }, 'PORT must be a whole number from 1 to 65532, not "65535".'],
])('refuses %j in a sentence', (args, env, sentence) => {
  expect(() => readOptions(args, env)).toThrow(sentence)
})
