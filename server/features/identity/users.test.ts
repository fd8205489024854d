import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listUsersInput } from '../../../contract/identity/users.ts'
import type { TestHouse } from '../../../test/harness/house.ts'
import { browser, doers, goodPassword, identityHouse, log, person, tokenOf } from '../../../test/harness/identity.ts'
import type { Actor } from '../../platform/access.ts'
import { newId } from '../../platform/ids.ts'
import { changeUser } from './change-user.ts'
import { disableUser } from './disable-user.ts'
import { findTeam, findUser, findUserByEmail, teamMembers, userNames } from './index.ts'
import { usersPage } from './user-queries.ts'

let house: TestHouse
let admin: Awaited<ReturnType<typeof person>>
beforeAll(async () => {
  house = await identityHouse()
  admin = await person(house, { role: 'admin', name: 'Priya N.', email: 'priya@example.com' })
})
afterAll(() => house.close())

const invite = async (body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  admin.browser.request('POST', '/api/users', body, headers)

describe('inviting a person', () => {
  it('gives the link to the inviter once, tells the log without it, and the person signs in with it', async () => {
    const answer = await invite({ name: 'Tomás Ř.', email: 'Tomas@Example.com', role: 'lead', zone: 'Europe/Prague' })
    expect(answer.statusCode).toBe(201)
    const tomas = answer.json()
    expect(tomas).toMatchObject({
      name: 'Tomás Ř.',
      email: 'tomas@example.com',
      role: 'lead',
      zone: 'Europe/Prague',
      state: 'invited',
      teams: [],
      version: 1,
      invitation: { purpose: 'invitation', expiresAt: '2026-12-07T07:00:00Z' },
    })
    expect(await log(house, 'user.invited')).toContain(
      'user.invited: Priya N. invited Tomás Ř. (tomas@example.com) as lead.',
    )
    const token = tokenOf(tomas.invitation.link)
    const events = await house.platform.db
      .selectFrom('events')
      .select('data')
      .where('subject', '=', `user:${tomas.id}`)
      .execute()
    expect(JSON.stringify(events)).not.toContain(token.split('.')[1])

    const b = browser(house)
    expect((await b.request('GET', `/api/welcome/${token}`)).json()).toEqual({
      state: 'good',
      purpose: 'invitation',
      name: 'Tomás Ř.',
      email: 'tomas@example.com',
    })
    expect((await b.request('POST', '/api/welcome', { token, password: 'Tomas@example.com' })).json().fields).toEqual([
      { field: 'password', problem: 'must not be the mail address; take something that nobody can look up' },
    ])
    expect((await b.request('POST', '/api/welcome', { token, password: goodPassword })).statusCode).toBe(200)
    expect((await b.request('GET', '/api/me')).json()).toMatchObject({ id: tomas.id, role: 'lead' })
    expect(await doers(house, 'user.welcomed')).toContain('user Tomás Ř., themselves')
    expect((await admin.browser.request('GET', `/api/users/${tomas.id}`)).json()).toMatchObject({ state: 'active' })
    expect((await b.request('POST', '/api/welcome', { token, password: 'another one entirely' })).json()).toMatchObject(
      { code: 'conflict', detail: expect.stringContaining('used already') },
    )
  })

  it('refuses a mail address that is here already, however it is spelt', async () => {
    const answer = await invite({ name: 'Again', email: 'PRIYA@example.com' })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().fields[0]).toEqual({
      field: 'email',
      problem: 'is the address of somebody who is here already; look them up under people',
    })
  })

  it('answers a repeat with the same Idempotency-Key alike, and keeps the answer sealed', async () => {
    const body = { name: 'Repeated', email: 'repeated@example.com' }
    const [first, again] = [
      await invite(body, { 'idempotency-key': 'once' }),
      await invite(body, { 'idempotency-key': 'once' }),
    ]
    expect(again.json()).toEqual(first.json())
    const kept = JSON.stringify(await house.platform.db.selectFrom('idempotency_keys').selectAll().execute())
    expect(kept).toContain('once')
    expect(kept).not.toContain(tokenOf(first.json().invitation.link))
  })

  it('keeps markup in a name as what it is', async () => {
    const name = `<script>alert('1')</script>" onload=x \u202e{{7*7}} ${'😀'.repeat(5)}`
    const made = (await invite({ name, email: 'markup@example.com' })).json()
    const read = await admin.browser.request('GET', `/api/users/${made.id}`)
    expect(read.json().name).toBe(name)
    expect(read.headers['content-type']).toContain('application/json')
    expect(read.headers['x-content-type-options']).toBe('nosniff')
    const found = await admin.browser.request('GET', `/api/users?search=${encodeURIComponent("<SCRIPT>alert('1")}`)
    expect(found.json().items.map((u: { id: string }) => u.id)).toEqual([made.id])
    expect((await invite({ name: 'two\nlines', email: 'lines@example.com' })).json().fields[0]).toEqual({
      field: 'name',
      problem: 'must be one line',
    })
    expect((await invite({ name: 'a\u0000b', email: 'nul@example.com' })).json().name).toBe('a\ufffdb')
  })
})

describe('a link to set a new password', () => {
  it('takes the place of older links, ends the sessions when it is used, and replaces the password', async () => {
    const marco = await person(house, { name: 'Marco D.', email: 'marco@example.com' })
    const ask = async () => (await admin.browser.request('POST', `/api/users/${marco.id}/sign-in-link`)).json()
    const [older, newer] = [await ask(), await ask()]
    expect(newer).toMatchObject({ purpose: 'reset', expiresAt: '2026-11-24T07:00:00Z' })
    expect((await marco.browser.request('GET', '/api/me')).statusCode).toBe(200)
    const b = browser(house)
    expect(
      (await b.request('POST', '/api/welcome', { token: tokenOf(older.link), password: 'a new password of his' }))
        .statusCode,
    ).toBe(409)
    expect(
      (await b.request('POST', '/api/welcome', { token: tokenOf(newer.link), password: 'a new password of his' }))
        .statusCode,
    ).toBe(200)
    expect((await marco.browser.request('GET', '/api/me')).statusCode).toBe(401)
    expect((await browser(house).signIn('marco@example.com')).statusCode).toBe(401)
    expect((await browser(house).signIn('marco@example.com', 'a new password of his')).statusCode).toBe(200)
    expect((await log(house, 'user.reset_offered')).at(-1)).toContain(
      'Priya N. made a link with which Marco D. sets a new password.',
    )
  })

  it('is refused for a disabled account, and dies with it', async () => {
    const lena = await person(house, { name: 'Lena', email: 'lena@example.com' })
    const { link } = (await admin.browser.request('POST', `/api/users/${lena.id}/sign-in-link`)).json()
    await admin.browser.request('POST', `/api/users/${lena.id}/disablement`)
    expect((await browser(house).request('GET', `/api/welcome/${tokenOf(link)}`)).json().state).toBe('unknown')
    const refused = await admin.browser.request('POST', `/api/users/${lena.id}/sign-in-link`)
    expect([refused.statusCode, refused.json().detail]).toEqual([
      409,
      'This account is disabled. Enable it before a link is made for it.',
    ])
  })
})

describe('signing a person out', () => {
  it('ends every session of hers and no link; the password goes on', async () => {
    const zoe = await person(house, { name: 'Zoe', email: 'zoe@example.com', role: 'requester' })
    const again = browser(house)
    expect((await again.signIn('zoe@example.com')).statusCode).toBe(200)
    expect((await zoe.browser.request('DELETE', `/api/users/${admin.id}/sessions`)).statusCode).toBe(403)
    const done = await admin.browser.request('DELETE', `/api/users/${zoe.id}/sessions`)
    expect([done.statusCode, done.json()]).toEqual([200, { ended: 2 }])
    for (const one of [zoe.browser, again]) expect((await one.request('GET', '/api/me')).statusCode).toBe(401)
    expect((await browser(house).signIn('zoe@example.com')).statusCode).toBe(200)
    expect((await log(house, 'user.signed_out')).at(-1)).toContain('Priya N. signed Zoe out everywhere.')
    expect((await admin.browser.request('GET', '/api/me')).statusCode).toBe(200)
  })
})

describe('changing a person', () => {
  it('counts from the next request on, and tells before and after', async () => {
    const sam = await person(house, { name: 'Sam', email: 'sam@example.com', role: 'requester' })
    expect((await sam.browser.request('GET', '/api/users')).statusCode).toBe(403)
    const changed = await admin.browser.request('PATCH', `/api/users/${sam.id}`, { role: 'lead', name: 'Sam O.' })
    expect(changed.json()).toMatchObject({ role: 'lead', name: 'Sam O.', version: 2 })
    expect(changed.headers.etag).toBe('"v2"')
    expect((await sam.browser.request('GET', '/api/users')).statusCode).toBe(200)
    expect((await log(house, 'user.changed')).at(-1)).toBe(
      'user.changed: Priya N. changed name from Sam to Sam O., role from requester to lead for Sam.',
    )
    expect((await admin.browser.request('PATCH', `/api/users/${sam.id}`, { role: 'lead' })).json().version).toBe(2)
    expect(
      (await admin.browser.request('PATCH', `/api/users/${sam.id}`, { name: 'Late' }, { 'if-match': '"v1"' }))
        .statusCode,
    ).toBe(412)
    expect(
      (await admin.browser.request('PATCH', `/api/users/${sam.id}`, { zone: 'Mars/Olympus' })).json().fields[0].field,
    ).toBe('zone')
    expect((await admin.browser.request('PATCH', `/api/users/${newId()}`, { name: 'Nobody' })).statusCode).toBe(404)
  })

  it('leaves one administrator who can sign in, also when two demote each other at once', async () => {
    const me: Actor = { kind: 'user', id: admin.id, name: admin.name, role: 'admin', teams: [] }
    const alone = await admin.browser.request('PATCH', `/api/users/${admin.id}`, { role: 'lead' })
    expect([alone.statusCode, alone.json().detail]).toEqual([
      409,
      'Priya N. is the last administrator who can sign in. Make somebody else administrator first.',
    ])
    expect((await admin.browser.request('POST', `/api/users/${admin.id}/disablement`)).statusCode).toBe(409)
    // One who was only invited does not count.
    await invite({ name: 'Only invited', email: 'only@example.com', role: 'admin' })
    expect((await admin.browser.request('PATCH', `/api/users/${admin.id}`, { role: 'lead' })).statusCode).toBe(409)

    const other = await person(house, { role: 'admin', name: 'Other', email: 'other@example.com' })
    const results = await Promise.allSettled([
      house.execute(changeUser, me, { id: other.id, role: 'lead' }),
      house.execute(disableUser, { ...me, id: other.id, name: 'Other' }, { id: admin.id }),
    ])
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
    // Put back what the race left.
    await house.platform.db
      .updateTable('users')
      .set({ role: 'admin', disabled_at: null })
      .where('id', '=', admin.id)
      .execute()
    await house.platform.db.updateTable('users').set({ role: 'lead' }).where('id', '=', other.id).execute()
    expect((await admin.browser.signIn(admin.email)).statusCode).toBe(200)
  })

  it('by disabling is the same when it is done twice', async () => {
    const twice = await person(house, { name: 'Twice', email: 'twice@example.com' })
    const first = await admin.browser.request('POST', `/api/users/${twice.id}/disablement`)
    const second = await admin.browser.request('POST', `/api/users/${twice.id}/disablement`)
    expect(second.json()).toEqual(first.json())
    expect(first.json()).toMatchObject({ state: 'disabled' })
    expect((await log(house, 'user.disabled')).filter((l) => l.includes('Twice'))).toHaveLength(1)
    expect((await admin.browser.request('DELETE', `/api/users/${twice.id}/disablement`)).json()).toMatchObject({
      state: 'active',
    })
  })
})

describe('what other features look up', () => {
  it('finds people and teams by id, and leaves the disabled out of who can be reached', async () => {
    const ines = await person(house, { name: 'Inês', email: 'ines@example.com' })
    const { db } = house.platform
    const team = (await admin.browser.request('POST', '/api/teams', { name: 'Lookup', kind: 'l2' })).json()
    for (const id of [ines.id, admin.id])
      await admin.browser.request('PUT', `/api/teams/${team.id}/members/${id}`, {
        role: id === admin.id ? 'lead' : 'responder',
      })
    expect(await findUser(db, ines.id)).toEqual({
      id: ines.id,
      name: 'Inês',
      email: 'ines@example.com',
      zone: 'Europe/London',
      role: 'responder',
      disabled: false,
    })
    expect(await findUser(db, newId())).toBeNull()
    expect((await findUserByEmail(db, ' INES@example.com'))?.id).toBe(ines.id)
    expect(await userNames(db, [ines.id, ines.id, newId()])).toEqual(new Map([[ines.id, 'Inês']]))
    expect(await userNames(db, [])).toEqual(new Map())
    expect(await findTeam(db, team.id)).toEqual({
      id: team.id,
      name: 'Lookup',
      slug: 'lookup',
      kind: 'l2',
      zone: 'Europe/London',
    })
    expect((await teamMembers(db, team.id)).map((m) => [m.name, m.role])).toEqual([
      ['Priya N.', 'lead'],
      ['Inês', 'responder'],
    ])
    await admin.browser.request('POST', `/api/users/${ines.id}/disablement`)
    expect((await teamMembers(db, team.id)).map((m) => m.name)).toEqual(['Priya N.'])
  })
})

describe('ten thousand people', () => {
  beforeAll(async () => {
    const { db } = house.platform
    await sql`insert into users (id, name, email, role, created_at, updated_at)
      select gen_random_uuid(), case when n % 7 = 0 then 'Same Name' else 'Person ' || n end, 'p' || n || '@firm.example', 'requester', now(), now()
      from generate_series(1, 10000) n`.execute(db)
    await sql`vacuum analyze users`.execute(db)
  })

  it('come page by page in order, each once, also those of one name', async () => {
    const seen: { id: string; name: string }[] = []
    let cursor = ''
    do {
      const page = (
        await admin.browser.request('GET', `/api/users?limit=200&role=requester${cursor && `&cursor=${cursor}`}`)
      ).json()
      seen.push(...page.items)
      cursor = page.next ?? ''
    } while (cursor)
    expect(seen.length).toBeGreaterThanOrEqual(10_000)
    expect(new Set(seen.map((u) => u.id)).size).toBe(seen.length)
    expect((await admin.browser.request('GET', '/api/users?cursor=nonsense')).statusCode).toBe(400)
    expect(
      (
        await admin.browser.request(
          'GET',
          `/api/users?cursor=${Buffer.from('["a","not a uuid"]').toString('base64url')}`,
        )
      ).statusCode,
    ).toBe(400)
  })

  it.each([
    ['the first page', {}],
    ['a later page', { cursor: Buffer.from(JSON.stringify(['person 5', newId()])).toString('base64url') }],
    ['a search by part of a name', { search: 'person 77' }],
    ['a search by part of an address', { search: 'p1234@' }],
  ])('%s uses an index', async (_what, input) => {
    const plan = await usersPage(house.platform.db, listUsersInput.parse(input)).explain('text')
    const text = JSON.stringify(plan)
    expect(text).not.toContain('Seq Scan on users')
    expect(text).toMatch(/users_name|users_search/)
  })

  it('are searched literally: % and _ are what was typed', async () => {
    expect((await admin.browser.request('GET', '/api/users?search=%25')).json().items).toEqual([])
    expect((await admin.browser.request('GET', '/api/users?search=P1234@FIRM')).json().items).toHaveLength(1)
  })
})
