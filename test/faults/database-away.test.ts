import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpTarget, startHttpTarget } from '../harness/http-target.ts'
import { until } from '../harness/patience.ts'
import { type ServerProcess, startServer } from '../harness/process.ts'
import { type SmtpSink, startSmtpSink } from '../harness/smtp-sink.ts'
import { startSystemPostgres } from '../harness/system-postgres.ts'
import { connectTool, type Tool } from '../harness/tool.ts'

/** The real program on real time, and its database killed under it: the embedded one, and one by DATABASE_URL. */

const email = 'marta@harbour-bank.example'
const password = 'correct horse battery staple'
const who = { ADMIN_EMAIL: email, ADMIN_PASSWORD: password }

type Stage = {
  server: ServerProcess
  mail: SmtpSink
  target: HttpTarget
  tool: Tool
  monitor: string
  asMarta(path: string): Promise<Response>
}

const leftovers: (() => unknown)[] = []
afterEach(async () => {
  for (const remove of leftovers.splice(0).reverse()) await remove()
})

/** A program with somebody signed in, a tool that reports, and a monitor that one failed look would find down. */
const setTheStage = async (env: Record<string, string>): Promise<Stage> => {
  const mail = await startSmtpSink()
  const target = await startHttpTarget()
  const server = await startServer({ ...who, SMTP_URL: mail.url, ...env })
  leftovers.push(mail.stop, target.stop, () => server.kill())
  await server.ready()
  const signIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email, password }),
  })
  const cookie = signIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const asMarta = (path: string) => fetch(`${server.url}/api${path}`, { headers: { cookie } })
  const tool = await connectTool(server)
  const made = await server.api('POST', '/monitors', {
    kind: 'http',
    name: 'Order gateway',
    config: { address: target.url, timeoutSeconds: 2 },
    intervalSeconds: 5,
    downAfter: 1,
  })
  const monitor = (made.body as { id: string }).id
  const stage = { server, mail, target, tool, monitor, asMarta }
  await until('the monitor is up', async () => (await stateOf(stage)) === 'up')
  return stage
}

const stateOf = async ({ server, monitor }: Stage) =>
  ((await server.api('GET', `/monitors/${monitor}`)).body as { state: string }).state

/** An incident that pages the administrator. */
const page = async ({ server, asMarta }: Stage) => {
  const me = (await (await asMarta('/me')).json()) as { id: string }
  const team = await server.api('POST', '/teams', { name: 'L2', kind: 'l2' })
  const teamId = (team.body as { id: string }).id
  const steps = [{ delayMinutes: 0, targets: [{ kind: 'user', id: me.id }] }]
  const policy = await server.api('POST', '/escalation-policies', { name: 'Markets', slug: 'markets', teamId, steps })
  expect(policy.status, JSON.stringify(policy.body)).toBe(201)
  const ticket = await server.api('POST', '/tickets', {
    kind: 'incident',
    title: 'Nobody can send orders',
    impact: 'high',
    urgency: 'high',
    teamId,
    page: true,
  })
  expect(ticket.status, JSON.stringify(ticket.body)).toBe(201)
}

/** What must hold once the database is back, however long it was away. */
const nothingWasHarmed = async (stage: Stage) => {
  const { server, mail, tool, asMarta, monitor } = stage
  await until('each accepted signal is an alert', async () => (await tool.lost()).length === 0)
  expect((await asMarta('/me')).status).toBe(200)
  const changes = await server.api('GET', `/monitors/${monitor}/changes`)
  expect((changes.body as { items: { state: string }[] }).items.map((c) => c.state)).toEqual(['up'])
  expect(await stateOf(stage)).toBe('up')
  const pages = await mail.expectMail({ to: email, subject: /INC-1/ })
  const delivery = pages.header('x-watchfloor-delivery')
  const again = mail.messages().filter((m) => m.header('x-watchfloor-delivery') === delivery)
  const seen = (await server.api('GET', `/deliveries/${delivery}`)).body as { mayRepeat: boolean; state: string }
  expect(seen.state).toBe('sent')
  if (again.length > 1) expect(seen.mayRepeat).toBe(true)
}

describe('the embedded PostgreSQL', () => {
  it('killed three times under the program: it is started again each time, and nothing accepted is lost', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wf-away-'))
    leftovers.push(() => rmSync(folder, { recursive: true, force: true }))
    const stage = await setTheStage({ DATA_DIR: folder })
    const { server, tool, mail } = stage
    await mail.behave({ delayMs: 300 })
    await page(stage)
    const stopSending = tool.keepSending(10)
    for (let i = 0; i < 3; i++) {
      await pause(700)
      process.kill(
        Number(readFileSync(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGKILL',
      )
      const before = tool.accepted.length
      await until('signals are taken again', async () => tool.accepted.length > before + 10)
    }
    await stopSending()
    expect(tool.accepted.length).toBeGreaterThan(30)
    expect(new Set(tool.refused.map((r) => `${r.status} ${r.retryAfter}`))).toEqual(new Set(['503 5']))
    expect(server.output()).toMatch(
      /The embedded PostgreSQL stopped by itself: it was ended by SIGKILL\. Starting it again/,
    )
    await nothingWasHarmed(stage)
  }, 60_000)
})

describe('a PostgreSQL by DATABASE_URL', () => {
  it('away for 25 s: told to whoever asks, no monitor goes down, the gap is unobserved, nothing accepted is lost', async () => {
    const database = await startSystemPostgres()
    leftovers.push(database.stop)
    const stage = await setTheStage({ DATABASE_URL: database.url })
    const { server, tool, mail, asMarta, monitor } = stage
    await mail.behave({ delayMs: 500 })
    await page(stage)
    const stopSending = tool.keepSending(20)
    await pause(500)
    await database.kill()
    const away = performance.now()
    await until('signals are refused', async () => tool.refused.length > 10)
    expect(new Set(tool.refused.map((r) => `${r.status} ${r.retryAfter} ${r.detail}`))).toEqual(
      new Set(['503 5 The database is away for the moment. Nothing was done; try again in a few seconds.']),
    )
    for (const path of ['/me', '/health', '/alerts']) {
      const answer = await asMarta(path)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(await answer.json()).toMatchObject({ code: 'unavailable' })
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    await pause(Math.max(0, 25_000 - (performance.now() - away)))
    expect(server.child.exitCode).toBeNull()
    await database.revive()
    const before = tool.accepted.length
    await until('signals are taken again', async () => tool.accepted.length > before + 10)
    await stopSending()
    await until('it is looked at again', async () => (await stateOf(stage)) === 'up')
    await nothingWasHarmed(stage)
    const days = (await server.api('GET', `/monitors/${monitor}/days`)).body as {
      allHours: { unobservedMs: number; downMs: number }
    }
    // Looks of the first seconds waited in memory; when the lease had run out nobody looked.
    expect(days.allHours.unobservedMs).toBeGreaterThan(8_000)
    expect(days.allHours.downMs).toBe(0)
    expect(server.output()).not.toContain('"level":60')
  }, 90_000)
})
