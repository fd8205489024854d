import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissions } from '../../../contract/permissions.ts'
import type { TestHouse } from '../../../test/harness/house.ts'
import { browser, goodPassword, identityHouse, log, person } from '../../../test/harness/identity.ts'

type Person = Awaited<ReturnType<typeof person>>
let house: TestHouse
let admin: Person
let aiko: Person
beforeAll(async () => {
  house = await identityHouse()
  admin = await person(house, { role: 'admin', name: 'Priya N.' })
  aiko = await person(house, { role: 'requester', name: 'Aiko T.', email: 'aiko@example.com' })
})
afterAll(() => house.close())

describe('who I am', () => {
  it('is myself alone, with what I may do and on which rows', async () => {
    const mine = (await aiko.browser.request('GET', '/api/me')).json()
    expect(mine).toMatchObject({ id: aiko.id, name: 'Aiko T.', role: 'requester', teams: [], internal: false })
    const expected = Object.entries(permissions).flatMap(([p, row]) => ('requester' in row ? [[p, row.requester]] : []))
    expect(mine.may).toEqual(Object.fromEntries(expected))
    const boss = (await admin.browser.request('GET', '/api/me')).json()
    expect(boss).toMatchObject({ id: admin.id, internal: true })
    expect(Object.keys(boss.may).sort()).toEqual(Object.keys(permissions).sort())
  })

  it('takes no id from the caller: a requester changes nobody else', async () => {
    const answer = await aiko.browser.request('PATCH', '/api/me', { id: admin.id, name: 'Aiko Tanaka', role: 'admin' })
    expect(answer.json()).toMatchObject({ id: aiko.id, name: 'Aiko Tanaka', role: 'requester' })
    expect((await admin.browser.request('GET', '/api/me')).json().name).toBe('Priya N.')
    expect((await log(house, 'user.changed')).at(-1)).toContain('changed name from Aiko T. to Aiko Tanaka')
  })

  it('shows what a team adds', async () => {
    const team = (await admin.browser.request('POST', '/api/teams', { name: 'L2', kind: 'l2' })).json()
    await admin.browser.request('PUT', `/api/teams/${team.id}/members/${aiko.id}`, { role: 'lead' })
    const mine = (await aiko.browser.request('GET', '/api/me')).json()
    expect(mine).toMatchObject({
      role: 'requester',
      internal: true,
      teams: [{ id: team.id, slug: 'l2', kind: 'l2', role: 'lead' }],
    })
    expect(mine.may).toMatchObject({ 'team.write': 'team', 'people.read': 'all' })
    expect(mine.may['people.write']).toBeUndefined()
  })
})

describe('my sessions', () => {
  it('are listed, this one first; one is ended, or all others, and nobody ends those of somebody else', async () => {
    const lena = await person(house, { name: 'Lena O.', email: 'lena@example.com' })
    const elsewhere = [browser(house), browser(house)]
    for (const one of elsewhere) await one.signIn('lena@example.com', goodPassword)
    const sessions = async () => (await lena.browser.request('GET', '/api/me/sessions')).json().items
    const all = await sessions()
    expect(all).toHaveLength(3)
    expect(all.map((s: { current: boolean }) => s.current)).toEqual([true, false, false])
    expect(JSON.stringify(all)).not.toContain('token')

    const stolen = await aiko.browser.request('DELETE', `/api/me/sessions/${all[1].id}`)
    expect([stolen.statusCode, stolen.json().detail]).toEqual([404, expect.stringContaining('This session')])
    expect(await sessions()).toHaveLength(3)

    expect((await lena.browser.request('DELETE', `/api/me/sessions/${all[1].id}`)).json()).toEqual({ ended: 1 })
    const signedIn = await Promise.all(elsewhere.map((one) => one.request('GET', '/api/me')))
    expect(signedIn.map((a) => a.statusCode).sort()).toEqual([200, 401])
    expect((await lena.browser.request('DELETE', '/api/me/sessions/others')).json()).toEqual({ ended: 1 })
    expect(await sessions()).toMatchObject([{ current: true }])
    expect((await log(house, 'session.revoked')).at(-1)).toMatch(/Lena O. ended a session that was begun from /)
  })
})

describe('my password', () => {
  it('is changed by who knows the present one, by the rules, and ends every session', async () => {
    const marco = await person(house, { name: 'Marco D.', email: 'marco@example.com' })
    const change = (body: unknown) => marco.browser.request('POST', '/api/me/password', body)
    expect((await change({ current: 'wrong wrong wrong', password: 'a whole new password' })).json().fields[0]).toEqual(
      { field: 'current', problem: 'is not your present password' },
    )
    expect((await change({ current: goodPassword, password: 'short' })).json().fields[0].field).toBe('password')
    expect((await change({ current: goodPassword, password: 'MARCO@example.com' })).json().fields[0].field).toBe(
      'password',
    )
    expect((await change({ current: goodPassword, password: 'a whole new password' })).json()).toEqual({ ok: true })
    expect((await marco.browser.request('GET', '/api/me')).statusCode).toBe(401)
    expect((await browser(house).signIn('marco@example.com')).statusCode).toBe(401)
    expect((await browser(house).signIn('marco@example.com', 'a whole new password')).statusCode).toBe(200)
    expect((await log(house, 'user.password_changed')).at(-1)).toBe(
      'user.password_changed: Marco D. changed the password.',
    )
  })

  it('is the same however its accents are composed', async () => {
    const password = 'Crème brûlée à Orléans'
    await person(house, { name: 'Zoë', email: 'zoe@example.com', password: password.normalize('NFC') })
    expect((await browser(house).signIn('zoe@example.com', password.normalize('NFD'))).statusCode).toBe(200)
  })
})
