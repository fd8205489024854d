import { expect } from 'vitest'
import { type HttpTarget, startHttpTarget } from './http-target.ts'
import { until } from './patience.ts'
import { type ServerProcess, startServer } from './process.ts'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'
import { connectTool, type Tool } from './tool.ts'

const email = 'marta@harbour-bank.example'
const password = 'correct horse battery staple'
const who = { ADMIN_EMAIL: email, ADMIN_PASSWORD: password }

/** The real program on real time with what its database may harm when it goes away. */
export type Stage = {
  server: ServerProcess
  mail: SmtpSink
  target: HttpTarget
  tool: Tool
  monitor: string
  asMarta(path: string): Promise<Response>
  close(): Promise<void>
}

/** A program with somebody signed in, a tool that reports, and a monitor that one failed look would find down. */
export const setTheStage = async (env: Record<string, string>): Promise<Stage> => {
  const mail = await startSmtpSink()
  const target = await startHttpTarget()
  const server = await startServer({ ...who, SMTP_URL: mail.url, ...env })
  const close = async () => {
    await server.kill()
    await mail.stop()
    await target.stop()
  }
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
  const stage = { server, mail, target, tool, monitor, asMarta, close }
  await until('the monitor is up', async () => (await stateOf(stage)) === 'up')
  return stage
}

export const stateOf = async ({ server, monitor }: Stage) =>
  ((await server.api('GET', `/monitors/${monitor}`)).body as { state: string }).state

/** An incident that pages the administrator. */
export const pageMarta = async ({ server, asMarta }: Stage) => {
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
export const nothingWasHarmed = async (stage: Stage) => {
  const { server, mail, tool, asMarta, monitor } = stage
  await until('each accepted signal is an alert', async () => (await tool.lost()).length === 0)
  expect((await asMarta('/me')).status).toBe(200)
  const changes = await server.api('GET', `/monitors/${monitor}/changes`)
  const states = new Set((changes.body as { items: { state: string }[] }).items.map((c) => c.state))
  expect([...states].filter((s) => s !== 'up' && s !== 'unobserved')).toEqual([])
  expect(await stateOf(stage)).toBe('up')
  const pages = await mail.expectMail({ to: email, subject: /INC-1/ })
  const delivery = pages.header('x-watchfloor-delivery')
  const again = mail.messages().filter((m) => m.header('x-watchfloor-delivery') === delivery)
  const seen = (await server.api('GET', `/deliveries/${delivery}`)).body as { mayRepeat: boolean; state: string }
  expect(seen.state).toBe('sent')
  if (again.length > 1) expect(seen.mayRepeat).toBe(true)
}
