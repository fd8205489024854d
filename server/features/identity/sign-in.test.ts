import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../test/harness/house.ts'
import { browser, goodPassword, identityHouse, log, person } from '../../../test/harness/identity.ts'
import { system } from '../../platform/access.ts'
import { disableUser } from './disable-user.ts'
import { enableUser } from './enable-user.ts'

let house: TestHouse
let aiko: Awaited<ReturnType<typeof person>>
beforeAll(async () => {
  house = await identityHouse()
  await person(house, { role: 'admin' })
  aiko = await person(house, { name: 'Aiko T.', email: 'aiko@example.com' })
})
afterAll(() => house.close())

const whoAmI = async (b: ReturnType<typeof browser>) => (await b.request('GET', '/api/me')).statusCode

describe('signing in by password', () => {
  it('gives a session cookie that scripts cannot read, and the session is the person', async () => {
    const b = browser(house)
    const answer = await b.signIn('Aiko@Example.com ')
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ ok: true })
    const cookie = answer.cookies.find((c) => c.name === 'watchfloor.session_token')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(cookie?.secure).toBeUndefined()
    expect((await b.request('GET', '/api/me')).json()).toMatchObject({
      id: aiko.id,
      name: 'Aiko T.',
      role: 'responder',
    })
    expect(await log(house, 'session.started')).toContain('session.started: Aiko T. signed in from 10.1.1.1.')
  })

  it('stores Argon2id', async () => {
    const { password } = await house.platform.db
      .selectFrom('accounts')
      .select('password')
      .where('user_id', '=', aiko.id)
      .executeTakeFirstOrThrow()
    expect(password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  it('says the same of a wrong password and of an address that nobody has', async () => {
    const wrong = await browser(house).signIn('aiko@example.com', 'not this one at all')
    const unknown = await browser(house).signIn('ghost@example.com')
    expect(wrong.statusCode).toBe(401)
    expect({ ...unknown.json(), requestId: '' }).toEqual({ ...wrong.json(), requestId: '' })
    expect(wrong.json().detail).toBe('The mail address or the password is not right.')
    expect(wrong.cookies).toEqual([])
    expect(await log(house, 'session.failed')).toEqual([
      'session.failed: A sign-in as Aiko T. from 10.1.1.1 failed: the password was wrong.',
    ])
  })

  it.each([
    [{ email: 'aiko@example.com' }, 'password'],
    [{ email: 'not an address', password: 'x' }, 'email'],
    [{ email: 'aiko@example.com', password: 'x'.repeat(2_000) }, 'password'],
    [{ email: { $gt: '' }, password: 'x' }, 'email'],
  ])('names the field that is wrong in %j', async (body, field) => {
    const answer = await browser(house).request('POST', '/api/auth/sign-in/email', body)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().fields[0].field).toBe(field)
  })

  it('lets no stranger sign up, and reaches nothing else of better-auth', async () => {
    const b = browser(house)
    for (const [method, path] of [
      ['POST', 'sign-up/email'],
      ['GET', 'get-session'],
      ['POST', 'delete-user'],
      ['POST', 'change-email'],
      ['POST', 'request-password-reset'],
    ] as const) {
      expect(
        (
          await b.request(
            method,
            `/api/auth/${path}`,
            method === 'POST' ? { email: 'a@example.com', password: goodPassword, name: 'A' } : undefined,
          )
        ).statusCode,
      ).toBe(404)
    }
  })

  it('believes no cookie with another signature', async () => {
    const b = browser(house)
    await b.signIn('aiko@example.com')
    const good = decodeURIComponent(b.cookies.get('watchfloor.session_token') ?? '')
    const token = good.slice(0, good.lastIndexOf('.'))
    for (const forged of [
      token,
      `${token}.`,
      `${token}.${'A'.repeat(43)}=`,
      `${good.slice(1)}`,
      `x.${good}`,
      '.',
      '',
    ]) {
      b.cookies.set('watchfloor.session_token', encodeURIComponent(forged))
      expect(await whoAmI(b), forged).toBe(401)
    }
    b.cookies.set('watchfloor.session_token', encodeURIComponent(good))
    expect(await whoAmI(b)).toBe(200)
  })

  it('does not put an address that the client claims into the session', async () => {
    await browser(house, '10.9.9.9').request(
      'POST',
      '/api/auth/sign-in/email',
      { email: 'aiko@example.com', password: goodPassword },
      { 'x-forwarded-for': '1.2.3.4', 'x-watchfloor-address': '1.2.3.4' },
    )
    expect((await log(house, 'session.started')).at(-1)).toBe('session.started: Aiko T. signed in from 10.9.9.9.')
  })

  it('marks the cookie Secure where people use https', async () => {
    const https = await identityHouse({ env: { BASE_URL: 'https://watch.example.com' } })
    try {
      const someone = await person(https)
      const answer = await browser(https).request(
        'POST',
        '/api/auth/sign-in/email',
        { email: someone.email, password: goodPassword },
        { origin: 'https://watch.example.com' },
      )
      expect(answer.cookies.find((c) => c.name === '__Secure-watchfloor.session_token')).toMatchObject({
        secure: true,
        httpOnly: true,
      })
      expect((await someone.browser.request('GET', '/api/me')).statusCode).toBe(200)
    } finally {
      await https.close()
    }
  })
})

describe('a page of another site', () => {
  it('can neither sign in nor write with somebody else’s cookie', async () => {
    const b = browser(house)
    const evil = { origin: 'https://evil.example' }
    expect(
      (await b.request('POST', '/api/auth/sign-in/email', { email: 'aiko@example.com', password: goodPassword }, evil))
        .statusCode,
    ).toBe(403)
    await b.signIn('aiko@example.com')
    expect((await b.request('PATCH', '/api/me', { name: 'Evil' }, evil)).statusCode).toBe(403)
    expect((await b.request('PATCH', '/api/me', { name: 'Evil' }, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(
      403,
    )
    expect((await b.request('POST', '/api/auth/sign-out', {}, evil)).statusCode).toBe(403)
    expect(
      (await b.request('PATCH', '/api/me', { zone: 'Asia/Tokyo' }, { origin: 'http://localhost:9282' })).statusCode,
    ).toBe(200)
    expect((await b.request('GET', '/api/me')).json()).toMatchObject({ name: 'Aiko T.', zone: 'Asia/Tokyo' })
  })
})

describe('a disabled account', () => {
  it('ends at once everywhere, and only who knows the password learns why', async () => {
    const marco = await person(house, { name: 'Marco D.', email: 'marco@example.com' })
    expect(await whoAmI(marco.browser)).toBe(200)
    await house.execute(disableUser, system, { id: marco.id })
    expect(await whoAmI(marco.browser)).toBe(401)
    expect((await browser(house).signIn('marco@example.com', 'not this one at all')).statusCode).toBe(401)
    const right = await browser(house).signIn('marco@example.com')
    expect(right.statusCode).toBe(403)
    expect(right.json().detail).toBe('This account is disabled. Ask an administrator.')
    expect(right.cookies).toEqual([])
    expect((await log(house, 'session.failed')).at(-1)).toContain(
      'Marco D. from 10.1.1.1 failed: the account is disabled',
    )

    await house.execute(enableUser, system, { id: marco.id })
    expect(await whoAmI(marco.browser)).toBe(401)
    expect((await browser(house).signIn('marco@example.com')).statusCode).toBe(200)
  })

  it('grants nothing by a session that was made while it was being disabled', async () => {
    const lena = await person(house, { name: 'Lena', email: 'lena@example.com' })
    await house.platform.db
      .updateTable('users')
      .set({ disabled_at: house.clock.now() })
      .where('id', '=', lena.id)
      .execute()
    expect(await whoAmI(lena.browser)).toBe(401)
  })
})

describe('signing out', () => {
  it('ends this session and no other', async () => {
    const [here, there] = [browser(house), browser(house)]
    await here.signIn('aiko@example.com')
    await there.signIn('aiko@example.com')
    const kept = here.cookies.get('watchfloor.session_token') ?? ''
    expect((await here.request('POST', '/api/auth/sign-out', {})).statusCode).toBe(200)
    expect(here.cookies.has('watchfloor.session_token')).toBe(false)
    here.cookies.set('watchfloor.session_token', kept)
    expect(await whoAmI(here)).toBe(401)
    expect(await whoAmI(there)).toBe(200)
    expect((await log(house, 'session.ended')).at(-1)).toBe('session.ended: Aiko T. signed out.')
    expect((await browser(house).request('POST', '/api/auth/sign-out')).statusCode).toBe(200)
  })
})
