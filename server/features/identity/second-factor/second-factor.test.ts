import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../../test/harness/house.ts'
import {
  type Browser,
  browser,
  goodPassword,
  identityHouse,
  log,
  person,
  tokenOf,
} from '../../../../test/harness/identity.ts'
import { system } from '../../../platform/access.ts'
import { sendLink } from '../send-link.ts'
import { newRecoveryCodes, stepOf } from './codes.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('a code', () => {
  // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
  const rfc = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer as ArrayBuffer }).base32
  it.each([
    ['1970-01-01T00:00:59Z', '287082', 1],
    ['2005-03-18T01:58:29Z', '081804', 0x23523ec],
    ['2009-02-13T23:31:30Z', '005924', 0x273ef07],
    ['2033-05-18T03:33:20Z', '279037', 0x3f940aa],
  ])('of %s is %s', (now, code, step) => {
    expect(stepOf(rfc, code, at(now), 0)).toBe(step)
  })

  it('may be half a minute off, and is taken once', () => {
    const now = at('2009-02-13T23:31:30Z')
    expect(stepOf(rfc, '005924', now.add({ seconds: 30 }), 0)).toBe(0x273ef07)
    expect(stepOf(rfc, '005924', now.subtract({ seconds: 30 }), 0)).toBe(0x273ef07)
    expect(stepOf(rfc, '005924', now.add({ seconds: 60 }), 0)).toBeNull()
    expect(stepOf(rfc, '005924', now, 0x273ef07)).toBeNull()
    for (const junk of ['', '5924', '00592x', '005924 ', '０05924']) expect(stepOf(rfc, junk, now, 0), junk).toBeNull()
  })

  it('for recovery is one of ten that nobody can guess or mistake', () => {
    const { codes, hashes } = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    expect(new Set(hashes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}$/)
  })
})

let house: TestHouse
let admin: Awaited<ReturnType<typeof person>>
beforeAll(async () => {
  house = await identityHouse()
  admin = await person(house, { role: 'admin', name: 'Marta G.' })
})
afterAll(() => house.close())

const codeFor = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: house.clock.now().epochMilliseconds })
const later = () => house.clock.set(house.clock.now().add({ seconds: 30 }))

/** Somebody with an app: its secret and the recovery codes. */
const withApp = async (name: string) => {
  const who = await person(house, { name, email: `${name.toLowerCase()}@example.com` })
  const begun = await who.browser.request('POST', '/api/me/second-factor', { password: goodPassword })
  const { secret, uri } = begun.json() as { secret: string; uri: string }
  const on = await who.browser.request('PUT', '/api/me/second-factor', { code: codeFor(secret) })
  later()
  return { ...who, secret, uri, recovery: (on.json() as { recoveryCodes: string[] }).recoveryCodes }
}
const signIn = (b: Browser, email: string, code?: string, password = goodPassword) =>
  b.request('POST', '/api/auth/sign-in/email', { email, password, ...(code === undefined ? {} : { code }) })
const whoAmI = async (b: Browser) => (await b.request('GET', '/api/me')).statusCode

describe('an app for codes', () => {
  it('is asked for once it was set up with a first code', async () => {
    const who = await person(house, { name: 'Aiko', email: 'aiko@example.com' })
    const wrong = await who.browser.request('POST', '/api/me/second-factor', { password: 'not this one' })
    expect(wrong.json().fields).toEqual([{ field: 'password', problem: 'is not your present password' }])
    const { secret, uri } = (
      await who.browser.request('POST', '/api/me/second-factor', { password: goodPassword })
    ).json()
    expect(uri).toBe(
      `otpauth://totp/Watchfloor:aiko%40example.com?issuer=Watchfloor&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    )
    expect((await signIn(browser(house), who.email)).json()).toEqual({ ok: true })
    expect((await who.browser.request('PUT', '/api/me/second-factor', { code: '000000' })).json().fields[0].field).toBe(
      'code',
    )
    const on = await who.browser.request('PUT', '/api/me/second-factor', { code: codeFor(secret) })
    expect(on.json().recoveryCodes).toHaveLength(10)
    expect((await who.browser.request('GET', '/api/me/sign-in-ways')).json()).toMatchObject({
      password: true,
      app: { recoveryLeft: 10 },
      passkeys: [],
      provider: null,
    })

    const b = browser(house)
    const first = await signIn(b, who.email)
    expect(first.json()).toEqual({ ok: false, needs: 'code' })
    expect(await whoAmI(b)).toBe(401)
    const used = await signIn(b, who.email, codeFor(secret))
    expect(used.statusCode, 'the code that turned it on does not sign in as well').toBe(401)
    later()
    const code = codeFor(secret)
    expect((await signIn(b, who.email, `${code.slice(0, 3)} ${code.slice(3)}`)).json()).toEqual({ ok: true })
    expect(await whoAmI(b)).toBe(200)
    const again = await signIn(browser(house), who.email, code)
    expect(again.statusCode, 'each code works once').toBe(401)
    expect(again.json().detail).toContain('The code is not right.')
  })

  it('tells nobody who has the wrong password that there is one', async () => {
    const who = await withApp('Ruth')
    const wrong = await signIn(browser(house), who.email, codeFor(who.secret), 'some other password')
    expect(wrong.statusCode).toBe(401)
    expect(wrong.json().detail).toBe('The mail address or the password is not right.')
  })

  it('two browsers with the same code at once: one is in', async () => {
    const who = await withApp('Nora')
    const code = codeFor(who.secret)
    const answers = await Promise.all([1, 2, 3, 4].map(() => signIn(browser(house), who.email, code)))
    expect(answers.map((a) => a.statusCode).sort()).toEqual([200, 401, 401, 401])
  })

  it('a recovery code works once in its place, with or without the dash', async () => {
    const who = await withApp('Ines')
    const [one = '', two = ''] = who.recovery
    expect((await signIn(browser(house), who.email, one.toUpperCase())).statusCode).toBe(200)
    expect((await signIn(browser(house), who.email, one)).statusCode).toBe(401)
    expect((await signIn(browser(house), who.email, two.replace('-', ''))).statusCode).toBe(200)
    expect((await log(house, 'session.code_taken')).slice(-2)).toEqual([
      'session.code_taken: Ines used a recovery code instead of the app; 9 are left.',
      'session.code_taken: Ines used a recovery code instead of the app; 8 are left.',
    ])
    const renewed = await who.browser.request('POST', '/api/me/second-factor/recovery-codes', {
      password: goodPassword,
    })
    expect((await signIn(browser(house), who.email, who.recovery[2])).statusCode).toBe(401)
    expect((await signIn(browser(house), who.email, renewed.json().recoveryCodes[0])).statusCode).toBe(200)
  })

  it('guesses are counted by account from wherever they come, and only who knows the password gets so far', async () => {
    const who = await withApp('Tom')
    const from = (n: number) => browser(house, `10.7.0.${n}`)
    for (let n = 0; n < 10; n++) expect((await signIn(from(n), who.email, '000000')).statusCode).toBe(401)
    const stopped = await signIn(from(11), who.email, codeFor(who.secret))
    expect(stopped.statusCode).toBe(429)
    expect(stopped.headers['retry-after']).toBe('900')
    house.clock.set(house.clock.now().add({ minutes: 16 }))
    expect((await signIn(from(12), who.email, codeFor(who.secret))).statusCode).toBe(200)

    // Strangers without the password hold nobody up.
    const other = await withApp('Sam')
    for (let n = 0; n < 12; n++) await signIn(from(20 + n), other.email, '000000', 'guessed password')
    expect((await signIn(from(40), other.email, codeFor(other.secret))).statusCode).toBe(200)
  })

  it('stands nowhere in the clear: not in its table, not in the log', async () => {
    const who = await withApp('Mei')
    const row = await house.platform.db
      .selectFrom('second_factors')
      .selectAll()
      .where('user_id', '=', who.id)
      .executeTakeFirstOrThrow()
    expect(row.secret).toMatch(/^v2\.[0-9a-f]{8}\./)
    const all = JSON.stringify([row, await house.platform.db.selectFrom('events').select('data').execute()])
    for (const secret of [who.secret, ...who.recovery, ...who.recovery.map((code) => code.replace('-', ''))])
      expect(all).not.toContain(secret)
  })

  it('is not gone round by a link for a new password', async () => {
    const who = await withApp('Omar')
    const { link } = await house.execute(sendLink, system, { id: who.id })
    const b = browser(house)
    const set = await b.request('POST', '/api/welcome', { token: tokenOf(link), password: 'a quite new password' })
    expect(set.json()).toEqual({ ok: false, needs: 'code' })
    expect(await whoAmI(b)).toBe(401)
    expect((await signIn(b, who.email, codeFor(who.secret), 'a quite new password')).statusCode).toBe(200)
  })

  it('is removed by its owner with the password, or by an administrator for who lost the device', async () => {
    const who = await withApp('Viktor')
    const no = await who.browser.request('POST', '/api/me/second-factor/removal', { password: 'wrong password' })
    expect(no.statusCode).toBe(422)
    await who.browser.request('POST', '/api/me/second-factor/removal', { password: goodPassword })
    expect((await signIn(browser(house), who.email)).json()).toEqual({ ok: true })

    const lost = await withApp('Jonas')
    expect((await admin.browser.request('GET', `/api/users/${lost.id}`)).json()).toMatchObject({ secondFactor: true })
    const gone = await admin.browser.request('DELETE', `/api/users/${lost.id}/second-factor`)
    expect(gone.json()).toMatchObject({ secondFactor: false })
    expect((await signIn(browser(house), lost.email)).json()).toEqual({ ok: true })
    expect((await log(house, 'user.second_factor_removed')).at(-1)).toBe(
      'user.second_factor_removed: Marta G. removed the app of Jonas: the password alone is enough again.',
    )
  })
})
