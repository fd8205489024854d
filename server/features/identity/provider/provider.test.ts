import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../../test/harness/house.ts'
import { browser, identityHouse, log, person } from '../../../../test/harness/identity.ts'
import { type Said, startOpenId } from '../../../../test/harness/openid.ts'
import { system } from '../../../platform/access.ts'
import { ConfigError, readConfig } from '../../../platform/config.ts'
import { disableUser } from '../disable-user.ts'

const callback = 'http://localhost:9282/api/auth/sign-in/provider/callback'
let openid: Awaited<ReturnType<typeof startOpenId>>
let house: TestHouse
let welcoming: TestHouse
beforeAll(async () => {
  openid = await startOpenId(callback)
  house = await identityHouse({ env: openid.environment })
  welcoming = await identityHouse({ env: { ...openid.environment, OIDC_ROLE: 'requester', OIDC_TRUST_EMAIL: 'true' } })
})
afterAll(async () => {
  await house.close()
  await welcoming.close()
  await openid.close()
})

const pathOf = (url: string) => `${new URL(url).pathname}${new URL(url).search}`

/** Goes to the provider as `said`, and comes back: the browser and where it ends. */
const come = async (said: Said, { at = house, then = '/queue' } = {}) => {
  openid.state.next = said
  const b = browser(at)
  const away = await b.request('GET', `/api/auth/sign-in/provider?then=${encodeURIComponent(then)}`)
  const back = await openid.visit(String(away.headers.location))
  const answer = await b.request('GET', pathOf(back))
  return { b, back, ends: String(answer.headers.location) }
}
const whoAmI = async (b: ReturnType<typeof browser>) => (await b.request('GET', '/api/me')).json()

describe('signing in through the company', () => {
  it('is offered by its name where it is set, and not found elsewhere', async () => {
    expect((await browser(house).request('GET', '/api/auth/ways')).json()).toEqual({
      provider: 'Harbour Bank',
      mail: false,
    })
    const without = await identityHouse()
    expect((await browser(without).request('GET', '/api/auth/ways')).json().provider).toBeNull()
    expect((await browser(without).request('GET', '/api/auth/sign-in/provider')).statusCode).toBe(404)
    await without.close()
  })

  it('knows an invited person by the verified mail address, and from then on by the provider’s own id', async () => {
    const aiko = await person(house, { name: 'Aiko T.', email: 'aiko@example.com' })
    const { b, ends } = await come({ sub: 'a-1', email: 'Aiko@Example.com', email_verified: true, name: 'Aiko Tanaka' })
    expect(ends).toBe('/queue')
    expect(await whoAmI(b)).toMatchObject({ id: aiko.id, name: 'Aiko T.' })
    expect(await log(house, 'user.provider_linked')).toEqual([
      'user.provider_linked: Aiko T. (aiko@example.com) signed in through the company for the first time.',
    ])
    const moved = await come({ sub: 'a-1', email: 'aiko.tanaka@example.com', email_verified: true })
    expect(await whoAmI(moved.b)).toMatchObject({ id: aiko.id })
    expect((await moved.b.request('GET', '/api/me/sign-in-ways')).json()).toMatchObject({
      password: true,
      provider: 'Harbour Bank',
    })
    expect((await log(house, 'session.started')).length).toBeGreaterThanOrEqual(2)
  })

  it.each([
    [
      'an address that nobody has verified',
      { sub: 'b-1', email: 'aiko@example.com', email_verified: false },
      'unverified_mail',
    ],
    ['no address', { sub: 'b-2' }, 'no_mail'],
    [
      'somebody who was not invited',
      { sub: 'b-3', email: 'ghost@example.com', email_verified: true },
      'unknown_person',
    ],
  ])('refuses %s, and says so at our own page', async (_, said, problem) => {
    const { b, ends } = await come(said)
    expect(ends).toBe(`/sign-in?problem=${problem}`)
    expect((await b.request('GET', '/api/me')).statusCode).toBe(401)
  })

  it('lets nobody in whose account is disabled', async () => {
    const ruth = await person(house, { name: 'Ruth O.', email: 'ruth@example.com' })
    await house.execute(disableUser, system, { id: ruth.id })
    const { ends } = await come({ sub: 'r-1', email: 'ruth@example.com', email_verified: true })
    expect(ends).toBe('/sign-in?problem=disabled')
    expect((await log(house, 'session.failed')).at(-1)).toBe(
      'session.failed: A sign-in as Ruth O. from 10.1.1.1 failed: the account is disabled.',
    )
  })

  it('makes a requester of who comes for the first time, where the house wants that', async () => {
    const { b, ends } = await come({ sub: 'n-1', email: 'new@example.com', name: 'Nina  Neu' }, { at: welcoming })
    expect(ends).toBe('/queue')
    expect(await whoAmI(b)).toMatchObject({ name: 'Nina Neu', email: 'new@example.com', role: 'requester' })
    const again = await come({ sub: 'n-1', email: 'new@example.com' }, { at: welcoming })
    expect(await whoAmI(again.b)).toMatchObject({ name: 'Nina Neu' })
    const without = await again.b.request('POST', '/api/me/second-factor', { password: 'any at all' })
    expect(without.json().detail).toContain('You have no password here')
  })

  it('comes twice at the same moment, and is made once', async () => {
    const said = { sub: 'n-2', email: 'twice@example.com' }
    const both = await Promise.all([1, 2].map(() => come(said, { at: welcoming })))
    expect(both.map(({ ends }) => ends)).toContain('/queue')
    for (const { ends } of both) expect(['/queue', '/sign-in?problem=begin_again']).toContain(ends)
    const users = await welcoming.platform.db.selectFrom('users').select('id').where('email', '=', said.email).execute()
    expect(users).toHaveLength(1)
  })

  it('leads nowhere but to our own pages', async () => {
    for (const then of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const { ends } = await come({ sub: 'a-1' }, { then })
      expect(ends, then).toBe('/')
    }
  })

  it('says so when its person pressed no, or when the provider is away', async () => {
    openid.state.deny = true
    const { ends } = await come({ sub: 'a-1' })
    openid.state.deny = false
    expect(ends).toBe('/sign-in?problem=provider_refused')
    const lost = await identityHouse({ env: { ...openid.environment, OIDC_ISSUER: 'http://127.0.0.1:9' } })
    const away = await browser(lost).request('GET', '/api/auth/sign-in/provider')
    expect(away.headers.location).toBe('/sign-in?problem=provider_away')
    await lost.close()
  })

  it('believes no answer that was made for another browser, another time, or twice', async () => {
    openid.state.next = { sub: 'a-1' }
    const b = browser(house)
    const away = await b.request('GET', '/api/auth/sign-in/provider')
    const back = await openid.visit(String(away.headers.location))
    const stranger = await browser(house).request('GET', pathOf(back))
    expect(stranger.headers.location).toBe('/sign-in?problem=begin_again')
    const other = browser(house)
    await other.request('GET', '/api/auth/sign-in/provider')
    expect((await other.request('GET', pathOf(back))).headers.location).toBe('/sign-in?problem=provider_refused')
    expect((await b.request('GET', pathOf(back))).headers.location).toBe('/')
    expect((await b.request('GET', pathOf(back))).headers.location).toBe('/sign-in?problem=begin_again')

    const slow = browser(house)
    const begun = await slow.request('GET', '/api/auth/sign-in/provider')
    const late = await openid.visit(String(begun.headers.location))
    house.clock.set(house.clock.now().add({ minutes: 16 }))
    expect((await slow.request('GET', pathOf(late))).headers.location).toBe('/sign-in?problem=begin_again')
  })

  it('is set by three variables together, and in the clear only on this machine', () => {
    const { OIDC_CLIENT_SECRET: _, ...part } = openid.environment
    expect(() => readConfig(part)).toThrow(
      new ConfigError('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together, or none of them.'),
    )
    expect(() => readConfig({ ...openid.environment, OIDC_ISSUER: 'http://login.example.com' })).toThrow(
      /OIDC_ISSUER must be the https address/,
    )
  })
})
