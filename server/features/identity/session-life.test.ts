import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../test/harness/house.ts'
import { identityHouse, person } from '../../../test/harness/identity.ts'
import { extendedEnd, sessionEnd } from './session-life.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('the end of a session', () => {
  it.each([
    // began, now → end
    ['2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', '2026-11-15T00:00:00Z'],
    ['2026-11-01T00:00:00Z', '2026-11-10T00:00:00Z', '2026-11-24T00:00:00Z'],
    ['2026-11-01T00:00:00Z', '2027-01-29T00:00:00Z', '2027-01-30T00:00:00Z'],
  ])('began %s, used %s: %s', (began, now, end) => {
    expect(sessionEnd(at(began), at(now)).toString()).toBe(end)
  })

  it('is moved at most once a day', () => {
    const session = { createdAt: at('2026-11-01T00:00:00Z'), expiresAt: at('2026-11-15T00:00:00Z') }
    expect(extendedEnd(session, at('2026-11-01T23:59:00Z'))).toBeNull()
    expect(extendedEnd(session, at('2026-11-02T00:01:00Z'))?.toString()).toBe('2026-11-16T00:01:00Z')
  })
})

describe('a session over time', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await identityHouse()
  })
  afterAll(() => house.close())

  it('goes on while it is used, ends after a fortnight without use, and its row goes away', async () => {
    const aiko = await person(house, { name: 'Aiko T.', email: 'aiko@example.com' })
    const status = async () => (await aiko.browser.request('GET', '/api/me')).statusCode
    for (let day = 0; day < 20; day += 5) {
      expect(await status()).toBe(200)
      house.clock.set(house.clock.now().add({ hours: 5 * 24 }))
    }
    expect(await status()).toBe(200)
    house.clock.set(house.clock.now().add({ hours: 14 * 24 }))
    expect(await status()).toBe(401)
    expect(await house.platform.db.selectFrom('sessions').selectAll().execute()).toHaveLength(1)
    await house.jump({ hours: 2 })
    expect(await house.platform.db.selectFrom('sessions').selectAll().execute()).toHaveLength(0)
  })

  it('ends after 90 days even when it is used each day', async () => {
    const marco = await person(house, { name: 'Marco D.', email: 'marco@example.com' })
    const status = async () => (await marco.browser.request('GET', '/api/me')).statusCode
    for (let day = 0; day < 90; day++) {
      expect(await status(), `day ${day}`).toBe(200)
      house.clock.set(house.clock.now().add({ hours: 24 }))
    }
    expect(await status()).toBe(401)
  })
})
