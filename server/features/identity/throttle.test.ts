import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../test/harness/house.ts'
import { browser, identityHouse, log, person } from '../../../test/harness/identity.ts'
import { countersOf, networkOf } from './throttle.ts'

describe('what a try counts against', () => {
  it.each([
    ['10.1.1.1', '10.1.1.1'],
    ['::ffff:10.1.1.1', '10.1.1.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2'],
    ['not an address', 'not an address'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('is never an account alone, and keeps nothing that was typed', () => {
    const here = countersOf({ address: '10.0.0.1', email: 'a@example.com', device: null })
    const there = countersOf({ address: '10.0.0.2', email: 'a@example.com', device: null })
    expect(here.filter((c) => there.some((t) => t.key === c.key))).toEqual([])
    expect(JSON.stringify(here)).not.toContain('example')
  })
})

describe('failed sign-ins', () => {
  let house: TestHouse
  let aiko: Awaited<ReturnType<typeof person>>
  beforeAll(async () => {
    house = await identityHouse()
    aiko = await person(house, { name: 'Aiko T.', email: 'aiko@example.com', address: '10.0.0.7' })
    await person(house, { name: 'Marco D.', email: 'marco@example.com', address: '10.0.0.8' })
  })
  afterAll(() => house.close())

  const guess = async (address: string, email: string, times: number) => {
    let answer = await browser(house, address).signIn(email, 'guessing once more')
    for (let i = 1; i < times; i++) answer = await browser(house, address).signIn(email, 'guessing once more')
    return answer
  }

  it('make the address wait for this account, with the right password too, and nobody else', async () => {
    expect((await guess('10.0.0.66', 'aiko@example.com', 10)).statusCode).toBe(401)
    const eleventh = await browser(house, '10.0.0.66').signIn('aiko@example.com')
    expect(eleventh.statusCode).toBe(429)
    expect(Number(eleventh.headers['retry-after'])).toBeLessThanOrEqual(900)
    expect(eleventh.json().detail).toBe(
      'Too many failed sign-ins from this address. Wait 15 minutes, or ask an administrator for a link.',
    )
    // Others at the same address, and the owner at another one, are not held up.
    expect((await browser(house, '10.0.0.66').signIn('marco@example.com')).statusCode).toBe(200)
    expect((await browser(house, '10.0.0.9').signIn('aiko@example.com')).statusCode).toBe(200)
  })

  it('do not hold up a browser that has signed in before, even at the same address', async () => {
    const known = browser(house, '10.0.0.66')
    for (const [k, v] of aiko.browser.cookies) if (k === 'watchfloor.device') known.cookies.set(k, v)
    expect((await known.signIn('aiko@example.com')).statusCode).toBe(200)
    // Its proof is for one account, and has a limit too.
    expect((await guess('10.0.0.67', 'marco@example.com', 11)).statusCode).toBe(429)
    const other = browser(house, '10.0.0.67')
    other.cookies.set('watchfloor.device', known.cookies.get('watchfloor.device') ?? '')
    expect((await other.signIn('marco@example.com')).statusCode).toBe(429)
    for (let i = 0; i < 10; i++)
      expect((await known.signIn('aiko@example.com', 'guessing once more')).statusCode).toBe(401)
    expect((await known.signIn('aiko@example.com')).statusCode).toBe(429)
  })

  it('are told once in the log when the limit is reached', async () => {
    await guess('10.0.0.68', 'marco@example.com', 14)
    const told = (await log(house, 'session.failed')).filter((l) => l.includes('10.0.0.68'))
    expect(told).toHaveLength(11)
    expect(told.at(-1)).toContain('Too many failed sign-ins as Marco D. from 10.0.0.68')
  })

  it('are limited for an address over all accounts, at once too', async () => {
    const many = Array.from({ length: 110 }, (_, i) =>
      browser(house, '10.0.0.70').signIn(`ghost${i}@example.com`, 'guessing once more'),
    )
    const codes = (await Promise.all(many)).map((a) => a.statusCode)
    expect(codes.filter((c) => c === 401)).toHaveLength(100)
    expect(codes.filter((c) => c === 429)).toHaveLength(10)
  })

  it('are forgotten after a quarter of an hour, and by a right password', async () => {
    house.clock.set(house.clock.now().add({ minutes: 15 }))
    expect((await browser(house, '10.0.0.66').signIn('aiko@example.com')).statusCode).toBe(200)
    for (let round = 0; round < 3; round++) {
      await guess('10.0.0.71', 'aiko@example.com', 9)
      expect((await browser(house, '10.0.0.71').signIn('aiko@example.com')).statusCode).toBe(200)
    }
    await house.jump({ hours: 2 })
    expect(await house.platform.db.selectFrom('sign_in_tries').selectAll().execute()).toEqual([])
  })
})
