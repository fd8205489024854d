import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { countTickets } from './counts.ts'
import { escalateTicket } from './escalation/escalate.ts'
import { getTicket } from './get.ts'
import { listTickets } from './list.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { beHere, leaveHere } from './presence/presence.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { snoozeTicket, unsnoozeTicket } from './snooze.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

type Who = keyof DeskHouse['cast']['actors']
const actor = (who: Who) => house.cast.actors[who]
const opened = async () =>
  (await house.execute(openByHand, actor('laurent'), { title: 'No prices', serviceId: house.cast.wiki.id })).ticket
const lists = async (who: Who, view: 'open' | 'unassigned' | 'snoozed' | 'recent', id: string) =>
  (await house.ask(listTickets, actor(who), { view, limit: 200 })).items.some((t) => t.id === id)
const later = (hours: number) => house.clock.now().add({ hours }).toString()
const snooze = (id: string, hours = 1, who: Who = 'priya') =>
  house.execute(snoozeTicket, actor(who), { id, until: later(hours) })

describe('a snoozed ticket', () => {
  it('is in none of my queues but that of the snoozed until its time, and in those of others as before', async () => {
    const { id } = await opened()
    const before = await house.ask(getTicket, actor('priya'), { id })
    const { undo, ticket } = await snooze(id)
    expect(String(ticket.dueAt)).toBe(String(before.dueAt))
    expect(undo).toEqual({ act: 'unsnooze', input: { id } })
    for (const [who, view, there] of [
      ['priya', 'open', false],
      ['priya', 'unassigned', false],
      ['priya', 'snoozed', true],
      ['priya', 'recent', true],
      ['tom', 'open', true],
      ['tom', 'snoozed', false],
    ] as const)
      expect([who, view, await lists(who, view, id)]).toEqual([who, view, there])
    const [mine, others] = [
      await house.ask(countTickets, actor('priya'), {}),
      await house.ask(countTickets, actor('tom'), {}),
    ]
    expect([mine.snoozed, others.open - mine.open]).toEqual([1, 1])
    await house.advance({ minutes: 61 })
    expect(await lists('priya', 'open', id)).toBe(true)
    expect((await house.ask(countTickets, actor('priya'), {})).snoozed).toBe(0)
  })

  it.each<[string, (id: string) => Promise<unknown>, boolean]>([
    ['a public reply', (id) => house.execute(replyTicket, actor('laurent'), { id, body: 'Still broken' }), true],
    [
      'an escalation',
      (id) =>
        house.execute(escalateTicket, actor('tom'), {
          ...{ id, teamId: house.cast.markets.id, page: false, since: '2026-11-23T06:00:00Z' },
          ...{ seen: 'x', hurt: 'x', tried: 'x', evidence: 'x' },
        }),
      true,
    ],
    ['my own reply', (id) => house.execute(replyTicket, actor('priya'), { id, body: 'Later' }), false],
    ['a note', (id) => house.execute(noteTicket, actor('tom'), { id, body: 'Hm' }), false],
  ])('comes back upon %s: or not', async (_, happens, back) => {
    const { id } = await opened()
    await snooze(id)
    await happens(id)
    await house.settle()
    expect(await lists('priya', 'open', id)).toBe(back)
  })

  it('comes back by hand, and that can be taken back; what is past, over or a program’s is refused', async () => {
    const { id } = await opened()
    await snooze(id, 5)
    const { undo } = await house.execute(unsnoozeTicket, actor('priya'), { id })
    expect(await lists('priya', 'open', id)).toBe(true)
    expect(undo).toMatchObject({ act: 'snooze', input: { id } })
    await expect(snooze(id, -1)).rejects.toThrow('until: must be in the future')
    await expect(snooze(id, 24 * 400)).rejects.toThrow('until: must be within a year')
    await expect(snooze(id, 1, 'key')).rejects.toMatchObject({ code: 'forbidden' })
    await house.execute(resolveTicket, actor('priya'), { id, resolution: 'Done' })
    await expect(snooze(id)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('two who reply at once', () => {
  it('the second is told to read first; sending again after reading is fine', async () => {
    const { id } = await opened()
    const send = (who: Who, seen: string | null) =>
      house.execute(replyTicket, actor(who), { id, body: `From ${who}`, seen })
    const both = await Promise.allSettled([send('priya', null), send('tom', null)])
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    const first = both.find((b) => b.status === 'fulfilled')?.value.message?.id ?? null
    const second: Who = both[0]?.status === 'fulfilled' ? 'tom' : 'priya'
    await expect(send(second, null)).rejects.toThrow(
      / replied less than a minute ago, after you had begun\. Read it first/,
    )
    expect((await send(second, first)).message?.body).toBe(`From ${second}`)
    // Whoever wrote last need not read himself.
    expect((await send(second, first)).message).not.toBeNull()
    // A program that says nothing of what it read is not held up.
    await house.execute(replyTicket, actor('key'), { id, body: 'By the way' })
  })
})

describe('presence', () => {
  it('shows who else looks and writes for 30 s, or until he leaves; nothing of it is logged', async () => {
    const { id, number } = await opened()
    let told = 0
    const unsubscribe = house.feed.subscribe({
      actor: actor('priya'),
      take: () => undefined,
      moved: (subjects) => {
        told += subjects.filter((one) => one === `presence:${number}`).length
      },
    })
    const here = (who: Who, typing: 'reply' | null = null) => house.execute(beHere, actor(who), { id, typing })
    expect(await here('priya')).toEqual({ others: [] })
    expect(await here('tom', 'reply')).toMatchObject({ others: [{ name: 'Priya Nair', typing: null }] })
    expect(await here('priya')).toMatchObject({ others: [{ name: 'Tom Marsh', typing: 'reply' }] })
    // Each came once, and one began to write; a further sign of life is no news.
    expect(told).toBe(2)
    await here('tom')
    await here('tom')
    expect(told).toBe(3)
    await house.execute(leaveHere, actor('tom'), { id })
    await house.execute(leaveHere, actor('tom'), { id })
    expect(told).toBe(4)
    unsubscribe()
    expect(await here('priya')).toEqual({ others: [] })
    await here('tom')
    await house.advance({ seconds: 31 })
    expect(await here('priya')).toEqual({ others: [] })
    await expect(here('laurent')).rejects.toMatchObject({ code: 'forbidden' })
    const { n } = await house.platform.db
      .selectFrom('events')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('type', 'like', '%here%')
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(0)
  })
})
