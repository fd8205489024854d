import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../../test/harness/desk.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
  const { markets, lena } = house.cast
  await house.platform.db
    .insertInto('team_members')
    .values({ team_id: markets.id, user_id: lena.id, role: 'lead' })
    .execute()
})
afterAll(() => house.close())

type Who = keyof DeskHouse['cast']['actors']
const seenBy = async (who: Who) =>
  (await house.as(who)('GET', '/tickets/views')).body.items.map((v: { name: string; mayChange: boolean }) =>
    v.mayChange ? v.name : `${v.name} (to read)`,
  )
const save = async (who: Who, name: string, teamId: string | null = null) =>
  (await house.as(who)('POST', '/tickets/views', { name, filter: 'state:open priority:<=2', teamId })).body

it('keeps a filter for oneself, or for a team, whose lead may change it', async () => {
  const { markets, dba } = house.cast
  await save('priya', 'Mine alone')
  const shared = await save('priya', 'Hot', markets.id)
  expect(await seenBy('priya')).toEqual(['Mine alone', 'Hot'])
  expect(await seenBy('lena')).toEqual(['Hot'])
  expect(await seenBy('tom')).toEqual([])
  expect((await house.as('tom')('PATCH', `/tickets/views/${shared.id}`, { name: 'Cold' })).status).toBe(404)
  expect((await house.as('lena')('PATCH', `/tickets/views/${shared.id}`, { name: 'Hotter' })).body).toMatchObject({
    name: 'Hotter',
    team: { name: 'L2 markets' },
    version: 2,
  })
  const stale = await house.as('priya')('PATCH', `/tickets/views/${shared.id}`, { name: 'Old' }, { 'if-match': '"v1"' })
  expect(stale.status).toBe(412)
  const foreign = await house.as('priya')('POST', '/tickets/views', { name: 'X', filter: 'a', teamId: dba.id })
  expect(foreign.body.detail).toContain('is no team of yours')
  expect((await house.as('priya')('DELETE', `/tickets/views/${shared.id}`)).status).toBe(200)
  expect(await seenBy('lena')).toEqual([])
})

it('is nothing for a key, and a member who is no lead only reads', async () => {
  const { markets, tom } = house.cast
  await save('lena', 'Of the lead', markets.id)
  await house.platform.db
    .insertInto('team_members')
    .values({ team_id: markets.id, user_id: tom.id, role: 'responder' })
    .execute()
  expect(await seenBy('tom')).toEqual(['Of the lead (to read)'])
  const [view] = (await house.as('tom')('GET', '/tickets/views')).body.items
  expect((await house.as('tom')('DELETE', `/tickets/views/${view.id}`)).status).toBe(403)
  expect(await seenBy('key')).toEqual([])
})

it('counts what a filter finds, under the reader’s own scope', async () => {
  for (const title of ['One', 'Two'])
    await house.as('laurent')('POST', '/tickets', { title, serviceId: house.cast.orders.id })
  await house.as('brandt')('POST', '/tickets', { title: 'Three' })
  const count = async (who: Who, query: string) => (await house.as(who)('GET', `/tickets/count?${query}`)).body.count
  expect(await count('priya', 'view=open')).toBe(3)
  expect(await count('priya', `view=open&serviceId=${house.cast.orders.id}`)).toBe(2)
  expect(await count('priya', 'view=unassigned&priority=1')).toBe(2)
  expect(await count('brandt', 'view=open')).toBe(1)
})
