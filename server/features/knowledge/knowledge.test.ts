import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

type Written = { id: string; number: string; version: number }
const write = async (body: object, publish = true): Promise<Written> => {
  const made = await house.as('priya')('POST', '/knowledge', body)
  expect([made.status, made.body.detail]).toEqual([201, undefined])
  if (!publish) return made.body
  const out = await house.as('priya')('POST', `/knowledge/${made.body.number}/publication`)
  expect([out.status, out.body.detail]).toEqual([200, undefined])
  return out.body
}
const article = (title: string, more: object = {}) => ({ kind: 'article', title, body: `About ${title}.`, ...more })
const knownError = (title: string, more: object = {}) => ({
  kind: 'known_error',
  title,
  symptoms: title,
  workaround: 'Restart the **price bridge**.',
  answer: 'Please price by _voice_.',
  ...more,
})
const fieldOf = (answer: { body: { errors?: { field: string }[]; detail?: string } }) => answer.body.detail

describe('writing', () => {
  it('begins with a draft of its own number, and is read by either', async () => {
    const made = await write(article('How to read the blotter', { tags: ['Blotter', 'blotter'] }), false)
    expect(made).toMatchObject({ state: 'draft', version: 1, tags: ['blotter'], can: { publish: null } })
    expect(made.number).toMatch(/^KB-\d+$/)
    const read = await house.as('tom')('GET', `/knowledge/${made.number.toLowerCase()}`)
    expect(read.body.id).toBe(made.id)
    expect(read.headers.etag).toBe('"v1"')
  })

  it.each([
    [{ kind: 'known_error', title: 'x', audience: 'requester' }, 'audience'],
    [{ kind: 'article', title: 'x', symptoms: 'y' }, 'symptoms'],
    [{ kind: 'article', title: 'x', steps: [{ id: 'a', kind: 'do', title: 'y' }] }, 'steps'],
    [{ kind: 'article', title: 'x', serviceIds: [crypto.randomUUID()] }, 'serviceIds'],
    [{ kind: 'article', title: 'x', teamId: crypto.randomUUID() }, 'teamId'],
    [{ kind: 'article', title: '' }, 'title'],
    [{ kind: 'article', title: 'x', reviewBy: '2027-02-30' }, 'reviewBy'],
    [{ kind: 'runbook', title: 'x', steps: [{ id: 'a', kind: 'decide', title: 'y' }] }, 'options'],
    [
      {
        kind: 'runbook',
        title: 'x',
        steps: [
          { id: 'a', kind: 'do', title: 'y' },
          {
            id: 'b',
            kind: 'decide',
            title: 'z',
            options: [{ label: 'yes', goTo: 'a' }, { label: 'no' }],
          },
        ],
      },
      'goTo',
    ],
  ])('refuses %j', async (body, field) => {
    const answer = await house.as('priya')('POST', '/knowledge', body)
    expect(answer.status).toBe(422)
    expect(fieldOf(answer)).toContain(field)
  })

  it('publishes nothing that says nothing', async () => {
    for (const body of [
      { kind: 'article', title: 'Empty' },
      { kind: 'runbook', title: 'Empty' },
      { kind: 'known_error', title: 'Empty' },
    ]) {
      const made = await write(body, false)
      const answer = await house.as('priya')('POST', `/knowledge/${made.id}/publication`)
      expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('before you publish it')])
    }
  })

  it('is retired, brought back as a draft, and changed only while it is not retired', async () => {
    const made = await write(article('The old way'))
    const priya = house.as('priya')
    expect((await priya('POST', `/knowledge/${made.id}/retirement`)).body.state).toBe('retired')
    expect((await priya('POST', `/knowledge/${made.id}/retirement`)).status).toBe(409)
    expect((await priya('PATCH', `/knowledge/${made.id}`, { title: 'y' })).status).toBe(409)
    expect((await priya('DELETE', `/knowledge/${made.id}/retirement`)).body.state).toBe('draft')
  })
})

describe('versions', () => {
  it('are kept whole with who, when and why, and an earlier one can be taken again', async () => {
    const made = await write(knownError('Positions stand still', { serviceIds: [house.cast.orders.id] }))
    const priya = house.as('priya')
    const changed = await house.as('tom')('PATCH', `/knowledge/${made.id}`, {
      workaround: 'Fail over to mdgw-02.',
      serviceIds: [],
      why: 'The bridge is gone.',
    })
    expect(changed.body).toMatchObject({ version: 2, workaround: 'Fail over to mdgw-02.', state: 'published' })
    const { body } = await priya('GET', `/knowledge/${made.id}/versions`)
    expect(body.items).toMatchObject([
      { version: 2, why: 'The bridge is gone.', by: { name: 'Tom Marsh' } },
      { version: 1, by: { name: 'Priya Nair' } },
    ])
    const first = await priya('GET', `/knowledge/${made.id}/versions/1`)
    expect(first.body).toMatchObject({
      words: { workaround: 'Restart the **price bridge**.' },
      services: [{ id: house.cast.orders.id }],
    })
    const restored = await priya('POST', `/knowledge/${made.id}/versions/1/restoration`)
    expect(restored.body).toMatchObject({
      version: 3,
      workaround: 'Restart the **price bridge**.',
      services: [{ id: house.cast.orders.id }],
    })
    expect((await priya('GET', `/knowledge/${made.id}/versions/9`)).status).toBe(404)
    const pages = await priya('GET', `/knowledge/${made.id}/versions?limit=2`)
    expect((await priya('GET', `/knowledge/${made.id}/versions?cursor=${pages.body.next}`)).body.items).toHaveLength(1)
  })

  it('of two editors the second is told, and nothing of the first is lost', async () => {
    const made = await write(article('Two at once'))
    const [one, two] = await Promise.all(
      (['priya', 'tom'] as const).map((who) =>
        house.as(who)('PATCH', `/knowledge/${made.id}`, { body: `By ${who}` }, { 'if-match': '"v1"' }),
      ),
    )
    expect([one?.status, two?.status].sort()).toEqual([200, 412])
    const lost = one?.status === 412 ? one : two
    expect(lost?.body.detail).toMatch(/^(Priya Nair|Tom Marsh) has changed KB-\d+ since you read it/)
    expect((await house.as('priya')('GET', `/knowledge/${made.id}/versions`)).body.items).toHaveLength(2)
  })

  it('what is saved without a change makes none', async () => {
    const made = await write(article('The same again'))
    const answer = await house.as('priya')('PATCH', `/knowledge/${made.id}`, { title: 'The same again', why: 'x' })
    expect(answer.body.version).toBe(1)
  })
})

describe('who reads', () => {
  it('requesters read articles that were published for them, and nothing else of them', async () => {
    const laurent = house.as('laurent')
    const theirs = await write(article('Reset your own token', { audience: 'requester' }))
    const others = [
      await write(article('Reset any token')),
      await write(article('Reset a token, draft', { audience: 'requester' }), false),
      await write(knownError('Token resets fail')),
    ]
    expect((await laurent('GET', `/knowledge/${theirs.id}`)).body).toMatchObject({ team: null, updatedBy: null })
    for (const { id } of others) expect((await laurent('GET', `/knowledge/${id}`)).status).toBe(404)
    const { body } = await laurent('GET', '/knowledge?q=token')
    expect(body.items.map((i: Written) => i.id)).toEqual([theirs.id])
    const suggested = await laurent('GET', '/knowledge/suggestions?text=reset%20my%20token')
    expect(suggested.body.items.map((i: Written) => i.id)).toEqual([theirs.id])
    expect((await laurent('GET', `/knowledge/${theirs.id}/versions`)).status).toBe(404)
    expect((await laurent('POST', '/knowledge', article('Mine'))).status).toBe(403)
    expect((await laurent('PATCH', `/knowledge/${theirs.id}`, { title: 'x' })).status).toBe(403)
  })
})

describe('the list', () => {
  it('finds begun words, typing mistakes and numbers, and shows where', async () => {
    const made = await write(
      knownError('Reconciliation breaks after the calendar roll', { cause: 'Holiday feed late' }),
    )
    const find = async (q: string) => {
      const { body } = await house.as('priya')('GET', `/knowledge?q=${encodeURIComponent(q)}`)
      return body.items as { id: string; headline: { text: string; hit: boolean }[] }[]
    }
    for (const q of ['reconcil', 'calendar roll', 'reconcilation', made.number.toLowerCase(), 'holiday fe'])
      expect((await find(q)).map((i) => i.id)).toContain(made.id)
    const [hit] = await find('holiday')
    expect(hit?.headline.find((p) => p.hit)?.text).toBe('Holiday')
    for (const q of ["'); drop table x; --", '& | ! :*', '\\', "o'brien:", '%', '<->', '😀'])
      expect(await find(q)).toBeDefined()
  })

  it('pages without a gap, by words and without', async () => {
    for (let n = 1; n <= 7; n++) await write(article(`Paged thing ${n}`, { tags: ['paged'] }))
    for (const q of ['tag=paged', 'q=paged', 'tag=paged&kind=article&state=published']) {
      const seen = new Set<string>()
      for (let cursor = ''; ; ) {
        const { body } = await house.as('priya')('GET', `/knowledge?${q}&limit=3${cursor && `&cursor=${cursor}`}`)
        for (const i of body.items) seen.add(i.id)
        if (!body.next) break
        cursor = body.next
      }
      expect([q, seen.size]).toEqual([q, 7])
    }
    expect((await house.as('priya')('GET', '/knowledge?q=paged&cursor=abc')).status).toBe(400)
  })

  it('tells what must be looked at again', async () => {
    const made = await write(article('Old habits', { reviewBy: '2026-11-20' }))
    const later = await write(article('New habits', { reviewBy: '2027-11-20' }))
    const { body } = await house.as('priya')('GET', '/knowledge?review=due')
    const ids = body.items.map((i: Written) => i.id)
    expect(ids).toContain(made.id)
    expect(ids).not.toContain(later.id)
    expect(body.items[0].reviewDue).toBe(true)
  })
})

describe('suggestions', () => {
  it('say why, prefer the same service, and leave out drafts and what only shares a common word', async () => {
    const serviceIds = [house.cast.orders.id]
    const right = await write(
      knownError('Blotters show no prices since the multicast subscription was lost', { serviceIds }),
    )
    const draft = await write(knownError('Prices on blotters are late', { serviceIds }), false)
    await write(article('Printer out of paper'))
    const ask = async (text: string, serviceId?: string) => {
      const q = new URLSearchParams({ text, ...(serviceId && { serviceId }) })
      const { body } = await house.as('priya')('GET', `/knowledge/suggestions?${q}`)
      return body.items as { id: string; because: string; workaround: string; answer: string }[]
    }
    const [first, ...rest] = await ask('no prices on the blotter', house.cast.orders.id)
    // What goes to whoever asked has nothing of what the desk does.
    expect(first).toMatchObject({
      id: right.id,
      workaround: 'Restart the price bridge.',
      answer: 'Please price by voice.',
    })
    expect(first?.because).toMatch(/^same service; words: /)
    expect(first?.because).toContain('prices')
    expect(first?.because).toContain('blotter')
    expect(rest.map((i) => i.id)).not.toContain(draft.id)
    expect((await ask('no prices on the blotter'))[0]?.id).toBe(right.id)
    expect((await ask('multicast subscr'))[0]?.id).toBe(right.id)
    expect((await ask('', house.cast.orders.id)).map((i) => i.id)).toContain(right.id)
    expect(await ask('the of and')).toEqual([])
    // With what people ask for anything, nothing is found, and nothing is taken for a reason.
    const asking = 'Hello, please could you help us? It still cannot be used, not working since this morning. Thanks'
    const polite = await write(article('How to ask for help', { body: `${asking} See the desk's hours.` }))
    expect(await ask(asking)).toEqual([])
    const found = await ask(`${asking}: no prices on the blotter`)
    expect(found.map((i) => i.id)).toContain(right.id)
    expect(found.map((i) => i.id)).not.toContain(polite.id)
    expect(found[0]?.because).not.toMatch(/help|please|working|morning/)
    expect(await ask('')).toEqual([])
  })

  it('count what was used this week', async () => {
    const made = await write(knownError('Margin call letters are empty', { serviceIds: [house.cast.wiki.id] }))
    const priya = house.as('priya')
    for (let n = 0; n < 3; n++) {
      const { body } = await priya('POST', '/tickets', { title: 'Margin letters empty', serviceId: house.cast.wiki.id })
      await priya('POST', `/tickets/${body.ticket.number}/knowledge`, { itemId: made.number })
    }
    const q = new URLSearchParams({ text: 'margin letters are empty', serviceId: house.cast.wiki.id })
    const { body } = await priya('GET', `/knowledge/suggestions?${q}`)
    expect(body.items[0].because).toMatch(/^same service; words: .*; used on 3 tickets this week$/)
    expect((await priya('GET', `/knowledge/${made.id}`)).body).toMatchObject({ uses: 3, usedThisWeek: 3 })
  })
})
