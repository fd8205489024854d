import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { filesIn } from '../../../../test/harness/attachments.ts'
import { type DeskHouse, deskHouse } from '../../../../test/harness/desk.ts'

/** What everybody may know of trouble with a service, and those who say that it hurts them too. */

const SECRET = 'mdgw-02 was patched without a change'
let house: DeskHouse
let n = 0
beforeAll(async () => {
  house = await deskHouse()
})
// What the test before left is over.
beforeEach(async () => {
  await house.platform.db.deleteFrom('affected_people').execute()
  await house.platform.db.updateTable('tickets').set({ state: 'closed' }).execute()
})
afterAll(() => house.close())

const urgent = { impact: 'high', urgency: 'high', page: false }
const open = async (who: 'priya' | 'laurent' | 'brandt', more: object = {}) => {
  const { status, body } = await house.as(who)('POST', '/tickets', {
    title: `${SECRET} ${++n}`,
    description: SECRET,
    serviceId: house.cast.orders.id,
    ...(who === 'priya' ? urgent : {}),
    ...more,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.ticket.number as string
}
const known = async (who: 'laurent' | 'brandt' | 'priya' = 'brandt') =>
  (await house.as(who)('GET', '/disturbances')).body.items
const see = (who: 'laurent' | 'brandt', number: string) => house.as(who)('GET', `/disturbances/${number}`)
const join = (who: 'laurent' | 'brandt' | 'priya' | 'key', number: string) =>
  house.as(who)('PUT', `/disturbances/${number}/affected/me`, {})
const judge = (number: string) => house.as('priya')('PATCH', `/tickets/${number}`, { impact: 'high' })
const asPriya = (number: string, path: string, body: object = {}) =>
  house.as('priya')('POST', `/tickets/${number}/${path}`, body)

describe('what is known', () => {
  it('is theirs already who have a ticket under it, or one that was merged into it', async () => {
    const number = await open('priya')
    const [under, double] = [await open('laurent'), await open('brandt', { title: 'No prices' })]
    await asPriya(number, 'children', { tickets: [under] })
    await asPriya(number, 'merges', { tickets: [double] })
    expect(await known('laurent')).toMatchObject([{ number, mine: 'asked', myTicket: under }])
    expect(await known('brandt')).toMatchObject([{ number, mine: 'asked', myTicket: double }])
    expect(await known('priya')).toMatchObject([{ number, mine: null, myTicket: null }])
  })

  it('is the service and since when: no word of the ticket, and its number opens nothing', async () => {
    const number = await open('priya')
    expect(await known()).toEqual([
      {
        id: expect.any(String),
        number,
        service: { id: house.cast.orders.id, name: 'Equities order entry' },
        since: '2026-11-23T07:12:00Z',
        state: 'new',
        overAt: null,
        units: [],
        nextUpdateAt: null,
        mine: null,
        myTicket: null,
      },
    ])
    const seen = await see('brandt', number)
    expect(seen.body).toMatchObject({ words: [], resolution: null })
    expect(JSON.stringify(seen)).not.toContain(SECRET)
    expect((await house.as('brandt')('GET', `/tickets/${number}`)).status).toBe(404)
  })

  it.each<[string, object]>([
    ['not urgent', { impact: 'low', urgency: 'low' }],
    ['not in production', { environment: 'uat' }],
    ['a request', { kind: 'request' }],
    ['of no service', { serviceId: undefined }],
  ])('is nothing that is %s', async (_, more) => {
    await open('priya', more)
    expect(await known()).toEqual([])
  })

  it('is nothing that one person reported, before the desk has judged it', async () => {
    const number = await open('laurent')
    const { body } = await house.as('priya')('GET', `/tickets/${number}`)
    expect(body.priority).toBeLessThanOrEqual(2)
    expect(await known()).toEqual([])
    expect((await join('brandt', number)).status).toBe(404)
    await asPriya(number, 'assignee')
    expect(await known()).toEqual([])
    await judge(number)
    expect(await known()).toMatchObject([{ number, state: 'in_progress', mine: null }])
    expect(await known('laurent')).toMatchObject([{ number, mine: 'asked' }])
  })

  it('is one line a service, the most pressing first', async () => {
    await open('priya', { urgency: 'medium' })
    const worse = await open('priya')
    const other = await open('priya', { serviceId: house.cast.wiki.id })
    expect((await known()).map((d: { number: string }) => d.number).sort()).toEqual([worse, other].sort())
  })
})

describe('saying that it hurts me too', () => {
  it('counts me once, and I read what the desk tells from then on, and nothing else', async () => {
    const number = await open('laurent')
    await judge(number)
    await asPriya(number, 'replies', { body: 'Told before Brandt came' })
    await house.advance({ minutes: 1 })
    expect((await join('brandt', number)).body.disturbance.mine).toBe('affected')
    expect((await join('brandt', number)).status).toBe(200)
    const files = filesIn(house)
    const [shown, hidden] = [await files.send('priya', 'how to.txt', 'x'), await files.send('priya', 'log.txt', 'x')]
    await asPriya(number, 'notes', { body: SECRET, attachments: [hidden] })
    await house.as('laurent')('POST', `/tickets/${number}/replies`, { body: `My account: ${SECRET}` })
    await asPriya(number, 'replies', { body: 'Voice to New York works', attachments: [shown] })

    const { body } = await see('brandt', number)
    expect(body).toMatchObject({
      mine: 'affected',
      words: [{ author: 'Priya Nair', body: 'Voice to New York works', attachments: [{ name: 'how to.txt' }] }],
    })
    const events = await house.as('brandt')('GET', '/events?limit=200')
    expect(JSON.stringify(events.body)).toContain('Voice to New York works')
    for (const answer of [body, events.body]) {
      expect(JSON.stringify(answer)).not.toContain(SECRET)
      expect(JSON.stringify(answer)).not.toContain('Told before')
    }
    expect((await files.ask('brandt', 'GET', `/${shown}`)).status).toBe(200)
    expect((await files.ask('brandt', 'GET', `/${hidden}`)).status).toBe(404)
    for (const path of ['', '/timeline'])
      expect((await house.as('brandt')('GET', `/tickets/${number}${path}`)).status).toBe(404)

    const desk = (await house.as('priya')('GET', `/tickets/${number}`)).body
    expect(desk).toMatchObject({ affected: 1, marks: { callers: { count: 2 } } })
    const { items } = (await house.as('priya')('GET', `/tickets/${number}/timeline`)).body
    expect(JSON.stringify(items)).toContain('L. Brandt says that it hurts them too; 1 said so.')
  })

  it('is told the end for a day, then it is over; what became less urgent goes on for those whom it hurt', async () => {
    const number = await open('priya')
    await join('brandt', number)
    await house.as('priya')('PATCH', `/tickets/${number}`, { urgency: 'low' })
    expect(await known('laurent')).toEqual([])
    expect(await known('brandt')).toMatchObject([{ number, mine: 'affected' }])
    await asPriya(number, 'resolution', { resolution: 'Restarted the gateway' })
    expect((await see('brandt', number)).body).toMatchObject({ state: 'resolved', resolution: 'Restarted the gateway' })
    expect(await known('brandt')).toMatchObject([{ number, state: 'resolved', overAt: expect.any(String) }])
    expect((await see('laurent', number)).status).toBe(404)
    const yesterday = house.clock.now().subtract({ hours: 25 })
    await house.platform.db
      .updateTable('tickets')
      .set({ resolved_at: yesterday })
      .where('number', '=', number)
      .execute()
    expect(await known('brandt')).toEqual([])
  })

  it('is taken back; one’s own ticket needs it not; a key is no person', async () => {
    const number = await open('laurent')
    await judge(number)
    await join('brandt', number)
    expect((await house.as('brandt')('DELETE', `/disturbances/${number}/affected/me`)).body.disturbance.mine).toBeNull()
    expect((await house.as('priya')('GET', `/tickets/${number}`)).body).toMatchObject({ affected: 0, marks: {} })
    expect((await join('laurent', number)).body.disturbance.mine).toBe('asked')
    expect((await house.as('priya')('GET', `/tickets/${number}`)).body.affected).toBe(0)
    expect((await join('key', number)).status).toBe(403)
  })

  it('counts each of many who say it at once', async () => {
    const number = await open('priya')
    await Promise.all((['laurent', 'brandt', 'priya', 'laurent', 'brandt'] as const).map((who) => join(who, number)))
    expect((await house.as('priya')('GET', `/tickets/${number}`)).body.marks.callers).toEqual({ count: 3 })
  })
})
