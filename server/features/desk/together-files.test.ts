import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesIn } from '../../../test/harness/attachments.ts'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'

/** What stands on one ticket is read by nobody through another that it was merged with, or is the parent of. */

let house: DeskHouse
let files: ReturnType<typeof filesIn>
beforeAll(async () => {
  house = await deskHouse()
  files = filesIn(house)
})
afterAll(() => house.close())

type Who = 'priya' | 'laurent' | 'brandt'
const post = async (who: Who, path: string, body: object) => {
  const answer = await house.as(who)('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}
const open = async (who: Who, more: object = {}) =>
  (await post(who, '/tickets', { title: 'No prices', serviceId: house.cast.orders.id, ...more })).ticket
    .number as string
/** Sends a file along, and answers its id. */
const attach = async (who: Who, number: string, how: 'replies' | 'notes', more: object = {}) => {
  const id = await files.send(who, 'shown.txt', `${who} ${number} ${how}`)
  await post(who, `/tickets/${number}/${how}`, { body: `${who} says`, attachments: [id], ...more })
  return id
}
const reads = async (who: Who, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await files.ask(who, 'GET', `/${id}`)).status))

describe.each(['merges', 'children'] as const)('files through %s', (how) => {
  it('what the desk told all is read by all, and nothing else', async () => {
    const opening = await files.send('brandt', 'mine.txt', 'opening')
    const top = await open('brandt', { attachments: [opening] })
    const his = await attach('brandt', top, 'replies')
    const before = await attach('priya', top, 'replies')
    const other = await open('laurent')
    const laurents = await attach('laurent', other, 'replies')
    await post('priya', `/tickets/${top}/${how}`, { tickets: [other] })
    const note = await attach('priya', top, 'notes')
    const toAll = await attach('priya', top, 'replies', how === 'children' ? { toChildren: true } : {})
    const later = await attach('laurent', other, 'replies')
    expect(await reads('laurent', [toAll, laurents, later])).toEqual([200, 200, 200])
    expect(await reads('laurent', [opening, his, before, note])).toEqual([404, 404, 404, 404])
    expect(await reads('brandt', [opening, his, before, toAll])).toEqual([200, 200, 200, 200])
    expect(await reads('brandt', [laurents, later, note])).toEqual([404, 404, 404])
    expect(await reads('priya', [opening, his, before, note, toAll, laurents, later])).toEqual(Array(7).fill(200))
    if (how === 'children') {
      const toOne = await attach('priya', top, 'replies')
      expect(await reads('laurent', [toOne])).toEqual([404])
    }
    const seen = (await house.as('laurent')('GET', `/tickets/${other}`)).body
    expect(JSON.stringify(seen)).toContain(toAll)
    for (const id of [opening, his, before, note]) expect(JSON.stringify(seen)).not.toContain(id)
    // A file that is taken away is away for all whom it was told to.
    expect((await house.as('priya')('DELETE', `/attachments/${toAll}`)).status).toBe(200)
    expect(await reads('laurent', [toAll])).toEqual([404])
  })
})

it('whoever said of a duplicate that it hurts reads of the other what is told from then on', async () => {
  const urgent = { impact: 'high', urgency: 'high', page: false }
  const [top, double] = [await open('priya', urgent), await open('priya', urgent)]
  await house.as('brandt')('PUT', `/disturbances/${double}/affected/me`, {})
  await post('priya', `/tickets/${top}/replies`, { body: 'Told to others before' })
  await house.advance({ minutes: 1 })
  const { undo } = await post('priya', `/tickets/${top}/merges`, { tickets: [double] })
  await house.advance({ minutes: 1 })
  await post('priya', `/tickets/${top}/replies`, { body: 'Told to all of them' })
  const words = async () => JSON.stringify((await house.as('brandt')('GET', `/disturbances/${top}`)).body.words)
  expect(await words()).toContain('Told to all of them')
  expect(await words()).not.toContain('Told to others before')
  expect((await house.as('priya')('GET', `/tickets/${top}`)).body).toMatchObject({ affected: 1 })
  expect((await house.as('priya')('DELETE', `/tickets/${top}/merges`, undo.input)).status).toBe(200)
  expect((await house.as('priya')('GET', `/tickets/${top}`)).body.affected).toBe(0)
  expect((await house.as('priya')('GET', `/tickets/${double}`)).body.affected).toBe(1)
})
