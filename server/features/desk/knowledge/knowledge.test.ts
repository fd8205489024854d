import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../../test/harness/desk.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

const ask = async (
  who: 'priya' | 'tom' | 'laurent',
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  body?: unknown,
) => {
  const answer = await house.as(who)(method, url, method === 'GET' || method === 'DELETE' ? undefined : (body ?? {}))
  return { status: answer.status, body: answer.body }
}
const ticket = async (more: object = {}): Promise<{ id: string; number: string }> =>
  (await ask('priya', 'POST', '/tickets', { title: 'No prices on the blotter', ...more })).body.ticket
const published = async (body: object): Promise<{ id: string; number: string; version: number }> => {
  const made = await ask('priya', 'POST', '/knowledge', body)
  expect(made.body.detail).toBeUndefined()
  return (await ask('priya', 'POST', `/knowledge/${made.body.id}/publication`)).body
}
const runbook = () =>
  published({
    kind: 'runbook',
    title: 'Bring the prices back',
    steps: [
      { id: 'look', kind: 'read', title: 'Look at the gateway' },
      {
        id: 'which',
        kind: 'decide',
        title: 'Is it subscribed?',
        options: [{ label: 'Yes', goTo: 'tell' }, { label: 'No' }],
      },
      { id: 'restart', kind: 'do', title: 'Restart the price bridge' },
      { id: 'tell', kind: 'do', title: 'Tell the traders' },
    ],
  })
const words = async (number: string): Promise<string[]> =>
  (await ask('priya', 'GET', `/tickets/${number}/timeline`)).body.items.map((e: { text: string }) => e.text).reverse()

describe('a runbook that is followed on a ticket', () => {
  it('is begun once, ticked by several, resumed, and told on the timeline', async () => {
    const t = await ticket()
    const r = await runbook()
    const at = `/tickets/${t.number}/knowledge`
    const begun = await ask('priya', 'POST', at, { itemId: r.number })
    expect(begun.body).toMatchObject({ current: 'look', done: [], version: 1, relation: 'used' })
    expect((await ask('tom', 'POST', at, { itemId: r.id })).body.by.name).toBe('Priya Nair')
    await ask('priya', 'PUT', `${at}/${r.id}/steps/look`, { note: 'mdgw-02 has no subscription.' })
    const twice = await ask('tom', 'PUT', `${at}/${r.id}/steps/look`)
    expect(twice).toMatchObject({ status: 409, body: { detail: expect.stringContaining('by Priya Nair') } })
    expect((await ask('tom', 'PUT', `${at}/${r.id}/steps/which`)).status).toBe(422)
    expect((await ask('tom', 'PUT', `${at}/${r.id}/steps/which`, { choice: 9 })).status).toBe(422)
    const decided = await ask('tom', 'PUT', `${at}/${r.id}/steps/which`, { choice: 0 })
    expect(decided.body).toMatchObject({ current: 'tell', done: [{ stepId: 'look' }, { stepId: 'which', choice: 0 }] })
    expect((await ask('tom', 'PUT', `${at}/${r.id}/steps/nowhere`)).status).toBe(404)
    // Somebody else takes the decision back and goes on.
    await ask('priya', 'DELETE', `${at}/${r.id}/steps/which`)
    await ask('priya', 'PUT', `${at}/${r.id}/steps/which`, { choice: 1 })
    expect((await ask('priya', 'GET', at)).body.items[0].current).toBe('restart')
    expect((await words(t.number)).slice(2)).toEqual([
      `Priya Nair began ${r.number} Bring the prices back.`,
      `Priya Nair did step 1 of ${r.number}, Look at the gateway. mdgw-02 has no subscription.`,
      `Tom Marsh decided step 2 of ${r.number}, Is it subscribed?: Yes.`,
      `Priya Nair took back step 2 of ${r.number}, Is it subscribed?.`,
      `Priya Nair decided step 2 of ${r.number}, Is it subscribed?: No.`,
    ])
    expect((await ask('priya', 'DELETE', `${at}/${r.id}`)).status).toBe(409)
  })

  it('keeps the steps with which it was begun when it is changed meanwhile', async () => {
    const t = await ticket()
    const r = await runbook()
    await ask('priya', 'POST', `/tickets/${t.number}/knowledge`, { itemId: r.id })
    await house.as('tom')('PATCH', `/knowledge/${r.id}`, { steps: [{ id: 'new', kind: 'do', title: 'Quite another' }] })
    const { body } = await ask('priya', 'GET', `/tickets/${t.number}/knowledge`)
    expect(body.items[0]).toMatchObject({ newer: true, version: 1, current: 'look' })
    expect((await ask('priya', 'PUT', `/tickets/${t.number}/knowledge/${r.id}/steps/look`)).status).toBe(200)
  })

  it('is ticked once by two at the same time', async () => {
    const t = await ticket()
    const r = await runbook()
    await ask('priya', 'POST', `/tickets/${t.number}/knowledge`, { itemId: r.id })
    const tick = (who: 'priya' | 'tom') => ask(who, 'PUT', `/tickets/${t.number}/knowledge/${r.id}/steps/look`)
    expect((await Promise.all([tick('priya'), tick('tom')])).map((a) => a.status).sort()).toEqual([200, 409])
  })
})

describe('what is used', () => {
  it('counts once, says whether it helped, and can be taken away', async () => {
    const t = await ticket()
    const k = await published({ kind: 'known_error', title: 'Lost subscription', symptoms: 'No prices' })
    const at = `/tickets/${t.number}/knowledge`
    await Promise.all([1, 2, 3].map(() => ask('priya', 'POST', at, { itemId: k.number })))
    const counts = async () => {
      const { uses, helped, notHelped } = (await ask('priya', 'GET', `/knowledge/${k.id}`)).body
      return [uses, helped, notHelped]
    }
    expect(await counts()).toEqual([1, 0, 0])
    await ask('priya', 'PUT', `${at}/${k.id}/verdict`, { helped: true })
    expect(await counts()).toEqual([1, 1, 0])
    await ask('tom', 'PUT', `${at}/${k.id}/verdict`, { helped: false })
    expect(await counts()).toEqual([1, 0, 1])
    const { body } = await ask('priya', 'GET', `/knowledge/${k.id}/tickets`)
    expect(body.items).toMatchObject([{ ticket: { number: t.number }, helped: false, relation: 'used' }])
    await ask('priya', 'DELETE', `${at}/${k.id}`)
    expect(await counts()).toEqual([0, 0, 0])
    expect((await ask('priya', 'DELETE', `${at}/${k.id}`)).status).toBe(404)
  })

  it('is published; drafts and what is retired are not used', async () => {
    const t = await ticket()
    const draft = await ask('priya', 'POST', '/knowledge', { kind: 'article', title: 'Not ready', body: 'x' })
    const answer = await ask('priya', 'POST', `/tickets/${t.number}/knowledge`, { itemId: draft.body.id })
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('is a draft') } })
  })

  it('is not shown to who asked', async () => {
    const t = await ticket({ requesterId: house.cast.laurent.id })
    const k = await published({ kind: 'article', title: 'Inside', body: 'x' })
    await ask('priya', 'POST', `/tickets/${t.number}/knowledge`, { itemId: k.id })
    expect((await ask('laurent', 'GET', `/tickets/${t.number}/knowledge`)).body).toEqual({ items: [] })
    expect((await ask('laurent', 'GET', `/tickets/${t.number}/timeline`)).body.items).toHaveLength(1)
    expect((await ask('laurent', 'GET', '/tickets/similar?text=prices')).status).toBe(403)
    expect((await ask('laurent', 'GET', `/knowledge/${k.id}/tickets`)).status).toBe(403)
  })
})

describe('what a ticket taught', () => {
  it('becomes a draft in one act, with what was seen and what solved it', async () => {
    const t = await ticket({ description: 'Blotters are empty since 06:56.', serviceId: house.cast.orders.id })
    await ask('priya', 'POST', `/tickets/${t.number}/resolution`, { resolution: 'Restarted the price bridge.' })
    const { body, status } = await ask('priya', 'POST', `/tickets/${t.number}/knowledge/drafts`, {
      kind: 'known_error',
    })
    expect(status).toBe(201)
    const draft = (await ask('priya', 'GET', `/knowledge/${body.item.number}`)).body
    expect(draft).toMatchObject({
      state: 'draft',
      title: 'No prices on the blotter',
      symptoms: 'Blotters are empty since 06:56.',
      fix: 'Restarted the price bridge.',
      services: [{ id: house.cast.orders.id }],
      team: { id: house.cast.markets.id },
    })
    const { items } = (await ask('priya', 'GET', `/tickets/${t.number}/knowledge`)).body
    expect(items).toMatchObject([{ relation: 'origin', item: { number: body.item.number } }])
    const text = (await ask('priya', 'POST', `/tickets/${t.number}/knowledge/drafts`, { kind: 'article' })).body.item
    expect((await ask('priya', 'GET', `/knowledge/${text.id}`)).body.body).toContain('## What helps')
  })

  it('a known error comes from a problem, and from nothing else', async () => {
    const k = await published({ kind: 'known_error', title: 'Roll', symptoms: 'Gateway drops on the calendar roll' })
    const problem = await ticket({ kind: 'problem' })
    const origin = { itemId: k.id, relation: 'origin' }
    expect((await ask('priya', 'POST', `/tickets/${problem.number}/knowledge`, origin)).body.relation).toBe('origin')
    expect((await ask('priya', 'GET', `/knowledge/${k.id}`)).body.uses).toBe(0)
    const incident = await ticket()
    expect((await ask('priya', 'POST', `/tickets/${incident.number}/knowledge`, origin)).status).toBe(422)
  })

  it('a change that was done stands in the change log of its service, once', async () => {
    const t = await ticket({ kind: 'change', title: 'Undo tablespace to 64 GB', serviceId: house.cast.orders.id })
    for (const _ of [1, 2]) {
      await ask('priya', 'POST', `/tickets/${t.number}/resolution`, { resolution: 'Done at 22:10.' })
      await ask('priya', 'DELETE', `/tickets/${t.number}/resolution`)
    }
    const { body } = await ask('priya', 'GET', `/services/${house.cast.orders.id}/changes`)
    const found = body.items.filter((c: { ticketId: string }) => c.ticketId === t.id)
    expect(found).toMatchObject([
      { title: `${t.number} Undo tablespace to 64 GB`, because: 'same service, 0 min before' },
    ])
  })
})

describe('similar tickets', () => {
  it('are found by their words, the same service and the solved ones first, with who and how', async () => {
    const solved = await ticket({
      title: 'Repo curve is stale in Tokyo',
      serviceId: house.cast.wiki.id,
      assigneeId: house.cast.tom.id,
    })
    await ask('priya', 'POST', `/tickets/${solved.number}/resolution`, { resolution: 'Re-sent the **curve** file.' })
    const open = await ticket({ title: 'Tokyo repo curve stale again', serviceId: house.cast.wiki.id })
    const elsewhere = await ticket({ title: 'Stale repo curve', serviceId: house.cast.orders.id })
    const cancelled = await ticket({ title: 'Repo curve stale, sent twice', serviceId: house.cast.wiki.id })
    await ask('priya', 'POST', `/tickets/${cancelled.number}/cancellation`, { reason: 'Twice' })
    const q = new URLSearchParams({ text: 'repo curve stale', serviceId: house.cast.wiki.id, except: open.number })
    const { body } = await ask('priya', 'GET', `/tickets/similar?${q}`)
    expect(body.items.map((i: { ticket: { number: string } }) => i.ticket.number)).toEqual([
      solved.number,
      elsewhere.number,
    ])
    expect(body.items[0]).toMatchObject({
      assignee: { name: 'Tom Marsh' },
      resolution: 'Re-sent the curve file.',
      because: 'same service; words: repo, curve, stale',
    })
    // The words follow the ticket.
    await house.as('priya')('PATCH', `/tickets/${elsewhere.number}`, { title: 'Something else altogether' })
    const after = await ask('priya', 'GET', `/tickets/similar?${q}`)
    expect(after.body.items).toHaveLength(1)
    // What is linked with it stands beside it already.
    await ask('priya', 'PUT', `/tickets/${open.number}/links/relates_to/${solved.number}`)
    expect((await ask('priya', 'GET', `/tickets/similar?${q}`)).body.items).toEqual([])
  })
})
