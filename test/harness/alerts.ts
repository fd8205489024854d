import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { createSourceInput } from '../../contract/alerts/source.ts'
import { getAlert, listAlerts } from '../../server/features/alerts/alert-queries.ts'
import { createSource } from '../../server/features/alerts/create-source.ts'
import { alerts, alertsRoutes } from '../../server/features/alerts/index.ts'
import { calendars } from '../../server/features/calendars/index.ts'
import { catalog } from '../../server/features/catalog/index.ts'
import { desk, deskRoutes } from '../../server/features/desk/index.ts'
import { identity } from '../../server/features/identity/index.ts'
import { knowledge } from '../../server/features/knowledge/index.ts'
import { notify } from '../../server/features/notify/index.ts'
import { oncall } from '../../server/features/oncall/index.ts'
import { sla } from '../../server/features/sla/index.ts'
import type { Actor } from '../../server/platform/access.ts'
import type { Plan } from '../../server/platform/house.ts'
import { createNet } from '../../server/platform/net/index.ts'
import { type TestHouse, testHouse } from './house.ts'
import { type Person, person, team } from './people.ts'
import { startSmtpSink } from './smtp-sink.ts'

/** A house with everything up to the alerts, one team that owns two services, and one source. */
export type AlertHouse = TestHouse & {
  admin: Person
  lead: Person
  responder: Person
  teamId: string
  orders: string
  wiki: string
  source: TestSource
  addSource(more?: Partial<z.input<typeof createSourceInput>>): Promise<TestSource>
  /** Lets time pass at one step: what has come due meanwhile is done late. */
  later(minutes: number): Promise<void>
  /** As a tool sends, with the key of the source that the house began with. */
  send(
    body: unknown,
    headers?: Record<string, string>,
    url?: string,
  ): Promise<{ status: number; body: Answer; headers: Record<string, unknown> }>
  /** As a browser asks the API. */
  api(
    who: Person,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
  ): Promise<{ status: number; body: Answer }>
}
export type TestSource = { id: string; key: string }
// biome-ignore lint/suspicious/noExplicitAny: an answer is looked at field by field.
type Answer = any

/** Monday, 07:00 in London. */
export const MONDAY = '2026-11-23T07:00:00Z'

export const alertPlan = (actors: () => Record<string, Actor> = () => ({})): Plan => ({
  features: [identity, calendars, notify, catalog, knowledge, oncall, sla, desk, alerts],
  router: { alerts: alertsRoutes, desk: deskRoutes },
  // The bearer names the actor: sign-in is not what is tried here.
  authenticate: () => async (request) =>
    actors()[request.headers.authorization?.replace('Bearer ', '') ?? ''] ?? { kind: 'nobody' },
})

export const alertHouse = async (given: Parameters<typeof testHouse>[1] = {}): Promise<AlertHouse> => {
  let actors: Record<string, Actor> = {}
  // Without a mail server each page is tried again and again, for all the hours that a test lets pass.
  const mail = await startSmtpSink()
  const house = await testHouse(
    alertPlan(() => actors),
    { start: MONDAY, net: createNet({ allowPrivate: true }), ...given, env: { SMTP_URL: mail.url, ...given.env } },
  )
  const admin = await person(house, 'Ada Admin', 'admin')
  const lead = await person(house, 'Lena Sommer', 'requester')
  const responder = await person(house, 'Priya Nair', 'responder')
  const teamId = await team(house, 'L2 markets', [
    [lead, 'lead'],
    [responder, 'responder'],
  ])
  actors = Object.fromEntries([admin, lead, responder].map((p) => [p.id, p]))
  const orders = await service(house, 'order-entry', 'Equities order entry', 1, teamId)
  const wiki = await service(house, 'wiki', 'Wiki', 4, teamId)
  await policy(house, teamId, responder.id)
  const addSource = async (more: Partial<z.input<typeof createSourceInput>> = {}) => {
    const made = await house.execute(createSource, admin, {
      kind: 'generic',
      name: `Tool ${randomUUID().slice(0, 8)}`,
      teamId,
      ...more,
    })
    return { id: made.id, key: made.key }
  }
  const source = await addSource({ name: 'Nagios' })
  return {
    ...house,
    async close() {
      await house.close()
      await mail.stop()
    },
    admin,
    lead,
    responder,
    teamId,
    orders,
    wiki,
    source,
    addSource,
    async later(minutes) {
      house.clock.step(house.clock.now().add({ minutes }))
      await house.settle()
    },
    async send(body, headers = {}, url = '/intake/generic') {
      const answer = await house.http.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${source.key}`, 'content-type': 'application/json', ...headers },
        payload: Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body),
      })
      return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
    },
    async api(who, method, url, body) {
      const answer = await house.http.inject({
        method,
        url: `/api${url}`,
        headers: {
          authorization: `Bearer ${who.id}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
      return { status: answer.statusCode, body: answer.json() }
    },
  }
}

/** What a test sends to a source, and what has become of it. `source` is asked each time: tests take a new one each. */
export const tellOf = (house: () => AlertHouse, source: () => TestSource) => {
  const alerts = async (view: 'firing' | 'all' = 'all') =>
    (await house().ask(listAlerts, house().responder, { view, sourceId: source().id })).items
  const newest = async () => {
    const [alert] = await alerts()
    if (!alert) throw new Error('there is no alert')
    return alert
  }
  return {
    async send(body: unknown) {
      await house().send(body, { authorization: `Bearer ${source().key}` })
      await house().settle()
    },
    alerts,
    newest,
    detail: async () => house().ask(getAlert, house().responder, { id: (await newest()).id }),
  }
}

const service = async ({ platform, clock }: TestHouse, slug: string, name: string, tier: number, ownerTeam: string) => {
  const id = randomUUID()
  await platform.db
    .insertInto('services')
    .values({
      id,
      slug,
      name,
      kind: 'business',
      tier,
      owner_team_id: ownerTeam,
      created_at: clock.now(),
      updated_at: clock.now(),
    })
    .execute()
  return id
}

const policy = async ({ platform, clock }: TestHouse, teamId: string, userId: string) => {
  const steps = [{ delayMinutes: 0, targets: [{ kind: 'user', id: userId }] }]
  await platform.db
    .insertInto('escalation_policies')
    .values({
      id: randomUUID(),
      slug: 'markets',
      name: 'Markets',
      team_id: teamId,
      steps: JSON.stringify(steps),
      created_at: clock.now(),
      updated_at: clock.now(),
    })
    .execute()
}
