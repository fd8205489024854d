import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { requireScope, system } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/transact.ts'
import { takeIt } from './assign.ts'
import { getTicket } from './get.ts'
import { mark, noteOn, type OpenTicket, openTicket, refreshBrief, resolveByItself } from './index.ts'
import { listTickets } from './list.ts'
import { readTicketTimeline } from './timeline.ts'

/** What features to the right call, in their own transactions and in the name of whoever acts there. */

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

const as = <T>(act: (ctx: Context) => Promise<T>) =>
  transact(house.platform, { actor: system, scope: requireScope(system, 'system') }, act)
const raise = (more: Partial<OpenTicket> = {}) =>
  as((ctx) =>
    openTicket(ctx, {
      kind: 'incident',
      title: 'order-entry is down',
      description: 'connect ECONNREFUSED',
      via: 'alert',
      serviceId: house.cast.orders.id,
      environment: 'prod',
      page: true,
      ...more,
    }),
  )
const get = (id: string) => house.ask(getTicket, house.cast.actors.priya, { id })
const texts = async (id: string) =>
  (await house.ask(readTicketTimeline, house.cast.actors.priya, { id })).items.map((e) => e.text)

describe('an alert', () => {
  it('opens an incident that nobody asked for, and pages', async () => {
    const opened = await raise({ about: ['alert:1', 'monitor:2'] })
    expect(opened).toMatchObject({ priority: 1, number: expect.stringMatching(/^INC-/) })
    const seen = await get(opened.id)
    expect(seen).toMatchObject({ requester: null, openedVia: 'alert', openedBy: { kind: 'system' }, state: 'new' })
    expect(seen.pages[0]?.targets[0]?.user?.name).toBe('Priya Nair')
    expect(await texts(opened.id)).toContain(`Watchfloor opened ${opened.number}: order-entry is down`)
    const { rows } = await house.platform.pool.query(`select subject from events where about @> '{alert:1,monitor:2}'`)
    expect(rows).toContainEqual({ subject: `ticket:${opened.id}` })
  })

  it('may bring a priority of its own, and words that are too long', async () => {
    const opened = await raise({
      title: `down\n${'x'.repeat(300)}`,
      priority: { value: 4, reason: 'the route says so' },
      page: false,
    })
    const seen = await get(opened.id)
    expect(seen.title).toHaveLength(200)
    expect(seen.title.startsWith('down x')).toBe(true)
    expect(seen.priorityReason).toMatch(/^P4 set by Watchfloor: the route says so\. Without that: Impact high/)
  })

  it('resolves it when it is over, ends the page, and leaves alone what is over already', async () => {
    const { id } = await raise()
    await house.execute(takeIt, house.cast.actors.priya, { id })
    const over = { resolution: 'order-entry answers again after 3 min' }
    expect(await as((ctx) => resolveByItself(ctx, id, over))).toBe(true)
    const seen = await get(id)
    expect(seen).toMatchObject({ state: 'resolved', resolution: over.resolution, pages: [{ state: 'done' }] })
    expect(await texts(id)).toContain(`Watchfloor resolved it: ${over.resolution}`)
    expect(await as((ctx) => resolveByItself(ctx, id, { resolution: 'again' }))).toBe(false)
    expect((await get(id)).version).toBe(seen.version)
    expect(await as((ctx) => resolveByItself(ctx, crypto.randomUUID(), over))).toBe(false)
  })
})

it('a mark shows in lists, changes no version, and is taken away again', async () => {
  const { id } = await raise({ page: false })
  const marks = async () =>
    (await house.ask(listTickets, house.cast.actors.priya, { view: 'recent' })).items.find((t) => t.id === id)?.marks
  await as((ctx) => mark(ctx, id, 'major', { callers: 37 }))
  await as((ctx) => mark(ctx, id, 'alerts', 2))
  expect(await marks()).toEqual({ major: { callers: 37 }, alerts: 2 })
  await as((ctx) => mark(ctx, id, 'major', null))
  expect(await marks()).toEqual({ alerts: 2 })
  expect((await get(id)).version).toBe(1)
})

it('a note is written in the name of whoever acts', async () => {
  const { id } = await raise({ page: false })
  await as((ctx) => noteOn(ctx, id, 'Seen 12 times'))
  expect((await get(id)).messages).toMatchObject([
    { kind: 'internal', body: 'Seen 12 times', author: { name: 'Watchfloor' } },
  ])
})

it('a brief is told anew when the facts behind it have changed', async () => {
  const { id } = await raise()
  const units = house.platform.db.updateTable('business_units').set({ people: 50 }).where('name', '=', 'EQD Paris')
  await units.execute()
  await as((ctx) => refreshBrief(ctx, id))
  expect((await get(id)).pages[0]?.lines).toContain('Hurts EQD Paris (50 people), EQD London (37 people)')
})
