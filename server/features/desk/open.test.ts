import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { system } from '../../platform/access.ts'
import { changeTicket } from './change.ts'
import { getTicket } from './get.ts'
import { openByHand } from './open.ts'
import { readTicketTimeline } from './timeline.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

const by = () => house.cast.actors
const open = (who: keyof ReturnType<typeof by>, input: object) =>
  house.execute(openByHand, by()[who], { title: 'No prices on the blotter', ...input })
const get = (id: string, who: keyof ReturnType<typeof by> = 'priya') => house.ask(getTicket, by()[who], { id })
const timeline = async (id: string, who: keyof ReturnType<typeof by> = 'priya') =>
  (await house.ask(readTicketTimeline, by()[who], { id })).items.map((e) => e.text)

describe('an incident that the desk opens', () => {
  it('gets number, team, priority with its reason, and clocks with their derivation', async () => {
    const { ticket, page } = await open('priya', { serviceId: house.cast.orders.id })
    expect(page).toBeNull()
    expect(ticket).toMatchObject({ number: expect.stringMatching(/^INC-\d+$/), state: 'new', priority: 1, version: 1 })
    const full = await get(ticket.number)
    expect(full).toMatchObject({
      impact: 'high',
      urgency: 'high',
      priorityReason:
        'Impact high (tier 1 service, 2 business units) × urgency high (cut-off 07:45 London in 33 min) = P1',
      basis: { impact: { by: 'rule' }, urgency: { by: 'rule' } },
      team: { name: 'L2 markets' },
      service: { name: 'Equities order entry' },
      openedVia: 'desk',
      openedBy: { kind: 'user', name: 'Priya Nair' },
      requester: null,
      dueClock: 'first_response',
      watching: false,
    })
    expect(String(full.dueAt)).toBe('2026-11-23T07:27:00Z')
    expect(full.clocks.map((c) => [c.name, String(c.dueAt), c.state])).toEqual([
      ['first_response', '2026-11-23T07:27:00Z', 'running'],
      ['resolution', '2026-11-23T11:12:00Z', 'running'],
    ])
    expect(full.clocks[0]?.derivation[0]).toContain('P1: first response within 15 min')
    expect(full.derivation[0]).toBe('By the policy Standard.')
    expect(full.hurt?.units.map((u) => [u.name, u.people])).toEqual([
      ['EQD London', 37],
      ['EQD Paris', 4],
    ])
    expect(full.hurt?.cutOff).toMatchObject({ name: 'CREST', words: '07:45 London' })
    expect(await timeline(ticket.id)).toEqual([
      full.priorityReason,
      `Priya Nair opened ${ticket.number}: No prices on the blotter`,
    ])
  })

  it('counts what a person says before what the rule proposes', async () => {
    const { ticket } = await open('priya', { serviceId: house.cast.orders.id, impact: 'low', urgency: 'medium' })
    expect((await get(ticket.id)).priorityReason).toBe(
      'Impact low (set by Priya Nair) × urgency medium (set by Priya Nair) = P4',
    )
  })

  it('is in progress when whoever opens it takes it, and new when it is given to another', async () => {
    const own = await open('priya', { assigneeId: house.cast.priya.id })
    expect(own.ticket).toMatchObject({ state: 'in_progress', assignee: { name: 'Priya Nair' } })
    const given = await open('priya', { assigneeId: house.cast.tom.id })
    expect(given.ticket).toMatchObject({ state: 'new', assignee: { name: 'Tom Marsh' } })
    expect(await timeline(given.ticket.id)).toContain('Priya Nair gave it to Tom Marsh.')
  })

  it('numbers each kind by itself', async () => {
    for (const [kind, prefix] of [
      ['incident', 'INC'],
      ['request', 'REQ'],
      ['problem', 'PRB'],
      ['change', 'CHG'],
    ] as const) {
      const [a, b] = [await open('priya', { kind }), await open('priya', { kind })]
      const n = (t: typeof a) => Number(new RegExp(`^${prefix}-(\\d+)$`).exec(t.ticket.number)?.[1])
      expect(n(b)).toBe(n(a) + 1)
    }
  })

  it.each<[string, object, string]>([
    ['a service that is not there', { serviceId: crypto.randomUUID() }, 'serviceId: there is no such service'],
    ['a team that is not there', { teamId: crypto.randomUUID() }, 'teamId: there is no such team'],
    ['a person who is not there', { requesterId: crypto.randomUUID() }, 'requesterId: there is no such person'],
    ['an empty title', { title: '  ' }, 'title: must not be empty'],
    ['a title of two lines', { title: 'a\nb' }, 'title: must be one line'],
    ['a kind that does not exist', { kind: 'task' }, 'kind: must be incident, request, problem or change'],
    ['an impact that does not exist', { impact: 'huge' }, 'impact: must be high, medium or low'],
    ['an alert', { via: 'alert' }, 'via: must be portal, phone, mail, chat, api or desk'],
  ])('refuses %s', async (_name, input, problem) => {
    await expect(open('priya', input)).rejects.toThrow(problem)
  })

  it('is not assigned to somebody who does not work tickets', async () => {
    await expect(open('priya', { assigneeId: house.cast.laurent.id })).rejects.toThrow(
      'assigneeId: M. Laurent does not work tickets',
    )
  })
})

describe('an incident that a requester opens', () => {
  it('is his own, came by the portal, shows him no internal column, and calls for somebody when it is pressing', async () => {
    const { ticket, page } = await open('laurent', { serviceId: house.cast.orders.id })
    expect(page).toBeNull()
    expect(ticket).toMatchObject({
      requester: { name: 'M. Laurent' },
      openedVia: 'portal',
      team: { name: 'L2 markets' },
      dueAt: null,
      marks: {},
    })
    const seen = await get(ticket.id, 'laurent')
    expect(seen).toMatchObject({
      impact: null,
      priorityReason: null,
      hurt: null,
      clocks: [],
      pages: [],
      openedBy: null,
    })
    const full = await get(ticket.id)
    expect(full.pages.map((p) => [p.urgency, p.policy, p.targets[0]?.user?.name])).toEqual([
      ['high', 'Markets', 'Priya Nair'],
    ])
  })

  it('pages nobody when it can wait', async () => {
    const { ticket } = await open('laurent', { serviceId: house.cast.wiki.id })
    expect((await get(ticket.id)).pages).toEqual([])
  })

  it.each<[string, object]>([
    ['kind', { kind: 'problem' }],
    ['impact', { impact: 'high' }],
    ['urgency', { urgency: 'high' }],
    ['page', { page: true }],
    ['via', { via: 'phone' }],
    ['teamId', { teamId: crypto.randomUUID() }],
    ['requesterId', { requesterId: crypto.randomUUID() }],
  ])('may not set %s', async (field, input) => {
    await expect(open('laurent', input)).rejects.toMatchObject({ code: 'invalid_input', fields: [{ field }] })
  })
})

describe('changing it', () => {
  const change = (id: string, input: object, who: 'priya' | 'laurent' = 'priya') =>
    house.execute(changeTicket, by()[who], { id, ...input })

  it('derives the priority anew, with clocks from the opening on, and says so', async () => {
    const { ticket } = await open('priya', {})
    expect(ticket.priority).toBe(3)
    await house.advance({ minutes: 10 })
    const { undo } = await change(ticket.id, { serviceId: house.cast.orders.id, title: 'No prices at all' })
    const full = await get(ticket.id)
    expect(full).toMatchObject({ priority: 1, title: 'No prices at all', version: 2 })
    expect(full.clocks.map((c) => String(c.dueAt))).toEqual(['2026-11-23T07:27:00Z', '2026-11-23T11:12:00Z'])
    expect(await timeline(ticket.id)).toEqual(
      expect.arrayContaining([
        'Priya Nair changed the title to No prices at all and the service to Equities order entry.',
        expect.stringMatching(/^Priya Nair changed the priority from P3 to P1: Impact high/),
      ]),
    )
    expect(undo).toEqual({
      act: 'change',
      input: { id: ticket.id, title: 'No prices on the blotter', serviceId: null },
    })
    await change(ticket.id, undo?.input ?? {})
    expect(await get(ticket.id)).toMatchObject({ priority: 3, title: 'No prices on the blotter', service: null })
  })

  it('overrides the matrix with a reason, keeps that over other changes, and gives it back', async () => {
    const { ticket } = await open('priya', { impact: 'low', urgency: 'low' })
    await expect(change(ticket.id, { priority: 2 })).rejects.toThrow('reason: must say why the priority is overridden')
    await change(ticket.id, { priority: 2, reason: 'The regulator asks' })
    expect(await get(ticket.id)).toMatchObject({
      priority: 2,
      priorityOverridden: true,
      priorityReason:
        'P2 set by Priya Nair: The regulator asks. Without that: Impact low (set by Priya Nair) × urgency low (set by Priya Nair) = P5',
    })
    await change(ticket.id, { impact: 'medium' })
    expect(await get(ticket.id)).toMatchObject({ priority: 2, impact: 'medium' })
    const { undo } = await change(ticket.id, { priority: null })
    expect(await get(ticket.id)).toMatchObject({ priority: 4, priorityOverridden: false })
    await change(ticket.id, undo?.input ?? {})
    expect(await get(ticket.id)).toMatchObject({ priority: 2, priorityOverridden: true })
  })

  it('gives a level that a person chose back to the rule', async () => {
    const { ticket } = await open('priya', { serviceId: house.cast.wiki.id, impact: 'high' })
    const { undo } = await change(ticket.id, { impact: null })
    expect(await get(ticket.id)).toMatchObject({ impact: 'low', basis: { impact: { by: 'rule' } } })
    await change(ticket.id, undo?.input ?? {})
    expect(await get(ticket.id)).toMatchObject({ impact: 'high', basis: { impact: { by: 'person' } } })
  })

  it('changes nothing when everything is so already', async () => {
    const { ticket } = await open('priya', { impact: 'low' })
    const before = await timeline(ticket.id)
    const same = {
      title: ticket.title,
      environment: 'prod',
      impact: 'low',
      urgency: null,
      priority: null,
      serviceId: null,
    }
    expect((await change(ticket.id, same)).version).toBe(1)
    expect(await timeline(ticket.id)).toEqual(before)
  })

  it('is not for requesters', async () => {
    const { ticket } = await open('laurent', {})
    await expect(change(ticket.id, { title: 'x' }, 'laurent')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is told to later steps of a page', async () => {
    const { ticket } = await open('priya', { serviceId: house.cast.orders.id, page: true })
    await change(ticket.id, { title: 'No prices, and no orders' })
    const { pages } = await get(ticket.id)
    expect(pages[0]?.title).toBe(`${ticket.number} No prices, and no orders`)
    expect(pages[0]?.lines).toContain('Hurts EQD London (37 people), EQD Paris (4 people)')
  })
})

describe('the setting of a number', () => {
  it('is never given to a ticket that another transaction has', async () => {
    const opened = await Promise.all(Array.from({ length: 12 }, () => open('priya', {})))
    expect(new Set(opened.map((o) => o.ticket.number)).size).toBe(12)
  })
})

it('the system reads everything', async () => {
  const { ticket } = await open('priya', {})
  expect((await house.ask(getTicket, system, { id: ticket.number.toLowerCase() })).id).toBe(ticket.id)
})
