import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../test/harness/house.ts'
import { identityHouse, log, person } from '../../../test/harness/identity.ts'
import type { Actor } from '../../platform/access.ts'
import { newId } from '../../platform/ids.ts'
import { rotateKey } from './rotate-key.ts'

let house: TestHouse
let admin: Awaited<ReturnType<typeof person>>
const adminKey = 'env_key_0123456789_ABCDEFGHIJKLM'
beforeAll(async () => {
  house = await identityHouse({ env: { ADMIN_API_KEY: adminKey } })
  admin = await person(house, { role: 'admin', name: 'Priya N.' })
})
afterAll(() => house.close())

const make = async (scopes: string[], more: Record<string, unknown> = {}) => {
  const answer = await admin.browser.request('POST', '/api/keys', { name: `For ${scopes.join()}`, scopes, ...more })
  expect(answer.statusCode).toBe(201)
  return answer.json() as {
    id: string
    secret: string
    secrets: { id: string; hint: string; state: string }[]
    scopes: string[]
  }
}
const withKey = (
  secret: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: Record<string, unknown>,
) => house.http.inject({ method, url, headers: { authorization: `Bearer ${secret}` }, ...(payload ? { payload } : {}) })
const status = async (secret: string, url = '/api/users') => (await withKey(secret, 'GET', url)).statusCode

describe('a key', () => {
  it('is shown once, is kept as a hash with a hint, and does what its scopes say', async () => {
    const key = await make(['people.read'], { name: 'Directory sync' })
    expect(key.secret).toMatch(/^wf_[\w-]{43}$/)
    expect(key.secrets).toMatchObject([{ hint: key.secret.slice(-4), state: 'valid', lastUsedAt: null }])
    expect(await status(key.secret)).toBe(200)
    const refused = await withKey(key.secret, 'GET', '/api/keys')
    expect([refused.statusCode, refused.json().detail]).toEqual([
      403,
      'This key lacks the scope key.read. Ask an administrator for a key that has it.',
    ])
    expect((await withKey(key.secret, 'GET', '/api/me')).statusCode).toBe(403)
    const read = (await admin.browser.request('GET', `/api/keys/${key.id}`)).json()
    expect(read).toMatchObject({
      name: 'Directory sync',
      createdBy: { id: admin.id, name: 'Priya N.' },
      createdAt: '2026-11-23T07:00:00Z',
      lastUsedAt: '2026-11-23T07:00:00Z',
    })
    expect(read.secret).toBeUndefined()
    const { db } = house.platform
    const kept = JSON.stringify([
      await db.selectFrom('api_key_secrets').selectAll().execute(),
      await db.selectFrom('events').selectAll().execute(),
    ])
    expect(kept).not.toContain(key.secret)
    expect((await log(house, 'key.created')).at(-1)).toBe(
      'key.created: Priya N. made the key Directory sync (people.read).',
    )
  })

  it.each([
    [['people.*'], 200, 403],
    [['*'], 200, 200],
    [['team.read', 'key.*'], 403, 200],
  ])('with %j may read people: %i, keys: %i', async (scopes, people, keys) => {
    const { secret } = await make(scopes)
    expect([await status(secret), await status(secret, '/api/keys')]).toEqual([people, keys])
  })

  it.each([
    [['everything']],
    [['people']],
    [['people.']],
    [['*.read']],
    [['nothing.*']],
    [['.*']],
    [['constructor']],
    [[]],
  ])('cannot be made with the scopes %j', async (scopes) => {
    const answer = await admin.browser.request('POST', '/api/keys', { name: 'Bad', scopes })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().fields[0].field).toMatch(/^scopes/)
  })

  it.each([
    '',
    'wf_',
    'wf_short',
    `wf_${'A'.repeat(43)}`,
    `${adminKey.slice(0, -1)}x`,
    adminKey.slice(1),
    'ü'.repeat(32),
  ])('is not %j', async (secret) => {
    const answer = await house.http.inject({
      method: 'GET',
      url: '/api/users',
      headers: { authorization: `Bearer ${encodeURI(secret)}` },
    })
    expect(answer.statusCode).toBe(401)
  })

  it('of the configuration has all scopes, and stands in the log by its name', async () => {
    expect(await status(adminKey)).toBe(200)
    const made = await withKey(adminKey, 'POST', '/api/users', {
      name: 'By key',
      email: 'bykey@example.com',
      role: 'admin',
    })
    expect(made.statusCode).toBe(201)
    expect((await log(house, 'user.invited')).at(-1)).toBe(
      'user.invited: ADMIN_API_KEY invited By key (bykey@example.com) as admin.',
    )
  })

  it('counts before a cookie, and a header of another kind does not hide the cookie', async () => {
    const { secret } = await make(['team.read'])
    expect(
      (await admin.browser.request('GET', '/api/users', undefined, { authorization: `Bearer ${secret}` })).statusCode,
    ).toBe(403)
    expect(
      (await admin.browser.request('GET', '/api/users', undefined, { authorization: 'Basic abc' })).statusCode,
    ).toBe(200)
  })
})

describe('a key that gives away', () => {
  it('gives no more than it holds', async () => {
    const { secret, id } = await make(['key.write', 'key.read', 'people.*'])
    const all = await make(['*'])
    expect((await withKey(secret, 'POST', '/api/keys', { name: 'More', scopes: ['*'] })).statusCode).toBe(403)
    expect(
      (await withKey(secret, 'POST', '/api/keys', { name: 'More', scopes: ['ticket.read'] })).json().detail,
    ).toContain('ticket.read')
    expect((await withKey(secret, 'POST', `/api/keys/${all.id}/secrets`, {})).statusCode).toBe(403)
    expect(
      (await withKey(secret, 'POST', '/api/users', { name: 'Eve', email: 'eve@example.com', role: 'admin' }))
        .statusCode,
    ).toBe(403)
    expect((await withKey(secret, 'POST', `/api/users/${admin.id}/sign-in-link`, {})).statusCode).toBe(403)
    expect(
      (await withKey(secret, 'POST', '/api/keys', { name: 'Less', scopes: ['people.read', 'key.read'] })).statusCode,
    ).toBe(201)
    expect((await withKey(secret, 'POST', `/api/keys/${id}/secrets`, {})).statusCode).toBe(201)
    const eve = (await withKey(secret, 'POST', '/api/users', { name: 'Eve', email: 'eve@example.com' })).json()
    expect((await withKey(secret, 'PATCH', `/api/users/${eve.id}`, { role: 'admin' })).statusCode).toBe(403)
  })
})

describe('rotation', () => {
  it('makes a second secret that is valid beside the first, and not a third', async () => {
    const key = await make(['people.read'])
    const second = (await admin.browser.request('POST', `/api/keys/${key.id}/secrets`, {})).json()
    expect([await status(key.secret), await status(second.secret)]).toEqual([200, 200])
    const third = await admin.browser.request('POST', `/api/keys/${key.id}/secrets`, {})
    expect([third.statusCode, third.json().detail]).toEqual([
      409,
      'This key has two valid secrets already. Revoke the older one first.',
    ])
    const old = key.secrets[0]?.id
    const after = (await admin.browser.request('DELETE', `/api/keys/${key.id}/secrets/${old}`)).json()
    expect(after.secrets.map((s: { state: string }) => s.state).sort()).toEqual(['revoked', 'valid'])
    expect([await status(key.secret), await status(second.secret)]).toEqual([401, 200])
    expect((await admin.browser.request('POST', `/api/keys/${key.id}/secrets`, {})).statusCode).toBe(201)
    expect((await admin.browser.request('DELETE', `/api/keys/${key.id}/secrets/${newId()}`)).statusCode).toBe(404)
    const other = await make(['people.read'])
    expect(
      (await admin.browser.request('DELETE', `/api/keys/${key.id}/secrets/${other.secrets[0]?.id}`)).statusCode,
    ).toBe(404)
    expect(await status(other.secret)).toBe(200)
  })

  it('by many at once leaves two secrets', async () => {
    const key = await make(['people.read'])
    const me: Actor = { kind: 'user', id: admin.id, name: admin.name, role: 'admin', teams: [] }
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => house.execute(rotateKey, me, { id: key.id })),
    )
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
    expect((await admin.browser.request('GET', `/api/keys/${key.id}`)).json().secrets).toHaveLength(2)
  })

  it('ends by revoking the key: nothing of it is valid any more, for good', async () => {
    const key = await make(['people.read'])
    const second = (await admin.browser.request('POST', `/api/keys/${key.id}/secrets`, {})).json()
    const revoked = await admin.browser.request('DELETE', `/api/keys/${key.id}`)
    expect(revoked.json()).toMatchObject({
      revokedAt: '2026-11-23T07:00:00Z',
      secrets: [{ state: 'revoked' }, { state: 'revoked' }],
    })
    expect((await admin.browser.request('DELETE', `/api/keys/${key.id}`)).json()).toEqual(revoked.json())
    expect([await status(key.secret), await status(second.secret)]).toEqual([401, 401])
    expect((await admin.browser.request('POST', `/api/keys/${key.id}/secrets`, {})).json().detail).toBe(
      'This key was revoked. Make a new key.',
    )
    const listed = async (state: string) =>
      (await admin.browser.request('GET', `/api/keys?limit=200&state=${state}`))
        .json()
        .items.map((k: { id: string }) => k.id)
    expect([
      (await listed('valid')).includes(key.id),
      (await listed('revoked')).includes(key.id),
      (await listed('all')).includes(key.id),
    ]).toEqual([false, true, true])
  })
})

describe('over time', () => {
  it('a secret ends when it was said to, and its last use is written at most once a minute', async () => {
    const inHalfAnHour = house.clock.now().add({ minutes: 30 }).toString()
    expect(
      (
        await admin.browser.request('POST', '/api/keys', {
          name: 'Past',
          scopes: ['*'],
          expiresAt: house.clock.now().toString(),
        })
      ).json().fields[0],
    ).toEqual({ field: 'expiresAt', problem: 'must be in the future; choose a later time' })
    const key = await make(['people.read'], { expiresAt: inHalfAnHour })
    const used = async () => (await admin.browser.request('GET', `/api/keys/${key.id}`)).json().lastUsedAt
    const start = house.clock.now()
    await status(key.secret)
    house.clock.set(start.add({ seconds: 59 }))
    await status(key.secret)
    expect(await used()).toBe(start.toString())
    house.clock.set(start.add({ seconds: 60 }))
    await status(key.secret)
    expect(await used()).toBe(start.add({ seconds: 60 }).toString())
    house.clock.set(start.add({ minutes: 30 }))
    expect(await status(key.secret)).toBe(401)
    expect((await admin.browser.request('GET', `/api/keys/${key.id}`)).json().secrets[0].state).toBe('expired')
    // An expired secret does not stand in the way of a new one.
    for (const expected of [201, 201, 409])
      expect((await admin.browser.request('POST', `/api/keys/${key.id}/secrets`, {})).statusCode).toBe(expected)
  })
})
