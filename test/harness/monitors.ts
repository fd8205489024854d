import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { createMonitorInput } from '../../contract/monitors/index.ts'
import { plan } from '../../server/app.ts'
import { createMonitor } from '../../server/features/monitors/index.ts'
import type { Actor } from '../../server/platform/access.ts'
import { createNet } from '../../server/platform/net/index.ts'
import { type TestHouse, testHouse } from './house.ts'
import { type Person, person, team } from './people.ts'

// biome-ignore lint/suspicious/noExplicitAny: an answer is looked at field by field.
type Answer = any

/** The whole house with a real way out to the loopback, a team that owns a service, and people. */
export type MonitorHouse = TestHouse & {
  admin: Person
  responder: Person
  stranger: Person
  teamId: string
  orders: string
  /** A monitor of the team, looked at every 10 s; `config` decides the kind: `address` is http, `host` tcp. */
  monitor(config: Record<string, unknown>, more?: Partial<z.input<typeof createMonitorInput>>): Promise<string>
  stateOf(
    id: string,
  ): Promise<{ state: string; decided: boolean; flip: number; looks: string[]; last_message: string | null }>
  /** As `state from..to`, in seconds since the house began; the open one ends with nothing. */
  spansOf(id: string): Promise<string[]>
  /** The sentences of the log about a thing, oldest first. */
  sentences(about: string): Promise<string[]>
  api(
    who: Person,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Answer; headers: Record<string, unknown> }>
}

const START = '2026-11-23T07:00:00Z'

export const monitorHouse = async (given: Parameters<typeof testHouse>[1] = {}): Promise<MonitorHouse> => {
  let actors: Record<string, Actor> = {}
  const house = await testHouse(
    {
      ...plan,
      // The bearer names the actor: sign-in is not what is tried here.
      authenticate: () => async (request) =>
        actors[request.headers.authorization?.replace('Bearer ', '') ?? ''] ?? { kind: 'nobody' },
    },
    { start: START, net: createNet({ allowPrivate: true }), ...given },
  )
  const { db } = house.platform
  const admin = await person(house, 'Ada Admin', 'admin')
  const responder = await person(house, 'Priya Nair', 'responder')
  const stranger = await person(house, 'Tom Marsh', 'responder')
  const teamId = await team(house, 'L2 markets', [[responder, 'responder']])
  await team(house, 'DBA', [[stranger, 'responder']])
  actors = Object.fromEntries([admin, responder, stranger].map((p) => [p.id, p]))
  const orders = randomUUID()
  const at = { created_at: house.clock.now(), updated_at: house.clock.now() }
  await db
    .insertInto('services')
    .values({
      id: orders,
      slug: 'order-entry',
      name: 'Equities order entry',
      kind: 'business',
      tier: 1,
      owner_team_id: teamId,
      ...at,
    })
    .execute()
  const seconds = (t: Temporal.Instant | null) =>
    t === null ? '' : (t.epochMilliseconds - Temporal.Instant.from(START).epochMilliseconds) / 1000
  return {
    ...house,
    admin,
    responder,
    stranger,
    teamId,
    orders,
    async monitor(config, more = {}) {
      const made = await house.execute(createMonitor, responder, {
        name: 'Order gateway login',
        kind: 'host' in config ? 'tcp' : 'http',
        config: { timeoutSeconds: 2, ...config },
        intervalSeconds: 10,
        teamId,
        ...more,
      })
      return made.id
    },
    async stateOf(id) {
      const row = await db
        .selectFrom('monitor_states')
        .select(['state', 'decided', 'flip', 'looks', 'last_message'])
        .where('monitor_id', '=', id)
        .executeTakeFirstOrThrow()
      return { ...row, looks: row.looks as string[] }
    },
    async spansOf(id) {
      const rows = await db
        .selectFrom('monitor_spans')
        .selectAll()
        .where('monitor_id', '=', id)
        .orderBy('from_at')
        .execute()
      return rows.map((r) => `${r.state} ${seconds(r.from_at)}..${seconds(r.to_at)}`)
    },
    async sentences(about) {
      const rows = await db
        .selectFrom('events')
        .select(['type', 'data', 'actor_name', 'about'])
        .orderBy('at')
        .orderBy('seq')
        .execute()
      return rows
        .filter((r) => r.about.includes(about))
        .map((r) => {
          const type = house.platform.registry.events.get(r.type)
          return type ? type.say(type.data.parse(r.data), r.actor_name) : r.type
        })
    },
    async api(who, method, url, body, headers = {}) {
      const answer = await house.http.inject({
        method,
        url: `/api${url}`,
        headers: {
          authorization: `Bearer ${who.id}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
      return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
    },
  }
}
