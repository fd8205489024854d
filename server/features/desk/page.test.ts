import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { assignTicket, takeIt, unassignTicket } from './assign.ts'
import { cancelTicket } from './cancel.ts'
import { changeTicket } from './change.ts'
import { getTicket } from './get.ts'
import { openByHand } from './open.ts'
import { resolveTicket } from './resolve.ts'
import { readTicketTimeline } from './timeline.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

const actor = (who: keyof DeskHouse['cast']['actors']) => house.cast.actors[who]
const open = async (input: object) =>
  house.execute(openByHand, actor('lena'), {
    title: 'No prices',
    serviceId: house.cast.orders.id,
    page: true,
    ...input,
  })
const pages = async (id: string) => (await house.ask(getTicket, actor('lena'), { id })).pages
const texts = async (id: string) =>
  (await house.ask(readTicketTimeline, actor('lena'), { id })).items.map((e) => e.text)
const respond = (pageId: string) => house.as('priya')('POST', `/pages/${pageId}/acknowledgement`, {})

describe('paging for a ticket', () => {
  it('turns to the people on call with who is hurt and why it is pressing', async () => {
    const { ticket, page } = await open({ description: 'All blotters are empty' })
    expect(page).toBe('By the escalation policy Markets.')
    const [paged] = await pages(ticket.id)
    expect(paged).toMatchObject({
      urgency: 'high',
      state: 'paging',
      priority: 'P1',
      title: `${ticket.number} No prices`,
    })
    expect(paged?.lines).toEqual([
      'Equities order entry, prod',
      'Hurts EQD London (37 people), EQD Paris (4 people)',
      'Impact high (tier 1 service, 2 business units) × urgency high (cut-off 07:45 London in 33 min) = P1',
      'All blotters are empty',
    ])
    expect(await texts(ticket.id)).toContain('Paging by Markets.')
  })

  it('whoever acknowledges has it', async () => {
    const { ticket } = await open({})
    const [paged] = await pages(ticket.id)
    expect((await respond(paged?.id ?? '')).body).toMatchObject({ result: 'acknowledged' })
    await house.settle()
    const seen = await house.ask(getTicket, actor('lena'), { id: ticket.id })
    expect(seen).toMatchObject({ assignee: { name: 'Priya Nair' }, state: 'in_progress', dueClock: 'resolution' })
    const told = await texts(ticket.id)
    expect(told).toContain('Priya Nair has it now.')
    expect(told.filter((text) => text.includes('acknowledged'))).toEqual([
      expect.stringMatching(/^Priya Nair acknowledged the page after /),
    ])
  })

  it('whoever takes the ticket has it: nobody else is turned to, until it is given back to the queue', async () => {
    const { ticket } = await open({})
    await house.execute(takeIt, actor('priya'), { id: ticket.id })
    expect((await pages(ticket.id))[0]).toMatchObject({ state: 'acknowledged', acknowledgedBy: { name: 'Priya Nair' } })
    expect(await texts(ticket.id)).toContainEqual(
      expect.stringMatching(/^Priya Nair acknowledged the page by taking the ticket, after /),
    )
    const turnedTo = async () => (await pages(ticket.id))[0]?.targets.length
    const before = await turnedTo()
    await house.advance({ minutes: 30 })
    expect(await turnedTo()).toBe(before)

    await house.execute(unassignTicket, actor('priya'), { id: ticket.id })
    await house.settle()
    expect((await pages(ticket.id))[0]).toMatchObject({ state: 'paging', acknowledgedBy: null })
    expect(await texts(ticket.id)).toContain('Paging starts again: Priya Nair gave it back.')
    expect(await turnedTo()).toBeGreaterThan(before ?? 0)
    await house.execute(cancelTicket, actor('lena'), { id: ticket.id, reason: 'A test' })
  })

  it('goes on for a ticket that is given to somebody, who has not said yet that he has it', async () => {
    const { ticket } = await open({})
    await house.execute(assignTicket, actor('lena'), { id: ticket.id, userId: house.cast.priya.id })
    expect((await pages(ticket.id))[0]?.state).toBe('paging')
    await house.execute(cancelTicket, actor('lena'), { id: ticket.id, reason: 'A test' })
  })

  it.each<[string, (id: string) => Promise<unknown>, RegExp]>([
    ['resolved', (id) => house.execute(resolveTicket, actor('lena'), { id, resolution: 'Restarted' }), /is resolved/],
    ['cancelled', (id) => house.execute(cancelTicket, actor('lena'), { id, reason: 'A test' }), /is cancelled/],
  ])('ends when the ticket is %s', async (_name, act, reason) => {
    const { ticket } = await open({})
    await act(ticket.id)
    expect((await pages(ticket.id))[0]?.state).toBe('done')
    expect((await texts(ticket.id)).find((t) => t.startsWith('Paging is over'))).toMatch(reason)
    await house.advance({ minutes: 30 })
    expect((await pages(ticket.id))[0]?.targets).toHaveLength(1)
  })

  it('tells low urgency for P3 and below', async () => {
    const { ticket } = await open({ impact: 'low', urgency: 'high' })
    expect((await pages(ticket.id))[0]?.urgency).toBe('low')
  })

  it('starts again with high urgency when a quiet ticket becomes a P1', async () => {
    const { ticket } = await open({ impact: 'low', urgency: 'high' })
    await house.execute(changeTicket, actor('lena'), { id: ticket.id, impact: 'high', urgency: 'high' })
    await house.settle()
    const [paged] = await pages(ticket.id)
    expect(paged).toMatchObject({ urgency: 'high', state: 'paging', priority: 'P1' })
    expect(paged?.targets.at(-1)).toMatchObject({
      round: 2,
      step: 1,
      why: expect.stringMatching(/^It has become urgent\./),
    })
  })

  it('says why nobody is paged', async () => {
    const { page } = await open({ serviceId: house.cast.wiki.id })
    expect(page).toMatch(/^The service Wiki has no escalation policy/)
  })
})

describe('what is not production', () => {
  it('is told with low urgency in support hours', async () => {
    house.clock.set(Temporal.Instant.from('2026-11-24T10:00:00Z'))
    const { ticket } = await open({ environment: 'uat', impact: 'high', urgency: 'high' })
    expect(ticket.priority).toBe(1)
    expect((await pages(ticket.id)).map((p) => p.urgency)).toEqual(['low'])
  })

  it('waits for the support hours outside of them, and is told then', async () => {
    house.clock.set(Temporal.Instant.from('2026-11-27T19:00:00Z'))
    const { ticket, page } = await open({ environment: 'uat' })
    expect(page).toBe('The people on call are told at Mon 30 Nov 08:00 London, if nobody has it by then.')
    expect(await pages(ticket.id)).toEqual([])
    expect(await texts(ticket.id)).toContain(`Nobody is paged now: uat never wakes anyone. ${page}`)
    house.clock.set(Temporal.Instant.from('2026-11-30T08:00:00Z'))
    await house.settle()
    expect((await pages(ticket.id)).map((p) => p.urgency)).toEqual(['low'])
  })

  it('is told to nobody when somebody has taken it, or when it is over by then', async () => {
    house.clock.set(Temporal.Instant.from('2026-12-04T19:00:00Z'))
    const [taken, over] = [await open({ environment: 'uat' }), await open({ environment: 'dev' })]
    await house.execute(takeIt, actor('tom'), { id: taken.ticket.id })
    await house.execute(resolveTicket, actor('tom'), { id: over.ticket.id, resolution: 'Reset' })
    house.clock.set(Temporal.Instant.from('2026-12-07T08:00:00Z'))
    await house.settle()
    expect([await pages(taken.ticket.id), await pages(over.ticket.id)]).toEqual([[], []])
  })

  it('wakes at once when it turns out to be production', async () => {
    house.clock.set(Temporal.Instant.from('2026-12-11T19:00:00Z'))
    const { ticket } = await open({ environment: 'uat', impact: 'high', urgency: 'high' })
    await house.execute(changeTicket, actor('lena'), { id: ticket.id, environment: 'prod' })
    await house.settle()
    expect((await pages(ticket.id)).map((p) => p.urgency)).toEqual(['high'])
  })
})
