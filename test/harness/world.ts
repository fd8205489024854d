import type { Net } from '../../checks/lib/net.ts'
import type { World } from '../../dev/seed/index.ts'
import { mailOf, type PersonName, people } from '../../dev/seed/people.ts'
import { plan } from '../../server/app.ts'
import type { Actor } from '../../server/platform/access.ts'
import { createNet } from '../../server/platform/net/index.ts'
import { scratchDatabase } from './database.ts'
import { type TestHouse, testHouse } from './house.ts'
import { type HttpTarget, startHttpTarget } from './http-target.ts'
import { seededBank, seededSecret } from './seeded.ts'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'

const apiKey = 'scenario-key-0123456789abcdefghi'

export type ScenarioWorld = {
  house: TestHouse
  world: World
  /** A real mail server that keeps what it is sent. */
  mail: SmtpSink
  /** A real web server that can be killed and revived. */
  server: HttpTarget
  advance(by: Temporal.DurationLike): Promise<void>
  actor(name: PersonName): Actor
  /** A request to the API as the installation's administrator; throws on any problem. */
  api<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<T>
  /** A request by somebody who is not signed in. */
  anonymous(
    method: 'GET' | 'HEAD' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>
  /** What people read on a thing's timeline, oldest first. */
  story(path: string): Promise<string[]>
  mailOf(name: PersonName): string
  close(): Promise<void>
}

/** The imaginary bank, the real program, a pushed clock, and a fake outside world. */
export const openScenario = async (
  at: string,
  env: Record<string, string> = {},
  given: { net?: Net; through?: (databaseUrl: string) => Promise<string> } = {},
): Promise<ScenarioWorld> => {
  const mail = await startSmtpSink()
  const server = await startHttpTarget()
  const database = await scratchDatabase(seededBank({ at }))
  const house = await testHouse(plan, {
    start: at,
    database,
    secretKey: seededSecret,
    net: createNet({ allowPrivate: true }),
    ...given,
    env: { SMTP_URL: mail.url, ADMIN_API_KEY: apiKey, ...env },
  })
  const world = database.made
  const inject = (method: string, path: string, body: unknown, headers: Record<string, string>) =>
    house.http.inject({
      method: method as 'GET',
      url: `/api${path}`,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  const api: ScenarioWorld['api'] = async (method, path, body) => {
    const answer = await inject(method, path, body, { authorization: `Bearer ${apiKey}` })
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
    return answer.json()
  }
  return {
    house,
    world,
    mail,
    server,
    api,
    mailOf,
    advance: (by) => house.advance(by),
    actor: (name) => ({
      kind: 'user',
      id: world.people[name],
      name: people[name].name,
      role: people[name].role,
      teams: [],
    }),
    async anonymous(method, path, body) {
      const answer = await inject(method, path, body, {})
      return { status: answer.statusCode, body: answer.body ? answer.json() : {} }
    },
    async story(path) {
      const { items } = await api<{ items: { at: string; text: string }[] }>('GET', `${path}?limit=200`)
      return items.toReversed().map((e) => `${e.at.slice(11, 19)} ${e.text}`)
    },
    async close() {
      await house.close()
      await mail.stop()
      await server.stop()
    },
  }
}
