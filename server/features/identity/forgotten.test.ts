import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../test/harness/house.ts'
import { browser, identityHouse, log, person } from '../../../test/harness/identity.ts'
import { system } from '../../platform/access.ts'
import { createUser } from './create-user.ts'
import { disableUser } from './disable-user.ts'

let house: TestHouse
beforeAll(async () => {
  house = await identityHouse({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } })
})
afterAll(() => house.close())

const ask = (email: unknown, address = '10.2.0.1') =>
  browser(house, address).request('POST', '/api/auth/forgotten', { email })
const asked = () => log(house, 'user.reset_asked')

describe('a forgotten password', () => {
  it('is mailed about to who can sign in, and the answer tells nobody whether somebody has the address', async () => {
    await person(house, { name: 'Aiko T.', email: 'aiko@example.com' })
    const gone = await person(house, { name: 'Gone', email: 'gone@example.com' })
    await house.execute(disableUser, system, { id: gone.id })
    await house.execute(createUser, system, { name: 'New', email: 'new@example.com', role: 'responder' })
    // Through the company alone, without a password here.
    const nina = await house.execute(createUser, system, { name: 'Nina', email: 'nina@example.com', role: 'responder' })
    const at = house.clock.now()
    await house.platform.db
      .insertInto('accounts')
      .values({
        id: nina.id,
        user_id: nina.id,
        provider_id: 'https://login',
        account_id: '1',
        created_at: at,
        updated_at: at,
      })
      .execute()
    const people = ['aiko', 'gone', 'new', 'ghost', 'nina'].map((name) => `${name}@example.com`)
    for (const email of people) {
      const answer = await ask(email)
      expect([answer.statusCode, answer.json()], email).toEqual([200, { ok: true }])
    }
    expect(await asked()).toEqual([
      'user.reset_asked: Somebody at 10.2.0.1 asked for a link with which Aiko T. sets a new password.',
    ])
  })

  it('does not flood the owner of the address: one mail in a quarter of an hour, whoever asks', async () => {
    for (let n = 0; n < 5; n++) await ask(' AIKO@example.com', `10.2.1.${n}`)
    expect(await asked()).toHaveLength(1)
    house.clock.set(house.clock.now().add({ minutes: 16 }))
    await ask('aiko@example.com')
    expect(await asked()).toHaveLength(2)
  })

  it('slows down who tries many', async () => {
    const answers = []
    for (let n = 0; n < 101; n++) answers.push((await ask(`ghost${n}@example.com`, '10.2.9.9')).statusCode)
    expect(answers.at(-1)).toBe(429)
    expect(answers.slice(0, 100).every((status) => status === 200)).toBe(true)
  })

  it('names a field that is wrong, and says so where there is no mail server', async () => {
    expect((await ask('not an address')).json().fields).toEqual([{ field: 'email', problem: 'must be a mail address' }])
    const silent = await identityHouse()
    const answer = await browser(silent).request('POST', '/api/auth/forgotten', { email: 'aiko@example.com' })
    expect(answer.statusCode).toBe(503)
    expect(answer.json().detail).toContain('Ask an administrator for a one-time link.')
    await silent.close()
  })
})
