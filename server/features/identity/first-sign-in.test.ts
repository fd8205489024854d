import { afterEach, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../test/harness/house.ts'
import { browser, doers, goodPassword, identityHouse, log, person, tokenOf } from '../../../test/harness/identity.ts'
import { system } from '../../platform/access.ts'
import { ConfigError } from '../../platform/config.ts'
import { createUser } from './create-user.ts'
import { prepareFirstSignIn } from './first-sign-in.ts'

let house: TestHouse
afterEach(() => house.close())

const linkIn = (lines: string[]) => tokenOf(/http\S+/.exec(lines.join('\n'))?.[0] ?? '')
const become = (token: string, more: Record<string, unknown> = {}) =>
  browser(house).request('POST', '/api/welcome', {
    token,
    name: 'Priya N.',
    email: 'Priya@Example.com',
    password: goodPassword,
    ...more,
  })
const stateOf = async (token: string) => (await browser(house).request('GET', `/api/welcome/${token}`)).json()

describe('the first sign-in', () => {
  it('is by a link that is printed at each start, works once, and makes an administrator who is signed in', async () => {
    house = await identityHouse()
    const lines = await prepareFirstSignIn(house.platform)
    expect(lines.join('\n')).toMatch(/http:\/\/localhost:9282\/welcome\/[0-9a-f]{32}\.[\w-]{43}$/)
    const token = linkIn(lines)
    const second = linkIn(await prepareFirstSignIn(house.platform))
    expect(second).not.toBe(token)
    expect(await stateOf(token)).toEqual({ state: 'good', purpose: 'first_admin', name: null, email: null })

    const b = browser(house)
    const answer = await b.request('POST', '/api/welcome', {
      token,
      name: 'Priya N.',
      email: 'Priya@Example.com',
      password: goodPassword,
      zone: 'Asia/Kolkata',
    })
    expect(answer.statusCode).toBe(200)
    expect((await b.request('GET', '/api/me')).json()).toMatchObject({
      name: 'Priya N.',
      email: 'priya@example.com',
      role: 'admin',
      zone: 'Asia/Kolkata',
    })

    expect((await become(token, { email: 'eve@example.com' })).statusCode).toBe(409)
    expect(await stateOf(token)).toMatchObject({ state: 'used' })
    const late = await become(second, { email: 'eve@example.com' })
    expect([late.statusCode, late.json().detail]).toEqual([
      409,
      'Watchfloor has an administrator already. Ask for an invitation.',
    ])
    expect(await stateOf(second)).toMatchObject({ state: 'used' })
    expect(await prepareFirstSignIn(house.platform)).toEqual(['Sign in at http://localhost:9282'])
    expect(await log(house, 'user.welcomed')).toEqual(['user.welcomed: Priya N. became the first administrator.'])
    expect(await doers(house, 'user.welcomed')).toEqual(['user Priya N., themselves'])
  })

  it('makes one administrator when two links are used at the same moment', async () => {
    house = await identityHouse()
    const tokens = [linkIn(await prepareFirstSignIn(house.platform)), linkIn(await prepareFirstSignIn(house.platform))]
    const codes = (await Promise.all(tokens.map((t, i) => become(t, { email: `p${i}@example.com` })))).map(
      (a) => a.statusCode,
    )
    expect(codes.sort()).toEqual([200, 409])
    expect(await house.platform.db.selectFrom('users').select('id').where('role', '=', 'admin').execute()).toHaveLength(
      1,
    )
  })

  it('refuses links that are expired, forged or cut, and keeps a link whose use failed', async () => {
    house = await identityHouse()
    const token = linkIn(await prepareFirstSignIn(house.platform))
    const [id = '', signature = ''] = token.split('.')
    const forged = [
      `${id}.${signature.slice(0, -1)}`,
      `${'0'.repeat(32)}.${signature}`,
      `${id}.${'A'.repeat(43)}`,
      id,
      'x',
      `${token}x`,
    ]
    for (const f of forged) {
      expect((await become(f)).statusCode, f).toBe(404)
      expect(await stateOf(f)).toMatchObject({ state: 'unknown' })
    }
    for (const bad of [
      { password: 'short' },
      { password: 'priya@example.com' },
      { password: 'aaaaaaaaaaaaaaa' },
      { email: 'no address' },
      { email: undefined },
      { name: undefined },
      { name: '' },
    ]) {
      const answer = await become(token, bad)
      expect([answer.statusCode, answer.json().fields[0].field]).toEqual([422, Object.keys(bad)[0]])
    }
    expect(await stateOf(token)).toMatchObject({ state: 'good' })
    house.clock.set(house.clock.now().add({ hours: 24 }))
    expect(await stateOf(token)).toMatchObject({ state: 'expired' })
    const late = await become(token)
    expect([late.statusCode, late.json().detail]).toEqual([
      409,
      'This link has expired. Start Watchfloor again: it prints a new one.',
    ])
    expect(await house.platform.db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  it('is by the environment where that names an administrator, which a later start does not reset', async () => {
    house = await identityHouse({ env: { ADMIN_EMAIL: 'Ops@Example.com', ADMIN_PASSWORD: 'first password of ops' } })
    expect(await prepareFirstSignIn(house.platform)).toEqual([
      'Sign in at http://localhost:9282 as Ops@Example.com, with the password in ADMIN_PASSWORD',
    ])
    const ops = browser(house)
    expect((await ops.signIn('ops@example.com', 'first password of ops')).statusCode).toBe(200)
    await ops.request('POST', '/api/me/password', { current: 'first password of ops', password: goodPassword })
    expect(await prepareFirstSignIn(house.platform)).toEqual(['Sign in at http://localhost:9282'])
    expect((await browser(house).signIn('ops@example.com', 'first password of ops')).statusCode).toBe(401)
    expect((await browser(house).signIn('ops@example.com')).statusCode).toBe(200)
  })

  it('makes one administrator of the environment when processes start together', async () => {
    house = await identityHouse({ env: { ADMIN_EMAIL: 'ops@example.com', ADMIN_PASSWORD: goodPassword } })
    await Promise.all([1, 2, 3].map(() => prepareFirstSignIn(house.platform)))
    expect(await log(house, 'user.welcomed')).toHaveLength(1)
  })

  it('refuses an ADMIN_PASSWORD that is the mail address', async () => {
    house = await identityHouse({
      env: { ADMIN_EMAIL: 'ops-team@example.com', ADMIN_PASSWORD: 'ops-team@example.com' },
    })
    await expect(prepareFirstSignIn(house.platform)).rejects.toThrow(
      new ConfigError('ADMIN_PASSWORD must not be the mail address; take something that nobody can look up.'),
    )
  })

  it('counts no administrator who was only invited', async () => {
    house = await identityHouse()
    await house.execute(createUser, system, { name: 'Later', email: 'later@example.com', role: 'admin' })
    const token = linkIn(await prepareFirstSignIn(house.platform))
    expect((await become(token, { email: 'later@example.com', name: 'Later' })).statusCode).toBe(200)
    expect(await house.platform.db.selectFrom('users').select('id').execute()).toHaveLength(1)
  })

  it('writes no token and no password anywhere', async () => {
    house = await identityHouse()
    const token = linkIn(await prepareFirstSignIn(house.platform))
    await become(token)
    await person(house, { password: 'a password that must not leak' })
    const { db } = house.platform
    const everything = JSON.stringify([
      await db.selectFrom('events').selectAll().execute(),
      await db.selectFrom('invitations').selectAll().execute(),
      await db.selectFrom('accounts').selectAll().execute(),
      await db.selectFrom('due').selectAll().execute(),
      await db.selectFrom('idempotency_keys').selectAll().execute(),
    ])
    expect(everything).not.toContain(token.split('.')[1])
    expect(everything).not.toContain(goodPassword)
    expect(everything).not.toContain('must not leak')
  })
})
