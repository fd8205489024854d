import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { adoptTickets } from './children.ts'
import { closeTicket } from './close.ts'
import { getTicket } from './get.ts'
import { linkTicket, unlinkTicket } from './link.ts'
import { readLinks } from './links-query.ts'
import { listTickets } from './list.ts'
import { mergeTickets } from './merge.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { pendTicket } from './pend.ts'
import { reopenTicket } from './reopen.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { readTicketTimeline } from './timeline.ts'
import { unmergeTickets } from './unmerge.ts'
import { watchTicket } from './watch.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

type Who = 'priya' | 'tom' | 'laurent' | 'brandt'
const as = (who: Who) => house.cast.actors[who]
const open = async (who: Who = 'priya', more: object = {}) =>
  (await house.execute(openByHand, as(who), { title: 'No prices', ...more })).ticket
const merge = (into: string, tickets: string[], who: Who = 'priya') =>
  house.execute(mergeTickets, as(who), { id: into, tickets })
const get = (id: string, who: Who = 'priya') => house.ask(getTicket, as(who), { id })
const links = (id: string) => house.ask(readLinks, as('priya'), { id })
const story = async (id: string, who: Who = 'priya') =>
  (await house.ask(readTicketTimeline, as(who), { id, limit: 200 })).items.map((e) => e.text)

describe('a merging', () => {
  it('cancels the duplicate with a link, keeps its messages, and the clocks count from the earliest opening', async () => {
    const early = await open('laurent', { serviceId: house.cast.orders.id })
    await house.execute(replyTicket, as('laurent'), { id: early.id, body: 'Since nine.' })
    const due = (await get(early.id)).clocks.find((c) => c.name === 'resolution')?.dueAt
    await house.advance({ minutes: 20 })
    const survivor = await open('brandt', { serviceId: house.cast.orders.id })
    expect((await get(survivor.id)).clocks.find((c) => c.name === 'resolution')?.dueAt).not.toEqual(due)
    await merge(survivor.number, [early.number])
    expect(await get(early.id)).toMatchObject({
      state: 'cancelled',
      mergedInto: { id: survivor.id, number: survivor.number },
      dueAt: null,
      messages: [{ body: 'Since nine.' }],
      can: {
        resolve: { ok: false, why: expect.stringContaining(`merged into ${survivor.number}`) },
        unmerge: { ok: true },
      },
    })
    const after = await get(survivor.id)
    expect(after.clocks.find((c) => c.name === 'resolution')?.dueAt).toEqual(due)
    expect(after.marks.callers).toEqual({ count: 2 })
    expect((await links(survivor.id)).links).toMatchObject([{ words: 'duplicated by', merged: true }])
    expect(await story(survivor.id)).toContain(`Priya Nair merged ${early.number} into ${survivor.number}.`)
  })

  it('stops the page of the duplicate, and calls somebody for the survivor where nobody has it', async () => {
    const survivor = await open('priya', { serviceId: house.cast.orders.id })
    const paged = await open('priya', { serviceId: house.cast.orders.id, page: true, teamId: house.cast.markets.id })
    await merge(survivor.id, [paged.id])
    expect((await get(paged.id)).pages.map((p) => p.state)).toEqual(['done'])
    expect((await get(survivor.id)).pages.map((p) => p.state)).toEqual(['paging'])
    await house.execute(unmergeTickets, as('priya'), { id: survivor.id, tickets: [paged.id] })
    expect((await get(paged.id)).pages.map((p) => p.state).sort()).toEqual(['done', 'paging'])
  })

  it('is taken back: state, children, parent, watchers and clocks are what they were', async () => {
    const [parent, child, survivor] = [await open(), await open(), await open()]
    await house.advance({ minutes: 3 })
    const one = await open('laurent', { serviceId: house.cast.wiki.id })
    const inner = await open('brandt')
    await merge(one.id, [inner.id])
    await house.execute(watchTicket, as('priya'), { id: one.id, userId: house.cast.tom.id })
    await house.execute(pendTicket, as('priya'), { id: one.id, reason: 'vendor', until: '2026-11-25T09:00:00Z' })
    await house.execute(adoptTickets, as('priya'), { id: parent.id, tickets: [one.id] })
    await house.execute(adoptTickets, as('priya'), { id: one.id, tickets: [child.id] })
    const facts = async () => {
      const shown = []
      for (const id of [one.id, inner.id, parent.id, child.id, survivor.id]) {
        const { version: _, updatedAt: __, priorityReason: ___, ...t } = await get(id)
        const { links: l, ...under } = await links(id)
        shown.push({ ...t, under, links: l.map((x) => [x.kind, x.way, x.ticket.number]) })
      }
      return JSON.parse(JSON.stringify(shown))
    }
    const before = await facts()
    const { undo } = await merge(survivor.id, [one.id])
    expect((await links(survivor.id)).children.total).toBe(1)
    expect((await links(survivor.id)).merged).toBe(2)
    expect((await get(survivor.id)).watchers.map((w) => w.name)).toEqual(['Tom Marsh'])
    expect((await get(inner.id, 'brandt')).mergedInto?.number).toBe(survivor.number)
    expect(undo?.act).toBe('unmerge')
    await house.execute(unmergeTickets, as('priya'), undo?.input as never)
    expect(await facts()).toEqual(before)
    const due = await house.platform.db
      .selectFrom('due')
      .select('key')
      .where('key', '=', `ticket:${one.id}:wake`)
      .execute()
    expect(due).toHaveLength(1)
  })

  it('takes twenty at once, all or none, and repeats without harm', async () => {
    const survivor = await open()
    const many = []
    for (let n = 0; n < 20; n++) many.push((await open()).id)
    const over = await open()
    await house.execute(resolveTicket, as('priya'), { id: over.id, resolution: 'Done' })
    await expect(merge(survivor.id, [...many, over.id])).rejects.toThrow(/is resolved, so it cannot be merged/)
    expect((await links(survivor.id)).merged).toBe(0)
    await merge(survivor.id, [...many, ...many])
    const { undo } = await merge(survivor.id, [...many.slice(0, 1), (await open()).id])
    expect((await links(survivor.id)).merged).toBe(21)
    await house.execute(unmergeTickets, as('priya'), undo?.input as never)
    expect((await links(survivor.id)).merged).toBe(20)
  })

  it.each([
    ['into itself', async () => [await open()].flatMap((t) => [t, t]), 'invalid_input'],
    [
      'a problem into an incident',
      async () => [await open(), await open('priya', { kind: 'problem' })],
      'invalid_input',
    ],
    [
      'a parent into its child',
      async () => {
        const [child, parent] = [await open(), await open()]
        await house.execute(linkTicket, as('priya'), { id: child.id, kind: 'child_of', to: parent.id })
        return [child, parent]
      },
      'conflict',
    ],
    [
      'what is merged elsewhere',
      async () => {
        const [into, one] = [await open(), await open()]
        await merge((await open()).id, [one.id])
        return [into, one]
      },
      'conflict',
    ],
  ] as const)('is refused: %s', async (_, make, code) => {
    const [into, one] = await make()
    await expect(merge(into?.id ?? '', [one?.id ?? ''])).rejects.toMatchObject({ code })
  })

  it('of two people who merge into each other at once, one wins and the other is told by whom', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await open(), await open()]
      const both = await Promise.allSettled([merge(a.id, [b.id]), merge(b.id, [a.id], 'tom')])
      expect(both.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
      const told = both.find((r) => r.status === 'rejected')?.reason
      expect(told).toMatchObject({ code: 'conflict' })
      expect(told.message).toMatch(/is merged into INC-\d+.* (Priya Nair|Tom Marsh) merged it at /)
    }
  })

  it('is not taken away as a link, and not taken back from where it did not go', async () => {
    const [survivor, one, elsewhere] = [await open(), await open(), await open()]
    await merge(survivor.id, [one.id])
    const input = { id: one.id, kind: 'duplicate_of', to: survivor.id } as const
    await expect(house.execute(unlinkTicket, as('priya'), input)).rejects.toThrow(/take the merging back instead/)
    await expect(
      house.execute(unmergeTickets, as('priya'), { id: elsewhere.id, tickets: [one.id] }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(merge(survivor.id, [one.id], 'laurent')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('whoever asked for a merged ticket', () => {
  const merged = async () => {
    const survivor = await open('brandt', { title: 'Secret client ACME cannot trade' })
    const own = await open('laurent')
    await merge(survivor.id, [own.id])
    return { survivor, own }
  }
  /** Everything that M. Laurent can read, as text. */
  const all = async (id: string) =>
    JSON.stringify([
      await get(id, 'laurent'),
      await story(id, 'laurent'),
      await house.ask(listTickets, as('laurent'), { view: 'requested' }),
    ])

  it('goes on reading his own: what the desk says and how it ends, nothing internal and nobody’s name', async () => {
    const { survivor, own } = await merged()
    await house.execute(replyTicket, as('brandt'), { id: survivor.id, body: 'ACME is very angry' })
    await house.execute(noteTicket, as('priya'), { id: survivor.id, body: 'Somebody pulled a cable' })
    await house.execute(replyTicket, as('priya'), { id: survivor.id, body: 'We restart the gateway.' })
    await house.execute(resolveTicket, as('priya'), { id: survivor.id, resolution: 'Gateway restarted.' })
    const read = await get(own.id, 'laurent')
    expect(read).toMatchObject({
      state: 'resolved',
      resolution: 'Gateway restarted.',
      mergedInto: { id: null, number: survivor.number },
      messages: [{ body: 'We restart the gateway.' }],
    })
    expect(await story(own.id, 'laurent')).toEqual([
      'Priya Nair resolved it: Gateway restarted.',
      'Priya Nair replied: We restart the gateway.',
      expect.stringContaining(`goes on together with it`),
      expect.stringContaining('M. Laurent opened'),
    ])
    const text = await all(own.id)
    for (const secret of ['ACME', 'Brandt', 'cable', survivor.id]) expect(text).not.toContain(secret)
    await expect(get(survivor.id, 'laurent')).rejects.toMatchObject({ code: 'not_found' })
    expect((await get(own.id)).state).toBe('cancelled')
    expect(await story(survivor.id, 'brandt')).not.toContain(expect.stringContaining(own.number))
  })

  it('answers there: the desk reads it on the survivor, its requester does not, and it goes on', async () => {
    const { survivor, own } = await merged()
    await house.execute(pendTicket, as('priya'), { id: survivor.id, reason: 'user' })
    await house.execute(replyTicket, as('laurent'), { id: own.id, body: 'It is desk 4 as well.' })
    expect(await story(survivor.id)).toContain(`M. Laurent said on ${own.number}: It is desk 4 as well.`)
    expect((await get(survivor.id)).state).toBe('new')
    const theirs = JSON.stringify([await get(survivor.id, 'brandt'), await story(survivor.id, 'brandt')])
    for (const secret of ['Laurent', 'desk 4', own.number]) expect(theirs).not.toContain(secret)
    await house.execute(resolveTicket, as('priya'), { id: survivor.id, resolution: 'Restarted.' })
    await house.execute(reopenTicket, as('laurent'), { id: own.id, reason: 'Still empty' })
    expect((await get(survivor.id)).state).not.toBe('resolved')
    expect(await story(survivor.id)).toContain(`M. Laurent said on ${own.number}: Still empty`)
    expect(JSON.stringify(await story(survivor.id, 'brandt'))).not.toContain('Laurent')
  })

  it('cannot close or cancel for all, and after it was closed opens a new one by a reply', async () => {
    const { survivor, own } = await merged()
    await house.execute(resolveTicket, as('priya'), { id: survivor.id, resolution: 'Restarted.' })
    await expect(house.execute(closeTicket, as('laurent'), { id: own.id })).rejects.toMatchObject({ code: 'conflict' })
    await house.execute(closeTicket, as('priya'), { id: survivor.id })
    expect((await get(own.id, 'laurent')).state).toBe('closed')
    const { followUp } = await house.execute(replyTicket, as('laurent'), { id: own.id, body: 'Again' })
    expect((await get(followUp?.number ?? '', 'laurent')).description).toContain('which is closed')
  })

  it('what a requester does on the survivor is not told on the merged one', async () => {
    const { survivor, own } = await merged()
    await house.execute(resolveTicket, as('priya'), { id: survivor.id, resolution: 'Restarted.' })
    await house.execute(reopenTicket, as('brandt'), { id: survivor.id, reason: 'ACME still cannot trade' })
    expect((await get(own.id, 'laurent')).state).toBe('in_progress')
    const text = await all(own.id)
    for (const secret of ['Brandt', 'ACME']) expect(text).not.toContain(secret)
  })
})
