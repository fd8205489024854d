import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

const open = async (input: object = {}) => {
  const { status, body } = await house.as('priya')('POST', '/tickets', { title: 'No prices', ...input })
  expect(status).toBe(201)
  return body.ticket as { id: string; number: string; version: number }
}

describe('the routes', () => {
  it('lead a ticket through its life, by number', async () => {
    const { number } = await open({ serviceId: house.cast.orders.id })
    const priya = house.as('priya')
    const steps: [Parameters<typeof priya>[0], string, unknown, string][] = [
      ['POST', 'assignee', undefined, 'in_progress'],
      ['DELETE', 'assignee', undefined, 'in_progress'],
      ['PUT', 'assignee', { userId: house.cast.tom.id }, 'in_progress'],
      ['PUT', 'team', { teamId: house.cast.dba.id }, 'in_progress'],
      ['POST', 'pending', { reason: 'user', until: '2026-11-24T09:00:00+01:00' }, 'pending'],
      ['DELETE', 'pending', undefined, 'in_progress'],
      ['POST', 'notes', { body: 'A <b>note</b> with 😀 and \u0000' }, 'in_progress'],
      ['POST', 'replies', { body: 'Hello' }, 'in_progress'],
      ['PUT', 'watchers/me', {}, 'in_progress'],
      ['DELETE', 'watchers/me', undefined, 'in_progress'],
      ['POST', 'resolution', { resolution: 'Restarted' }, 'resolved'],
      ['DELETE', 'resolution', { reason: 'Too early' }, 'in_progress'],
      ['POST', 'resolution', { resolution: 'Restarted twice' }, 'resolved'],
      ['POST', 'closure', undefined, 'closed'],
      ['DELETE', 'closure', undefined, 'resolved'],
    ]
    for (const [method, path, body, state] of steps) {
      const answer = await priya(method, `/tickets/${number}/${path}`, body)
      expect([method, path, answer.status, answer.body.ticket?.state]).toEqual([method, path, 200, state])
      expect(answer.headers.etag).toBe(`"v${answer.body.version}"`)
    }
    const read = await priya('GET', `/tickets/${number.toLowerCase()}`)
    expect(read.body).toMatchObject({ number, state: 'resolved', resolution: 'Restarted twice' })
    expect(read.headers.etag).toBe(`"v${read.body.version}"`)
    expect(read.body.messages.map((m: { body: string }) => m.body)).toEqual([
      'A <b>note</b> with 😀 and \ufffd',
      'Hello',
    ])
    const cancelled = await open()
    const answer = await priya('POST', `/tickets/${cancelled.id}/cancellation`, { reason: 'Twice' })
    expect(answer.body.ticket.state).toBe('cancelled')
    expect((await priya('PATCH', `/tickets/${cancelled.id}`, { title: 'x' })).status).toBe(409)
  })

  it('page through a timeline in which replies and notes carry their text', async () => {
    const { id } = await open()
    const priya = house.as('priya')
    for (let n = 1; n <= 5; n++) await priya('POST', `/tickets/${id}/notes`, { body: `Note ${n}` })
    const seen: { type: string; data: { body?: string } }[] = []
    for (let cursor = ''; ; ) {
      const { body } = await priya('GET', `/tickets/${id}/timeline?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.items)
      if (!body.next) break
      cursor = body.next
    }
    expect(seen.map((e) => e.data.body ?? e.type)).toEqual([
      'Note 5',
      'Note 4',
      'Note 3',
      'Note 2',
      'Note 1',
      'ticket.priority_changed',
      'ticket.opened',
    ])
  })

  it('count, and list', async () => {
    const { body } = await house.as('priya')('GET', '/tickets/counts')
    expect(body).toMatchObject({ mine: expect.any(Number), open: expect.any(Number) })
    const list = await house.as('priya')('GET', '/tickets?view=open&priority=5&limit=1')
    expect(list.body.items).toHaveLength(1)
  })

  it('open once for the same Idempotency-Key', async () => {
    const send = () => house.as('priya')('POST', '/tickets', { title: 'Once' }, { 'idempotency-key': 'once' })
    const [a, b] = [await send(), await send()]
    expect(b.body).toEqual(a.body)
  })

  it.each([
    ['GET', '/tickets/nonsense', undefined, 422, 'id: must be the id or the number of a ticket, such as INC-12'],
    ['GET', '/tickets/INC-999999', undefined, 404, 'The ticket INC-999999 was not found, or you may not see it.'],
    [
      'GET',
      '/tickets?view=all',
      undefined,
      422,
      'view: must be open, mine, helping, team, unassigned, escalated, snoozed, requested or recent',
    ],
    ['GET', '/tickets?q=ab', undefined, 422, 'q: must have at least 3 characters'],
    ['GET', '/tickets?priority=P1', undefined, 422, 'priority: must be 1, 2, 3, 4 or 5'],
    [
      'GET',
      '/tickets?state=open',
      undefined,
      422,
      'state: must be new, in_progress, pending, resolved, closed or cancelled; several with commas',
    ],
    ['GET', '/tickets?notPriorities=1,6', undefined, 422, 'notPriorities.1: must be 1, 2, 3, 4 or 5'],
    ['GET', '/tickets?due=4h', undefined, 422, 'due.0: must be overdue, today, none, or less than a time such as <30m'],
    ['GET', '/tickets?cursor=WzEsMl0', undefined, 400, 'cursor: this is not a cursor'],
    ['GET', '/tickets?limit=201', undefined, 422, 'limit: must be at most 200'],
    ['POST', '/tickets', { title: 'x'.repeat(201) }, 422, 'title: must have at most 200 characters'],
    ['POST', '/tickets', {}, 422, 'title: '],
  ] as const)('%s %s is answered with what to mend', async (method, url, body, status, detail) => {
    const answer = await house.as('priya')(method, url, body)
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(detail)])
  })
})

describe('two people at once', () => {
  it('by If-Match, the second is told that it has changed, by whom and when', async () => {
    const { id, number } = await open()
    const v1 = { 'if-match': '"v1"' }
    const both = await Promise.all([
      house.as('priya')('POST', `/tickets/${id}/replies`, { body: 'From Priya' }, v1),
      house.as('tom')('POST', `/tickets/${id}/replies`, { body: 'From Tom' }, v1),
    ])
    expect(both.map((a) => a.status).sort()).toEqual([200, 412])
    const first = both[0].status === 200 ? 'Priya Nair' : 'Tom Marsh'
    expect(both.find((a) => a.status === 412)?.body.detail).toBe(
      `${number} has changed since you read it. ${first} was the last to change it, at 23 Nov 2026 07:12 UTC. Load it again.`,
    )
    expect((await house.as('priya')('GET', `/tickets/${id}`)).body.messages).toHaveLength(1)
  })

  it('without If-Match both replies stand, and neither is lost', async () => {
    const { id } = await open()
    const both = await Promise.all(
      (['priya', 'tom', 'lena'] as const).map((who) =>
        house.as(who)('POST', `/tickets/${id}/replies`, { body: `From ${who}` }),
      ),
    )
    expect(both.map((a) => a.status)).toEqual([200, 200, 200])
    const seen = (await house.as('priya')('GET', `/tickets/${id}`)).body
    expect([seen.version, seen.messages.length]).toEqual([4, 3])
    const { body } = await house.as('priya')('GET', `/tickets/${id}/timeline`)
    expect(body.items.filter((e: { data: { firstResponse?: boolean } }) => e.data.firstResponse)).toHaveLength(1)
  })

  it('without If-Match one resolves, and the other is told who did and when', async () => {
    const { id, number } = await open()
    const both = await Promise.all([
      house.as('priya')('POST', `/tickets/${id}/resolution`, { resolution: 'By Priya' }),
      house.as('tom')('POST', `/tickets/${id}/resolution`, { resolution: 'By Tom' }),
    ])
    expect(both.map((a) => a.status).sort()).toEqual([200, 409])
    const first = both[0].status === 200 ? 'Priya Nair' : 'Tom Marsh'
    expect(both.find((a) => a.status === 409)?.body.detail).toBe(
      `${number} is resolved already. ${first} resolved it at 23 Nov 2026 07:12 UTC.`,
    )
  })

  it('a reply that comes while somebody closes is either on the ticket or opens a new one', async () => {
    const asked = await house.as('laurent')('POST', '/tickets', { title: 'Blotter' })
    const { id } = asked.body.ticket
    await house.as('priya')('POST', `/tickets/${id}/resolution`, { resolution: 'Restarted' })
    const [reply, close] = await Promise.all([
      house.as('laurent')('POST', `/tickets/${id}/replies`, { body: 'Not solved' }),
      house.as('priya')('POST', `/tickets/${id}/closure`),
    ])
    const { body } = await house.as('priya')('GET', `/tickets/${id}`)
    if (close.status === 200)
      expect([body.state, reply.body.followUp?.number]).toEqual(['closed', expect.stringMatching(/^INC-/)])
    else expect([close.status, body.state, reply.body.ticket.state]).toEqual([409, 'in_progress', 'in_progress'])
  })
})
