import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../test/harness/house.ts'
import { authenticate, identity, identityRoutes } from '../features/identity/index.ts'
import { notify, notifyRoutes } from '../features/notify/index.ts'
import { type Actor, system } from './access.ts'
import { createCrypto } from './crypto.ts'
import { reseal } from './reseal.ts'
import { showHealth } from './system/queries.ts'

const [first, second, third] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)] as const

const admin: Actor = { kind: 'user', id: randomUUID(), name: 'Marta G.', role: 'admin', teams: [] }

describe('a key', () => {
  it('opens what it has sealed, for that purpose alone', () => {
    const one = createCrypto(first)
    expect(one.open('contact', one.seal('contact', 'text'))).toBe('text')
    expect(() => one.open('monitor', one.seal('contact', 'text'))).toThrow()
    expect(one.seal('contact', 'text').startsWith(one.sealedBy)).toBe(true)
    expect(one.sealedBy).toMatch(/^v2\.[0-9a-f]{8}\.$/)
  })

  it('opens what the one before has sealed, and neither signs nor believes its signatures', () => {
    const [old, now] = [createCrypto(first), createCrypto(second, first)]
    expect(now.open('contact', old.seal('contact', 'text'))).toBe('text')
    expect(now.open('contact', now.seal('contact', 'text'))).toBe('text')
    expect(now.verify('link', 'id', old.sign('link', 'id'))).toBe(false)
    expect(() => createCrypto(second).open('contact', old.seal('contact', 'text'))).toThrow(/SECRET_KEY_BEFORE/)
  })

  it('opens what was sealed before seals named their key', () => {
    const old = createCrypto(first)
    const v1 = `v1.${old.seal('contact', 'text').slice(old.sealedBy.length)}`
    expect(old.open('contact', v1)).toBe('text')
    expect(createCrypto(second, first).open('contact', v1)).toBe('text')
    const own = createCrypto(second)
    expect(createCrypto(second, first).open('contact', `v1.${own.seal('contact', 'x').slice(12)}`)).toBe('x')
  })
})

describe('a change of the key', () => {
  const houses: TestHouse[] = []
  afterAll(async () => {
    for (const house of houses.reverse()) await house.close()
  })
  const plan = {
    features: [identity, notify],
    router: { identity: identityRoutes, notify: notifyRoutes },
    authenticate,
  }
  const open = async (secretKey: string, given: Parameters<typeof testHouse>[1] = {}) => {
    const house = await testHouse(plan, { secretKey, ...given })
    houses.push(house)
    return house
  }
  const secrets = async (house: TestHouse) =>
    (await house.platform.db.selectFrom('contact_methods').select('config').orderBy('id').execute()).map(
      (r) => r.config,
    )
  const health = async (house: TestHouse) =>
    (await house.ask(showHealth, admin, {})).items.find((one) => one.what === 'Secrets')

  it('leaves nothing sealed with the old one, is told, and refuses to pass over what nobody can open', async () => {
    const old = await open(first)
    const at = old.clock.now()
    const userId = randomUUID()
    await old.platform.db
      .insertInto('users')
      .values({ id: userId, name: 'Aiko', email: 'aiko@example.com', created_at: at, updated_at: at })
      .execute()
    const rows = Array.from({ length: 1_203 }, (_, n) => ({
      id: randomUUID(),
      user_id: userId,
      channel: 'mail',
      label: `Mail ${n}`,
      address: `m${n}@example.com`,
      config: old.platform.crypto.seal('contact', JSON.stringify({ address: `m${n}@example.com` })),
      created_at: at,
    }))
    await old.platform.db.insertInto('contact_methods').values(rows).execute()
    expect(await health(old)).toBeUndefined()

    const database = { url: old.databaseUrl, drop: async () => undefined }
    const lost = await open(second, { database })
    expect(await health(lost)).toMatchObject({ state: 'bad', detail: expect.stringContaining('SECRET_KEY_BEFORE') })

    const now = await open(second, { database, secretKeyBefore: first })
    expect(await health(now)).toMatchObject({ state: 'ok', detail: expect.stringContaining('being sealed') })
    await now.execute(reseal.verb, system, {})
    const sealed = await secrets(now)
    expect(sealed.every((one) => one.startsWith(now.platform.crypto.sealedBy))).toBe(true)
    const alone = createCrypto(second)
    expect(new Set(sealed.map((one) => JSON.parse(alone.open('contact', one)).address)).size).toBe(1_203)
    expect(await health(now)).toMatchObject({ state: 'ok', detail: expect.stringContaining('take it away') })
    await now.execute(reseal.verb, system, {})
    expect(await secrets(now), 'what is right is left as it is').toEqual(sealed)

    const foreign = createCrypto(third).seal('contact', '{}')
    await now.platform.db
      .updateTable('contact_methods')
      .set({ config: foreign })
      .where('id', '=', rows[0]?.id ?? '')
      .execute()
    await now.execute(reseal.verb, system, {})
    expect((await secrets(now)).filter((one) => one === foreign)).toHaveLength(1)
    expect(await health(now)).toMatchObject({ state: 'bad' })
  })
})
