import { calendars, calendarsRoutes } from '../../server/features/calendars/index.ts'
import { catalog, catalogRoutes } from '../../server/features/catalog/index.ts'
import { desk, deskRoutes } from '../../server/features/desk/index.ts'
import { identity } from '../../server/features/identity/index.ts'
import { knowledge, knowledgeRoutes } from '../../server/features/knowledge/index.ts'
import { notify } from '../../server/features/notify/index.ts'
import { oncall, oncallRoutes } from '../../server/features/oncall/index.ts'
import { sla } from '../../server/features/sla/index.ts'
import type { Actor } from '../../server/platform/access.ts'
import { systemRoutes } from '../../server/platform/system/routes.ts'
import { type TestHouse, testHouse } from './house.ts'

/** A house with everything up to the desk, and a few people who work and ask there. */
export type DeskHouse = TestHouse & { cast: Cast; as(who: keyof Cast['actors']): Http }
export type Cast = Awaited<ReturnType<typeof castOf>>
type Http = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ status: number; headers: Record<string, unknown>; body: Body }>
// biome-ignore lint/suspicious/noExplicitAny: an answer is looked at field by field.
type Body = any

/** Mon 23 Nov 2026, 07:12 in London. */
export const MONDAY = '2026-11-23T07:12:00Z'

export const deskHouse = async (given: Parameters<typeof testHouse>[1] = {}): Promise<DeskHouse> => {
  let actors: Record<string, Actor> = {}
  const house = await testHouse(
    {
      features: [identity, calendars, notify, catalog, knowledge, oncall, sla, desk],
      router: {
        desk: deskRoutes,
        catalog: catalogRoutes,
        knowledge: knowledgeRoutes,
        calendars: calendarsRoutes,
        oncall: oncallRoutes,
        system: systemRoutes,
      },
      // The bearer names the actor: sign-in is not what is tried here.
      authenticate: () => async (request) =>
        actors[request.headers.authorization?.replace('Bearer ', '') ?? ''] ?? { kind: 'nobody' },
    },
    { start: MONDAY, ...given },
  )
  const cast = await castOf(house)
  actors = cast.actors
  const as =
    (who: string): Http =>
    async (method, url, body, headers = {}) => {
      const answer = await house.http.inject({
        method,
        url: `/api${url}`,
        headers: {
          authorization: `Bearer ${who}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
      return { status: answer.statusCode, headers: answer.headers, body: answer.body === '' ? null : answer.json() }
    }
  return { ...house, cast, as }
}

const castOf = async ({ platform, clock }: TestHouse) => {
  const { db } = platform
  const at = { created_at: clock.now(), updated_at: clock.now() }
  const person = async (name: string, role: 'requester' | 'responder' | 'lead' | 'admin') => {
    const id = crypto.randomUUID()
    await db
      .insertInto('users')
      .values({ id, name, email: `${id}@example.com`, email_verified: true, role, ...at })
      .execute()
    return { id, name, role }
  }
  const priya = await person('Priya Nair', 'responder')
  const tom = await person('Tom Marsh', 'responder')
  const lena = await person('Lena Sommer', 'lead')
  const laurent = await person('M. Laurent', 'requester')
  const brandt = await person('L. Brandt', 'requester')
  const team = async (slug: string, name: string, members: { id: string }[]) => {
    const id = crypto.randomUUID()
    await db
      .insertInto('teams')
      .values({ id, slug, name, kind: 'l2', ...at })
      .execute()
    for (const m of members)
      await db.insertInto('team_members').values({ team_id: id, user_id: m.id, role: 'responder' }).execute()
    return { id, name }
  }
  const markets = await team('l2-markets', 'L2 markets', [priya])
  const dba = await team('dba', 'DBA', [tom])
  const hours = crypto.randomUUID()
  const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))
  await db
    .insertInto('calendars')
    .values({
      id: hours,
      slug: 'london',
      name: 'London desk',
      kind: 'support',
      zone: 'Europe/London',
      weekly: JSON.stringify(weekly),
      exceptions: '[]',
      ...at,
    })
    .execute()
  const service = async (
    slug: string,
    name: string,
    tier: number,
    more: { ownerTeam?: string; calendar?: string } = {},
  ) => {
    const id = crypto.randomUUID()
    await db
      .insertInto('services')
      .values({
        id,
        slug,
        name,
        kind: 'business',
        tier,
        owner_team_id: more.ownerTeam ?? null,
        calendar_id: more.calendar ?? null,
        ...at,
      })
      .execute()
    return { id, name }
  }
  const orders = await service('order-entry', 'Equities order entry', 1, { ownerTeam: markets.id, calendar: hours })
  const wiki = await service('wiki', 'Wiki', 4)
  for (const [name, people] of [
    ['EQD London', 37],
    ['EQD Paris', 4],
  ] as const) {
    const id = crypto.randomUUID()
    await db
      .insertInto('business_units')
      .values({ id, slug: name.toLowerCase().replace(' ', '-'), name, people, ...at })
      .execute()
    await db.insertInto('service_business_units').values({ service_id: orders.id, business_unit_id: id }).execute()
  }
  await db
    .insertInto('cut_offs')
    .values({ id: crypto.randomUUID(), service_id: orders.id, name: 'CREST', at_time: '07:45', zone: 'Europe/London' })
    .execute()
  const policy = crypto.randomUUID()
  const steps = [
    { delayMinutes: 0, targets: [{ kind: 'user', id: priya.id }] },
    { delayMinutes: 5, targets: [{ kind: 'user', id: tom.id }] },
  ]
  await db
    .insertInto('escalation_policies')
    .values({ id: policy, slug: 'markets', name: 'Markets', team_id: markets.id, steps: JSON.stringify(steps), ...at })
    .execute()
  const user = (p: {
    id: string
    name: string
    role: 'requester' | 'responder' | 'lead' | 'admin'
  }): Extract<Actor, { kind: 'user' }> => ({ kind: 'user', ...p, teams: [] })
  const actors = {
    priya: user(priya),
    tom: user(tom),
    lena: user(lena),
    laurent: user(laurent),
    brandt: user(brandt),
    key: { kind: 'key', id: crypto.randomUUID(), name: 'Script', scopes: ['ticket.*'] } as Actor,
  }
  return { priya, tom, lena, laurent, brandt, markets, dba, hours, orders, wiki, policy, actors }
}
