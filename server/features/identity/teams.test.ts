import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHouse } from '../../../test/harness/house.ts'
import { identityHouse, log, person } from '../../../test/harness/identity.ts'
import { newId } from '../../platform/ids.ts'

type Person = Awaited<ReturnType<typeof person>>
let house: TestHouse
let admin: Person
let lead: Person
let aiko: Person
let l2: { id: string; version: number }
beforeAll(async () => {
  house = await identityHouse()
  admin = await person(house, { role: 'admin', name: 'Priya N.' })
  lead = await person(house, { role: 'lead', name: 'Tomás Ř.' })
  aiko = await person(house, { role: 'requester', name: 'Aiko T.' })
  l2 = (
    await admin.browser.request('POST', '/api/teams', { name: 'L2 Équités (London)', kind: 'l2', zone: 'Asia/Tokyo' })
  ).json()
  await admin.browser.request('PUT', `/api/teams/${l2.id}/members/${lead.id}`, { role: 'lead' })
})
afterAll(() => house.close())

describe('a team', () => {
  it('is added by an administrator, with a slug of its own', async () => {
    expect(l2).toMatchObject({
      slug: 'l2-equites-london',
      kind: 'l2',
      zone: 'Asia/Tokyo',
      archived: false,
      members: [],
      description: '',
    })
    const twin = await admin.browser.request('POST', '/api/teams', { name: 'L2 equites london', kind: 'l2' })
    expect(twin.json().fields[0]).toEqual({
      field: 'slug',
      problem: 'l2-equites-london is taken by another team, perhaps an archived one; choose another',
    })
    expect(
      (await admin.browser.request('POST', '/api/teams', { name: '日本', kind: 'l1' })).json().fields[0].field,
    ).toBe('slug')
    expect(
      (await admin.browser.request('POST', '/api/teams', { name: '日本', kind: 'l1', slug: 'japan' })).statusCode,
    ).toBe(201)
    expect((await lead.browser.request('POST', '/api/teams', { name: 'Mine', kind: 'l2' })).json().detail).toBe(
      'Only an administrator may add a team. Ask one to add it and to make you its lead.',
    )
  })

  it('is changed by its own lead, and by no other', async () => {
    const other = (await admin.browser.request('POST', '/api/teams', { name: 'DBA', kind: 'dba' })).json()
    const refused = await lead.browser.request('PATCH', `/api/teams/${other.id}`, { name: 'Taken' })
    expect([refused.statusCode, refused.json().detail]).toEqual([
      403,
      'Only a lead of DBA or an administrator may change it.',
    ])
    expect(
      (await lead.browser.request('PUT', `/api/teams/${other.id}/members/${lead.id}`, { role: 'lead' })).statusCode,
    ).toBe(403)
    const changed = await lead.browser.request('PATCH', `/api/teams/${l2.id}`, { description: 'Second line' })
    expect(changed.json()).toMatchObject({ description: 'Second line', slug: 'l2-equites-london' })
    expect((await log(house, 'team.changed')).at(-1)).toBe(
      'team.changed: Tomás Ř. changed description from nothing to Second line of the team L2 Équités (London).',
    )
    expect(
      (await lead.browser.request('PATCH', `/api/teams/${l2.id}`, { name: 'Late' }, { 'if-match': '"v1"' })).statusCode,
    ).toBe(412)
    expect((await admin.browser.request('PATCH', `/api/teams/${newId()}`, { name: 'None' })).statusCode).toBe(404)
  })

  it('gives its members their role from the next request on, and takes it away again', async () => {
    expect((await aiko.browser.request('GET', '/api/teams')).statusCode).toBe(403)
    const member = `/api/teams/${l2.id}/members/${aiko.id}`
    const joined = await lead.browser.request('PUT', member, { role: 'responder' })
    expect(joined.json().members).toEqual([
      { id: lead.id, name: 'Tomás Ř.', email: lead.email, role: 'lead', state: 'active' },
      { id: aiko.id, name: 'Aiko T.', email: aiko.email, role: 'responder', state: 'active' },
    ])
    expect(
      (await aiko.browser.request('GET', '/api/teams')).json().items.find((t: { id: string }) => t.id === l2.id),
    ).toMatchObject({ members: 2, leads: ['Tomás Ř.'] })
    expect((await aiko.browser.request('PATCH', `/api/teams/${l2.id}`, { name: 'Mine' })).statusCode).toBe(403)
    await lead.browser.request('PUT', member, { role: 'lead' })
    await lead.browser.request('PUT', member, { role: 'lead' })
    expect((await aiko.browser.request('PATCH', `/api/teams/${l2.id}`, { kind: 'l3' })).json().kind).toBe('l3')
    await lead.browser.request('DELETE', member)
    await lead.browser.request('DELETE', member)
    expect((await aiko.browser.request('GET', '/api/teams')).statusCode).toBe(403)
    expect((await log(house)).filter((l) => l.includes('Aiko T.') && l.startsWith('team.member'))).toEqual([
      'team.member_set: Tomás Ř. put Aiko T. into the team L2 Équités (London) as responder.',
      'team.member_set: Tomás Ř. made Aiko T. lead of the team L2 Équités (London); before: responder.',
      'team.member_removed: Tomás Ř. took Aiko T. out of the team L2 Équités (London).',
    ])
    const about = await house.platform.db
      .selectFrom('event_about')
      .select('ref')
      .where('ref', '=', `user:${aiko.id}`)
      .execute()
    expect(about.length).toBeGreaterThanOrEqual(4)
    expect((await admin.browser.request('PUT', `/api/teams/${l2.id}/members/${newId()}`, {})).statusCode).toBe(404)
  })

  it('grants nothing while it is archived, and is taken into use again with its members', async () => {
    const team = (await admin.browser.request('POST', '/api/teams', { name: 'Night desk', kind: 'l1' })).json()
    await admin.browser.request('PUT', `/api/teams/${team.id}/members/${aiko.id}`, {})
    expect((await aiko.browser.request('GET', '/api/teams')).statusCode).toBe(200)
    const archived = await admin.browser.request('POST', `/api/teams/${team.id}/archival`)
    expect(archived.json()).toMatchObject({ archived: true })
    expect((await admin.browser.request('POST', `/api/teams/${team.id}/archival`)).json()).toEqual(archived.json())
    expect((await aiko.browser.request('GET', '/api/teams')).statusCode).toBe(403)
    expect((await aiko.browser.request('GET', '/api/me')).json().teams).toEqual([])
    const names = async (q: string) =>
      (await admin.browser.request('GET', `/api/teams?${q}`)).json().items.map((t: { name: string }) => t.name)
    expect(await names('search=night')).toEqual([])
    expect(await names('archived=yes')).toEqual(['Night desk'])
    await admin.browser.request('DELETE', `/api/teams/${team.id}/archival`)
    expect((await aiko.browser.request('GET', '/api/teams')).statusCode).toBe(200)
    expect(await names('search=NIGHT')).toEqual(['Night desk'])
  })

  it('comes page by page', async () => {
    const first = (await admin.browser.request('GET', '/api/teams?limit=2')).json()
    const second = (await admin.browser.request('GET', `/api/teams?limit=2&cursor=${first.next}`)).json()
    const all = (await admin.browser.request('GET', '/api/teams?limit=50')).json()
    expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 4))
    expect(all.next).toBeNull()
  })
})
