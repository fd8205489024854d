import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Role } from '../../contract/permissions.ts'
import { createUser } from '../../server/features/identity/create-user.ts'
import { authenticate, identity, identityRoutes } from '../../server/features/identity/index.ts'
import { system } from '../../server/platform/access.ts'
import { type TestHouse, testHouse } from './house.ts'

/** A house with people and nothing else. */
export const identityHouse = (given: Parameters<typeof testHouse>[1] = {}): Promise<TestHouse> =>
  testHouse({ features: [identity], router: { identity: identityRoutes }, authenticate }, given)

export const goodPassword = 'correct horse battery staple'

/** What a browser does: keeps cookies and sends them back, from one address. */
export type Browser = {
  request(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>
  signIn(email: string, password?: string): Promise<LightMyRequestResponse>
  cookies: Map<string, string>
}

export const browser = (house: TestHouse, remoteAddress = '10.1.1.1'): Browser => {
  const cookies = new Map<string, string>()
  const self: Browser = {
    cookies,
    async request(method, url, body, headers = {}) {
      const cookie = [...cookies].map(([k, v]) => `${k}=${v}`).join('; ')
      const options: InjectOptions = {
        method,
        url,
        remoteAddress,
        headers: {
          'user-agent': 'test browser',
          ...(cookie ? { cookie } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      }
      const answer = await house.http.inject(options)
      for (const c of answer.cookies) {
        if (c.maxAge === 0 || c.value === '') cookies.delete(c.name)
        else cookies.set(c.name, encodeURIComponent(c.value))
      }
      return answer
    },
    signIn: (email, password = goodPassword) => self.request('POST', '/api/auth/sign-in/email', { email, password }),
  }
  return self
}

export const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1)

/** Somebody who was invited and has set a password, signed in at a browser of their own. */
export const person = async (
  house: TestHouse,
  given: { name?: string; email?: string; role?: Role; password?: string; address?: string } = {},
): Promise<{ id: string; name: string; email: string; browser: Browser }> => {
  const { role = 'responder', name = `A ${role}`, email = `${role}@example.com`, password = goodPassword } = given
  const invited = await house.execute(createUser, system, { name, email, role })
  const theirs = browser(house, given.address)
  const answer = await theirs.request('POST', '/api/welcome', { token: tokenOf(invited.invitation.link), password })
  if (answer.statusCode !== 200) throw new Error(`The invitation of ${name} was refused: ${answer.body}`)
  return { id: invited.id, name, email, browser: theirs }
}

/** Who did it, of each event of a type: 'user Priya N.'. */
export const doers = async (house: TestHouse, type: string): Promise<string[]> => {
  const rows = await house.platform.db
    .selectFrom('events')
    .select(['actor_kind', 'actor_id', 'actor_name', 'subject'])
    .where('type', '=', type)
    .orderBy('at')
    .orderBy('seq')
    .execute()
  return rows.map((r) => `${r.actor_kind} ${r.actor_name}${r.subject === `user:${r.actor_id}` ? ', themselves' : ''}`)
}

/** The log of a house as `type: sentence`, oldest first. */
export const log = async (house: TestHouse, type?: string): Promise<string[]> => {
  const rows = await house.platform.db
    .selectFrom('events')
    .select(['type', 'data', 'actor_name'])
    .orderBy('at')
    .orderBy('seq')
    .execute()
  return rows
    .filter((r) => !type || r.type === type)
    .map((r) => {
      const known = house.platform.registry.events.get(r.type)
      return `${r.type}: ${known ? known.say(known.data.parse(r.data), r.actor_name) : '?'}`
    })
}
