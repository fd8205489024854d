import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'
import { type AnyRouter, isProcedure } from '@orpc/server'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../contract/index.ts'
import { type Permission, permissions, type Role, roles } from '../contract/permissions.ts'
import { plan } from '../server/app.ts'
import { newSecret } from '../server/features/identity/key-secret.ts'
import { workOf } from '../server/platform/http/request.ts'
import { newId } from '../server/platform/ids.ts'
import { type TestHouse, testHouse } from './harness/house.ts'
import { browser, person } from './harness/identity.ts'

/** Every route of the contract, as every role, as nobody and as keys, over HTTP, against the table of permissions. */

/**
 * Routes of the contract with a handler of their own, and why. Where one runs a verb after all, its permission stands
 * here and is tried like the others, with a body that the contract accepts; null: the table has no part in it.
 */
const ownHandlers: Record<string, { why: string; permission: Permission | null; body?: unknown }> = {
  'monitors.look': {
    why: 'looks at the target between a query and a verb: no transaction waits for the network',
    permission: 'monitor.write',
  },
  'monitors.try': {
    why: 'looks at a target and writes nothing',
    permission: 'monitor.write',
    body: { kind: 'tcp', config: {} },
  },
  'schedulers.test': {
    why: 'asks a scheduler and writes nothing',
    permission: 'scheduler.write',
    body: { kind: 'airflow', config: {} },
  },
  'notify.verify': {
    why: 'a wrong code is counted by the verb, whose transaction must commit, and told afterwards',
    permission: 'contact.write',
    body: { code: '000000' },
  },
  'oncall.pass': { why: 'the verb of acknowledging, with the other answer', permission: 'page.respond' },
  'oncall.pageByLink': { why: 'asks for the token of a signed link, which names what may be read', permission: null },
  'oncall.answerByLink': {
    why: 'asks for the token of a signed link, which names the one verb it may run',
    permission: null,
  },
  'requests.approvals.byLink': { why: 'as the link of a page', permission: null },
  'requests.approvals.decideByLink': { why: 'as the link of a page', permission: null },
}

/** As healthchecks has it, by any method. */
const pings = Object.fromEntries(
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].flatMap((method) => [
    [`${method} /ping/:first`, 'asks for the id of a job, which grants pinging it alone'],
    [`${method} /ping/:first/`, 'the same'],
    [`${method} /ping/:first/:second`, 'the same, or for the ping key of a team, which grants pinging its jobs alone'],
    [`${method} /ping/:first/:second/:third`, 'the same'],
  ]),
)

/** Routes beside the contract. Each says here who may use it instead of the table. */
const besideTheContract: Record<string, string> = {
  'POST /api/auth/sign-in/email': 'asks for the password',
  'GET /api/auth/ways': 'says what the page of signing in offers',
  'POST /api/auth/sign-in/passkey/options': 'gives a challenge, of anybody’s use',
  'POST /api/auth/sign-in/passkey': 'asks for what a passkey signed',
  'GET /api/auth/sign-in/provider': 'leads to the company’s sign-in',
  'GET /api/auth/sign-in/provider/callback': 'asks for what the company’s sign-in says: see identity/provider',
  'POST /api/auth/forgotten': 'mails a link to the owner of the address: see identity/forgotten.test.ts',
  'POST /api/auth/sign-out': 'ends the session of the cookie that is sent, if there is one',
  'GET /api/welcome/:token': 'asks for a one-time token',
  'POST /api/welcome': 'asks for a one-time token',
  'POST /intake/:kind': 'asks for the key of a source, which grants intake alone',
  'POST /intake/:kind/:key': 'the same, for tools that send no headers',
  'POST /intake/alertmanager': 'the same, for groups that come whole however large they are',
  'POST /intake/alertmanager/:key': 'the same, for tools that send no headers',
  'GET /api/backup': 'asks for the permission backup.read: see platform/backup/backup.test.ts',
  'POST /api/attachments': 'runs verbs of the permission ticket.reply: see attachments.test.ts of the desk',
  'GET /api/attachments/:id': 'runs a query of the permission ticket.read: see attachments.test.ts of the desk',
  'GET /api/attachments/:id/preview': 'the same',
  'POST /v2/enqueue': 'asks for the key of a source in the body, which grants intake alone',
  'POST /v2/change/enqueue': 'the same, for changes',
  'GET /api/jobs/:id/runs/:runId/output': 'runs a query of the permission job.read: see jobs/outputs/outputs.test.ts',
  'GET /api/deadlines.csv': 'asks for the permission chain.read: see chains/feeds.test.ts',
  'GET /api/deadlines.ics': 'the same',
  'GET /feeds/deadlines/:file': 'asks for the secret address of a calendar, which shows deadlines and no more',
  'GET /b/:states/:file': 'asks for the secret address of a badge, which shows up or down and no more',
  'GET /badge/:key/:file': 'the same',
  'GET /badge/:key/:signed/:file': 'the same',
  'GET /projects/:team/metrics/:key': 'asks for the read-only key of the team',
  ...pings,
  'GET /api/push/:token': 'asks for the id of a job as token, which grants pinging it alone',
  'POST /api/push/:token': 'the same',
  'PUT /api/push/:token': 'the same',
  'GET /snitch/:token': 'the same',
  'POST /snitch/:token': 'the same',
  'PUT /snitch/:token': 'the same',
  'GET /p/:key/:slug': 'asks for the ping key of a team, which grants pinging its jobs and making them',
  'POST /p/:key/:slug': 'the same',
  'GET /p/:key/:slug/:state': 'the same',
  'POST /p/:key/:slug/:state': 'the same',
  'GET /api/:project(^\\d+$)/envelope/':
    'asks for the ping key of a team, which grants pinging its jobs and making them, or setting their schedule',
  'POST /api/:project(^\\d+$)/envelope/': 'the same',
  'GET /api/:project(^\\d+$)/cron/:slug/': 'the same',
  'POST /api/:project(^\\d+$)/cron/:slug/': 'the same',
  'GET /api/:project(^\\d+$)/cron/:slug/:key': 'the same',
  'POST /api/:project(^\\d+$)/cron/:slug/:key': 'the same',
  'GET /api/:project(^\\d+$)/cron/:slug/:key/': 'the same',
  'POST /api/:project(^\\d+$)/cron/:slug/:key/': 'the same',
  'POST /api/v1/endpoints/:key/external': 'asks for the ping key of a team, which grants pinging its jobs alone',
  'POST /autosys': 'the same',
  'POST /nrdp': 'the same',
  'POST /nrdp/': 'the same',
  'POST /v1/traces': 'the same',
}

/**
 * Whole APIs of others. That of healthchecks asks for a key of a team or of Watchfloor, runs verbs of the permission of
 * jobs, and for reading looks at the jobs of that team alone: see jobs/healthchecks/api.test.ts.
 */
const otherApis = ['/api/v1/', '/api/v2/', '/api/v3/']

type Work = { kind: 'verb' | 'query'; permission: Permission | 'system' }
type Case = { name: string; method: string; path: string; work: Work | undefined }

const walk = (node: AnyContractRouter, router: AnyRouter | undefined, name: string[]): Case[] => {
  if (!isContractProcedure(node))
    return Object.entries(node).flatMap(([key, child]) =>
      walk(child, (router as Record<string, AnyRouter> | undefined)?.[key], [...name, key]),
    )
  const { method, path } = node['~orpc'].route
  const handler = isProcedure(router) ? router['~orpc'].handler : undefined
  return [{ name: name.join('.'), method: method ?? 'POST', path: path ?? '', work: handler && workOf(handler) }]
}

const cases = walk(contract, plan.router, [])
const permitted = cases.flatMap((c) => {
  const own = ownHandlers[c.name]
  const permission = c.work?.permission ?? own?.permission
  return permission ? [{ ...c, permission, body: own?.body ?? {} }] : []
})

/** Who asks: what the table gives them, and how they prove who they are. */
type Asker = {
  who: string
  may(permission: Permission): boolean
  ask(method: string, url: string, body: unknown): Promise<{ statusCode: number; body: string }>
}

let house: TestHouse
let askers: Asker[]
beforeAll(async () => {
  house = await testHouse(plan)
  askers = [...(await people()), ...(await peopleOfATeam()), ...(await keys())]
})
afterAll(() => house.close())

const gives = (permission: Permission, role: Role) => role in permissions[permission]

const asker = (
  who: string,
  may: Asker['may'],
  given: { browser?: ReturnType<typeof browser>; secret?: string },
): Asker => ({
  who,
  may,
  ask: (method, url, body) =>
    (given.browser ?? browser(house)).request(
      method as 'POST',
      url,
      method === 'GET' ? undefined : body,
      given.secret ? { authorization: `Bearer ${given.secret}` } : {},
    ),
})

const people = async () => {
  const found = [asker('nobody', () => false, {})]
  for (const role of roles) {
    const theirs = await person(house, { role, email: `${role}@example.com` })
    found.push(asker(role, (p) => gives(p, role), { browser: theirs.browser }))
  }
  return found
}

/** A role in a team adds to the role in the house. */
const peopleOfATeam = async () => {
  const found: Asker[] = []
  const { db } = house.platform
  const team = newId()
  const at = house.clock.now()
  await db
    .insertInto('teams')
    .values({ id: team, slug: 'matrix', name: 'Matrix', kind: 'l2', created_at: at, updated_at: at })
    .execute()
  for (const role of ['responder', 'lead'] as const) {
    const theirs = await person(house, { role: 'requester', email: `requester-${role}@example.com` })
    await db.insertInto('team_members').values({ team_id: team, user_id: theirs.id, role }).execute()
    const who = `requester who is ${role} of a team`
    found.push(asker(who, (p) => gives(p, 'requester') || gives(p, role), { browser: theirs.browser }))
  }
  return found
}

const keys = async () => {
  const make = async (scopes: string[]) => {
    const id = newId()
    const { secret, hash, hint } = newSecret()
    const at = house.clock.now()
    await house.platform.db.insertInto('api_keys').values({ id, name: 'matrix', scopes, created_at: at }).execute()
    await house.platform.db
      .insertInto('api_key_secrets')
      .values({ id: newId(), key_id: id, hash, hint, created_at: at })
      .execute()
    return secret
  }
  const half = Object.keys(permissions).filter((_, i) => i % 2 === 0)
  return [
    asker('key without scopes', () => false, { secret: await make([]) }),
    asker('key with some scopes', (p) => half.includes(p), { secret: await make(half) }),
    asker('key with all scopes', () => true, { secret: await make(['*']) }),
  ]
}

const refusalOf = (answer: { statusCode: number; body: string }, permission: Permission): boolean => {
  if (answer.statusCode === 401) return true
  const { detail } = answer.statusCode === 403 ? (JSON.parse(answer.body) as { detail: string }) : { detail: '' }
  return detail.includes(`(${permission})`) || detail.includes(`lacks the scope ${permission}.`)
}

describe('each route of the contract', () => {
  it('has a verb or a query behind it, or stands on the short list with a reason', () => {
    const without = cases.filter((c) => !c.work).map((c) => c.name)
    expect(without.sort()).toEqual(Object.keys(ownHandlers).sort())
    expect(cases.length).toBeGreaterThan(30)
  })

  it('has a permission of the table: what only Watchfloor does is reached by no route', () => {
    expect(permitted.filter((c) => c.permission === 'system').map((c) => c.name)).toEqual([])
  })

  it('that writes is not a GET, which other sites can make a browser send, and asks for more than reading', () => {
    const writes = permitted.filter((c) => c.work?.kind === 'verb')
    expect(writes.filter((c) => c.method === 'GET' || c.permission.endsWith('.read')).map((c) => c.name)).toEqual([])
    expect(writes.length).toBeGreaterThan(20)
  })

  it.each(permitted)('$method $path ($permission)', async ({ method, path, permission, body }) => {
    if (permission === 'system') return
    const wrong: string[] = []
    for (const { who, may, ask } of askers) {
      const answer = await ask(method, `/api${path.replace(/\{[^}]+\}/g, newId())}`, body)
      const refused = refusalOf(answer, permission)
      if (may(permission) === refused)
        wrong.push(
          `${who}: ${refused ? 'refused, but the table allows it' : `answered ${answer.statusCode}, but the table does not allow it`}`,
        )
      if (answer.statusCode >= 500) wrong.push(`${who}: ${answer.statusCode} ${answer.body}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('each route beside the contract', () => {
  it('stands on the short list with a reason', async () => {
    const app = Fastify()
    const found: string[] = []
    app.addHook('onRoute', ({ method, url }) => {
      for (const m of [method].flat()) if (m !== 'HEAD') found.push(`${m} ${url}`)
    })
    for (const feature of plan.features) {
      await feature.intake?.(app, house.platform)
      await feature.mount?.(app, house.platform, plan.authenticate(house.platform))
    }
    const isDialect = (route: string) => otherApis.some((prefix) => route.replace(/^\w+ /, '').startsWith(prefix))
    expect(found.filter((route) => !(route in besideTheContract) && !isDialect(route))).toEqual([])
  })
})
