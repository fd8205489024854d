import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { system } from '../../platform/access.ts'
import { type PendingEvent, ref } from '../../platform/events.ts'
import { pageAcknowledged } from '../oncall/index.ts'
import { assignAcknowledger } from './acknowledge.ts'
import { assignTicket, takeIt, unassignTicket } from './assign.ts'
import { getTicket } from './get.ts'
import { moveTicket } from './move.ts'
import { openByHand } from './open.ts'
import { pendTicket } from './pend.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { readTicketTimeline } from './timeline.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

const actor = (who: keyof DeskHouse['cast']['actors']) => house.cast.actors[who]
const open = async (input: object = {}) =>
  (await house.execute(openByHand, actor('lena'), { title: 'No prices', serviceId: house.cast.orders.id, ...input }))
    .ticket
const get = (id: string) => house.ask(getTicket, actor('priya'), { id })
const texts = async (id: string) =>
  (await house.ask(readTicketTimeline, actor('priya'), { id })).items.map((e) => e.text)

describe('taking and giving', () => {
  it('of two who take it at once one has it, and the other is told who and when', async () => {
    const { id, number } = await open()
    const tries = await Promise.allSettled([
      house.execute(takeIt, actor('priya'), { id }),
      house.execute(takeIt, actor('tom'), { id }),
    ])
    const lost = tries.find((t): t is PromiseRejectedResult => t.status === 'rejected')
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    const holder = (await get(id)).assignee?.name
    expect(lost?.reason).toMatchObject({
      code: 'conflict',
      message: `${holder} has had ${number} since 23 Nov 2026 07:12 UTC. Assign it to yourself if you want to take it over.`,
    })
  })

  it('taking one’s own changes nothing', async () => {
    const { id } = await open()
    await house.execute(takeIt, actor('priya'), { id })
    expect((await house.execute(takeIt, actor('priya'), { id })).version).toBe(2)
  })

  it('taking is the response where nobody waits for an answer', async () => {
    const nobodys = await open()
    await house.execute(takeIt, actor('priya'), { id: nobodys.id })
    expect((await get(nobodys.id)).firstResponseAt).not.toBeNull()
    const asked = await open({ requesterId: house.cast.laurent.id })
    await house.execute(takeIt, actor('priya'), { id: asked.id })
    expect(await get(asked.id)).toMatchObject({ firstResponseAt: null, state: 'in_progress' })
  })

  it('a key has no hands to take with, but may say who takes it; a requester has none to hold it', async () => {
    const { id } = await open()
    await expect(house.execute(takeIt, actor('key'), { id })).rejects.toThrow(
      'assigneeId: must name the person who takes it',
    )
    const { id: assigneeId } = house.cast.priya
    // It is given to her: that she has it, only she can say.
    await house.execute(takeIt, actor('key'), { id, assigneeId })
    expect(await get(id)).toMatchObject({ assignee: { id: assigneeId }, state: 'new', firstResponseAt: null })
    await expect(house.execute(takeIt, actor('key'), { id, assigneeId: house.cast.tom.id })).rejects.toThrow(
      /^Priya Nair has had .* Assign it to Tom .* if you want to take it over\.$/,
    )
    await expect(house.execute(assignTicket, actor('priya'), { id, userId: house.cast.laurent.id })).rejects.toThrow(
      'userId: M. Laurent does not work tickets',
    )
  })

  it('reads as people would say it', async () => {
    const { id } = await open()
    await house.execute(assignTicket, actor('lena'), { id, userId: house.cast.tom.id })
    await house.execute(assignTicket, actor('priya'), { id, userId: house.cast.priya.id })
    await house.execute(unassignTicket, actor('priya'), { id })
    expect((await texts(id)).slice(0, 3)).toEqual([
      'Priya Nair gave it back to the queue.',
      'Priya Nair took it (Tom Marsh had it).',
      'Lena Sommer gave it to Tom Marsh.',
    ])
  })
})

describe('moving to another team', () => {
  it('leaves the assignee behind unless he is a member there; undoing brings him back', async () => {
    const { id } = await open()
    await house.execute(takeIt, actor('priya'), { id })
    const { undo } = await house.execute(moveTicket, actor('priya'), { id, teamId: house.cast.dba.id })
    expect(await get(id)).toMatchObject({ team: { name: 'DBA' }, assignee: null })
    await house.execute(moveTicket, actor('priya'), undo?.input as { id: string; teamId: string })
    expect(await get(id)).toMatchObject({ team: { name: 'L2 markets' }, assignee: { name: 'Priya Nair' } })
    await house.execute(assignTicket, actor('lena'), { id, userId: house.cast.tom.id })
    await house.execute(moveTicket, actor('priya'), { id, teamId: house.cast.dba.id })
    expect(await get(id)).toMatchObject({ team: { name: 'DBA' }, assignee: { name: 'Tom Marsh' } })
    expect(await texts(id)).toContain('Priya Nair moved it from L2 markets to DBA.')
  })
})

/** What oncall records when somebody acknowledges, as the reaction receives it. */
const acknowledged = (ticketId: string, userId: string, at = house.clock.now()): PendingEvent => ({
  id: crypto.randomUUID(),
  at,
  type: pageAcknowledged.name,
  actor: { kind: 'user', id: userId, name: 'x' },
  subject: 'page:1',
  about: [],
  team: null,
  audience: 'internal',
  data: { userId, person: 'x', subject: ref('ticket', ticketId), seconds: 60 },
  cause: null,
})
const react = (event: PendingEvent) => house.execute(assignAcknowledger, system, JSON.parse(JSON.stringify(event)))

describe('acknowledging a page', () => {
  it('gives the ticket to whoever acknowledged, once, as the first response', async () => {
    const { id } = await open()
    const event = acknowledged(id, house.cast.priya.id)
    await house.advance({ minutes: 1 })
    await react(event)
    await react(event)
    expect(await get(id)).toMatchObject({ assignee: { name: 'Priya Nair' }, state: 'in_progress', version: 2 })
    expect(String((await get(id)).firstResponseAt)).toBe(String(event.at))
    expect((await texts(id)).filter((t) => t === 'Priya Nair has it now.')).toHaveLength(1)
  })

  it('takes it from nobody', async () => {
    const { id } = await open()
    await house.execute(takeIt, actor('tom'), { id })
    await react(acknowledged(id, house.cast.priya.id))
    expect((await get(id)).assignee?.name).toBe('Tom Marsh')
  })

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'given to somebody and back to the queue',
      async (id) => {
        await house.execute(assignTicket, actor('lena'), { id, userId: house.cast.tom.id })
        await house.execute(unassignTicket, actor('lena'), { id })
      },
    ],
    ['moved to another team', (id) => house.execute(moveTicket, actor('lena'), { id, teamId: house.cast.dba.id })],
    ['set to pending', (id) => house.execute(pendTicket, actor('lena'), { id, reason: 'vendor' })],
  ])('does not undo that it was %s since, but is the response', async (_name, act) => {
    const { id } = await open()
    const event = acknowledged(id, house.cast.priya.id)
    await house.advance({ seconds: 5 })
    await act(id)
    const before = await get(id)
    await react(event)
    const after = await get(id)
    expect([after.state, after.assignee, after.team]).toEqual([before.state, null, before.team])
    expect(String(after.firstResponseAt)).toBe(String(event.at))
    await react(event)
    expect((await texts(id)).filter((t) => t === 'That is the first response, by Priya Nair.')).toHaveLength(1)
  })

  it('assigns when what was done by hand came before it', async () => {
    const { id } = await open()
    await house.execute(moveTicket, actor('lena'), { id, teamId: house.cast.dba.id })
    await house.advance({ seconds: 5 })
    await react(acknowledged(id, house.cast.priya.id))
    expect((await get(id)).assignee?.name).toBe('Priya Nair')
  })

  it('keeps the earlier of two responses, in whatever order they are seen', async () => {
    const { id } = await open()
    const event = acknowledged(id, house.cast.priya.id)
    await house.advance({ minutes: 2 })
    await house.execute(replyTicket, actor('tom'), { id, body: 'Looking' })
    await react(event)
    expect(String((await get(id)).firstResponseAt)).toBe(String(event.at))
  })

  it('does nothing to what is over, not there, or no ticket', async () => {
    const { id } = await open()
    await house.execute(resolveTicket, actor('priya'), { id, resolution: 'Restarted' })
    await react(acknowledged(id, house.cast.priya.id))
    expect((await get(id)).assignee).toBeNull()
    await react(acknowledged(crypto.randomUUID(), house.cast.priya.id))
    await react({
      ...acknowledged(id, house.cast.priya.id),
      data: { userId: house.cast.priya.id, person: 'x', subject: 'monitor:1', seconds: 1 },
    })
  })
})
