import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { launchChromium, shortLived } from './testing/chromium.ts'
import { sendFile, theApplication } from './testing/pages.ts'

// A browser on a machine that does other work as well takes its time.
vi.setConfig({ testTimeout: 90_000 })

const built = theApplication()
let browser: Browser
let context: BrowserContext
let complaints: string[]
let signedIn: boolean
let refuseStreams: boolean
let streams: Set<ServerResponse>
let asked: string[]

const answers: Record<string, unknown> = {
  '/api/me': {
    id: '1',
    name: 'Tom Miller',
    email: 'tom@example.com',
    role: 'lead',
    zone: 'Europe/London',
    teams: [],
    may: { 'ticket.read': 'all', 'ticket.work': 'all', 'schedule.read': 'all', 'floor.read': 'all' },
    version: 1,
    internal: true,
  },
  '/api/tickets/counts': { mine: 1, myTeams: 2, escalated: 0, snoozed: 0, unassigned: 0, urgent: 2, open: 23 },
  '/api/monitors/counts': { all: 12, trouble: 3, down: 3, degraded: 0, unknown: 0, paused: 0 },
  '/api/alert-counts': { firing: 41, blind: 0, acknowledged: 0, held: 0, silenced: 0, maintenance: 0 },
  '/api/on-call': {
    items: [
      {
        schedule: { id: '1', name: 'L2', slug: 'l2', zone: 'UTC' },
        team: { id: '1', name: 'L2 markets' },
        people: [
          {
            user: { id: '2', name: 'Priya N.' },
            from: null,
            to: null,
            source: { kind: 'rotation', id: '1', name: 'x' },
          },
        ],
        next: null,
      },
    ],
  },
  '/api/calendars': { items: [], next: null },
  '/api/health': {
    version: '0',
    items: [{ what: 'Checks', state: 'unknown', detail: 'no results from London since 07:02.', since: null }],
  },
}

/** A server with just enough of an API to see how the frame behaves when it answers, refuses and goes away. */
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  const json = (status: number, body: unknown, type = 'application/json') =>
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
  if (path.startsWith('/api/')) asked.push(path)
  if (path.startsWith('/api/') && !signedIn)
    return json(
      401,
      { title: 'Sign in first', status: 401, detail: 'Sign in first.', code: 'unauthenticated' },
      'application/problem+json',
    )
  if (path === '/api/events/stream') {
    if (refuseStreams) return json(503, {})
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .write('id: 1\nevent: hello\ndata: {}\n\nevent: ready\ndata: {}\n\n')
    streams.add(response)
    return response.on('close', () => streams.delete(response))
  }
  if (path.startsWith('/api/'))
    return path in answers
      ? json(200, answers[path])
      : json(404, { detail: `There is no ${path}.`, code: 'not_found' }, 'application/problem+json')
  return sendFile(built, path, 'index.html', response)
})

beforeAll(async () => {
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready))
  browser = await launchChromium([shortLived])
})

beforeEach(async () => {
  signedIn = true
  refuseStreams = false
  streams = new Set()
  asked = []
  complaints = []
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
})

afterEach(async () => {
  await context.close()
})

afterAll(async () => {
  await browser?.close()
  server.closeAllConnections()
  server.close()
})

const open = async (path: string): Promise<Page> => {
  const page = await context.newPage()
  page.on(
    'console',
    (message) =>
      message.type() === 'error' &&
      !message.text().includes('Failed to load resource') &&
      complaints.push(message.text()),
  )
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
  return page
}

const change = (type: string) => {
  for (const stream of streams)
    stream.write(
      `id: 2\nevent: change\ndata: ${JSON.stringify({ id: '2', type, subject: 'ticket:1', about: [], team: null, at: '2026-11-26T07:12:00Z', actor: 'x' })}\n\n`,
    )
}

test('the first script is under 250 kB gzipped, and no style or script stands in the page', () => {
  const page = String(built('index.html'))
  // What the first script needs is named beside it, so that all of it is asked for at once.
  const first = [...page.matchAll(/(?:src|rel="modulepreload" crossorigin href)="\/(assets\/[^"]+\.js)"/g)].map(
    (m) => m[1] ?? '',
  )
  expect(first.length).toBeGreaterThan(0)
  const needed = first.flatMap((name) => [...String(built(name)).matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)])
  expect(needed.map((m) => `assets/${m[1]}`).filter((name) => !first.includes(name))).toEqual([])
  const bytes = first.reduce((sum, name) => sum + gzipSync(built(name) ?? '').length, 0)
  expect(bytes).toBeLessThan(250_000)
  expect(page).not.toMatch(/<style|<script>|style="|onload=/)
})

test('who is not signed in goes to the sign-in page, which knows where to come back to', async () => {
  signedIn = false
  const page = await open('/queue?q=state:open')
  await page.waitForURL(/\/sign-in/)
  expect(new URL(page.url()).searchParams.get('then')).toBe('/queue?q=state:open')
})

test('the frame says who I am, who is on call and what cannot be seen', async () => {
  const page = await open('/')
  await page.getByRole('button', { name: 'Tom Miller: my settings' }).waitFor()
  await page.getByRole('button', { name: 'On call: Priya N.' }).waitFor()
  await page.getByText('Checks: no results from London since 07:02.').waitFor()
  expect(complaints).toEqual([])
})

test('an event of the live feed refreshes the counts, and two tabs share one stream', async () => {
  await open('/')
  await expect.poll(() => streams.size).toBe(1)
  await open('/')
  await expect.poll(() => asked.filter((path) => path === '/api/me').length).toBeGreaterThanOrEqual(2)
  // The second reading of everything, which follows the first greeting, is over before the event is sent.
  await new Promise((done) => setTimeout(done, 2500))
  expect(streams.size).toBe(1)
  const before = asked.filter((path) => path === '/api/tickets/counts').length
  change('ticket.opened')
  await expect.poll(() => asked.filter((path) => path === '/api/tickets/counts').length).toBe(before + 2)
})

test('without a connection a banner says since when, and everything is read again when it is back', async () => {
  const page = await open('/')
  await expect.poll(() => streams.size).toBe(1)
  refuseStreams = true
  for (const stream of streams) stream.destroy()
  await page.getByText('No connection', { exact: true }).waitFor({ timeout: 15_000 })
  const before = asked.filter((path) => path === '/api/on-call').length
  refuseStreams = false
  await page.getByText('No connection', { exact: true }).waitFor({ state: 'detached', timeout: 25_000 })
  await expect.poll(() => asked.filter((path) => path === '/api/on-call').length).toBeGreaterThan(before)
})
