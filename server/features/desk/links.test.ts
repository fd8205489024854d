import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LinkKind } from '../../../contract/desk/index.ts'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { addCaller } from './add-caller.ts'
import { adoptTickets, disownTickets } from './children.ts'
import { getTicket } from './get.ts'
import { helpWith, stopHelping } from './help.ts'
import { linkTicket, unlinkTicket } from './link.ts'
import { listChildren, readLinks } from './links-query.ts'
import { listTickets } from './list.ts'
import { openByHand } from './open.ts'
import { reopenTicket } from './reopen.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { readTicketTimeline } from './timeline.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

type Who = 'priya' | 'tom' | 'laurent' | 'brandt'
const as = (who: Who) => house.cast.actors[who]
const open = async (title = 'No prices', more: object = {}, who: Who = 'priya') =>
  (await house.execute(openByHand, as(who), { title, ...more })).ticket
const link = (id: string, kind: LinkKind, to: string, who: Who = 'priya') =>
  house.execute(linkTicket, as(who), { id, kind, to })
const links = (id: string) => house.ask(readLinks, as('priya'), { id })
const get = (id: string, who: Who = 'priya') => house.ask(getTicket, as(who), { id })
const story = async (id: string, who: Who = 'priya') =>
  (await house.ask(readTicketTimeline, as(who), { id, limit: 200 })).items.map((e) => e.text)

describe('a link', () => {
  it('stands on both tickets, in the words of each, and can be taken away', async () => {
    const [incident, problem] = [await open(), await open('Memory leak', { kind: 'problem' })]
    const { undo } = await link(incident.number, 'caused_by', problem.number.toLowerCase())
    expect((await links(incident.id)).links).toMatchObject([{ words: 'caused by', ticket: { number: problem.number } }])
    expect((await links(problem.id)).links).toMatchObject([{ words: 'cause of', ticket: { number: incident.number } }])
    const said = `Priya Nair linked ${incident.number} as caused by ${problem.number}.`
    expect(await story(incident.id)).toContain(said)
    expect(await story(problem.id)).toContain(said)
    expect(undo).toEqual({ act: 'unlink', input: { id: incident.id, kind: 'caused_by', to: problem.id } })
    await house.execute(unlinkTicket, as('priya'), undo?.input as never)
    expect((await links(problem.id)).links).toEqual([])
  })

  it('is made once, without a direction also from the other end', async () => {
    const [a, b] = [await open(), await open()]
    await link(a.id, 'relates_to', b.id)
    await link(a.id, 'relates_to', b.id)
    await link(b.id, 'relates_to', a.id)
    expect((await links(a.id)).links).toHaveLength(1)
    await house.execute(unlinkTicket, as('tom'), { id: b.id, kind: 'relates_to', to: a.id })
    expect((await links(a.id)).links).toEqual([])
  })

  it('is refused to itself, in a circle, to a second parent, and to what is not there', async () => {
    const [a, b, c] = [await open(), await open(), await open()]
    await expect(link(a.id, 'relates_to', a.number)).rejects.toMatchObject({ code: 'invalid_input' })
    await link(a.id, 'child_of', b.id)
    await link(b.id, 'child_of', c.id)
    await expect(link(c.id, 'child_of', a.id)).rejects.toThrow(/would be a circle/)
    await expect(link(a.id, 'child_of', c.id)).rejects.toThrow(/is a child of .* already/)
    await expect(link(a.id, 'relates_to', 'INC-999999')).rejects.toMatchObject({ code: 'not_found' })
    await expect(link(a.id, 'relates_to', b.id, 'laurent')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('of two who make each a child of the other at once, one is told', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await open(), await open()]
      const both = await Promise.allSettled([link(a.id, 'child_of', b.id), link(b.id, 'child_of', a.id, 'tom')])
      expect(both.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
      expect(both.find((r) => r.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' })
    }
  })
})

describe('parent and children', () => {
  it('one reply answers all: each requester reads it on his own ticket, once, and nothing of another', async () => {
    const parent = await open('Blotters are empty', { requesterId: house.cast.brandt.id })
    const child = await open('My blotter is empty', {}, 'laurent')
    const notTold = await open('Another thing', {}, 'laurent')
    await house.execute(adoptTickets, as('priya'), { id: parent.id, tickets: [child.id] })
    expect((await links(parent.id)).family).toEqual({ tickets: 1, people: 1, ofMerged: 0 })
    const listed = async (who: 'priya' | 'laurent') =>
      (await house.ask(listTickets, as(who), { view: 'recent', limit: 5 })).items
        .filter(({ id }) => id === parent.id || id === child.id)
        .map((t) => [t.parent, t.children])
    expect(await listed('priya')).toEqual([
      [parent.number, 0],
      [null, 1],
    ])
    expect(await listed('laurent')).toEqual([[null, 0]])
    await house.execute(replyTicket, as('priya'), { id: parent.id, body: 'Only for one.' })
    await house.execute(replyTicket, as('priya'), { id: parent.id, body: 'We know, and work on it.', toChildren: true })
    const read = await get(child.id, 'laurent')
    expect(read.messages.map((m) => [m.body, m.author.name])).toEqual([['We know, and work on it.', 'Priya Nair']])
    expect(read).toMatchObject({ state: 'in_progress', watchers: [], helpers: [], mergedInto: null, marks: {} })
    expect(await story(child.id, 'laurent')).toEqual([
      'Priya Nair replied: We know, and work on it.',
      expect.stringContaining('M. Laurent opened'),
    ])
    expect((await get(notTold.id, 'laurent')).messages).toEqual([])
    expect(JSON.stringify(read)).not.toContain(parent.number)
    expect(await story(parent.id, 'brandt')).toEqual([
      'Priya Nair replied: We know, and work on it.',
      'Priya Nair replied: Only for one.',
      expect.stringContaining('opened'),
    ])
    expect(await story(parent.id)).toContain('The reply stands on 1 more ticket as well and reaches 1 more person.')
    expect((await get(child.id)).firstResponseAt).not.toBeNull()
    await expect(
      house.execute(replyTicket, as('laurent'), { id: child.id, body: 'To all', toChildren: true }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('are resolved in one act and reopened by taking it back; what was over before stays', async () => {
    const parent = await open('Blotters are empty')
    const [one, two, before] = [await open(), await open(), await open()]
    const ids = [one.id, two.id, before.id]
    await house.execute(resolveTicket, as('tom'), { id: before.id, resolution: 'A cable' })
    await house.advance({ minutes: 1 })
    await house.execute(adoptTickets, as('priya'), { id: parent.id, tickets: ids })
    const { undo } = await house.execute(resolveTicket, as('priya'), {
      id: parent.id,
      resolution: 'Gateway restarted',
      children: true,
    })
    const states = async () => Promise.all(ids.map(async (id) => (await get(id)).state))
    expect(await states()).toEqual(['resolved', 'resolved', 'resolved'])
    expect((await get(one.id)).resolution).toBe('Gateway restarted')
    expect((await links(parent.id)).children).toEqual({ total: 3, open: 0, states: [{ state: 'resolved', count: 3 }] })
    await house.execute(reopenTicket, as('priya'), undo?.input as never)
    expect(await states()).toEqual(['in_progress', 'in_progress', 'resolved'])
    await house.execute(disownTickets, as('priya'), { id: parent.id, tickets: ids })
    expect((await links(parent.id)).children.total).toBe(0)
  })

  it('callers are counted once each, also two floors down, and the mark goes when the children do', async () => {
    const top = await open('Blotters are empty', { requesterId: house.cast.brandt.id })
    const [first, again, phone] = [
      await open('Empty', {}, 'laurent'),
      await open('Empty too', {}, 'laurent'),
      await open('A call', { via: 'phone' }),
    ]
    const callers = async () => ((await get(top.id)).marks.callers as { count: number } | undefined)?.count
    await house.execute(adoptTickets, as('priya'), { id: top.id, tickets: [first.id] })
    expect(await callers()).toBe(2)
    await house.execute(adoptTickets, as('priya'), { id: first.id, tickets: [again.id, phone.id] })
    expect(await callers()).toBe(3)
    const { child } = await house.execute(addCaller, as('priya'), { id: top.id, words: 'Nobody can price' })
    expect(child).toBeNull()
    expect(await callers()).toBe(4)
    await house.execute(disownTickets, as('priya'), { id: top.id, tickets: [first.id] })
    expect(await callers()).toBe(2)
  })

  it('a caller with an account gets a ticket of his own under it, and one who asked already is counted once', async () => {
    const top = await open('Blotters are empty', { requesterId: house.cast.brandt.id })
    const call = (userId: string) =>
      house.execute(addCaller, as('priya'), { id: top.id, userId, words: 'he cannot price either' })
    const { child } = await call(house.cast.laurent.id)
    expect((await get(child?.number ?? '', 'laurent')).openedVia).toBe('phone')
    expect((await call(house.cast.brandt.id)).child).toBeNull()
    expect((await get(top.id)).marks.callers).toEqual({ count: 2 })
    expect((await links(top.id)).callers).toMatchObject([{ person: { name: 'L. Brandt' } }])
  })

  it('three hundred children are listed by pages, counted, answered and resolved', async () => {
    const top = await open('Three hundred calls')
    const { db } = house.platform
    await sql`insert into tickets (id, number, kind, title, state, impact, urgency, priority, priority_reason, environment,
        requester_id, opened_via, opened_by, opened_at, updated_at)
      select gen_random_uuid(), 'INC-9' || lpad(n::text, 6, '0'), 'incident', 'Call ' || n, 'new', 'low', 'low', 5, '', 'prod',
        ${house.cast.laurent.id}::uuid, 'phone', '{}', ${house.clock.now()}::timestamptz, ${house.clock.now()}::timestamptz
      from generate_series(1, 300) n`.execute(db)
    await sql`insert into ticket_links (from_id, kind, to_id, at)
      select id, 'child_of', ${top.id}::uuid, opened_at from tickets where title like 'Call %'`.execute(db)
    const first = await house.ask(listChildren, as('priya'), { id: top.id, limit: 100 })
    const second = await house.ask(listChildren, as('priya'), { id: top.id, limit: 100, cursor: first.next ?? '' })
    expect(new Set([...first.items, ...second.items].map((t) => t.id)).size).toBe(200)
    expect((await links(top.id)).family).toEqual({ tickets: 300, people: 1, ofMerged: 0 })
    await house.execute(replyTicket, as('priya'), { id: top.id, body: 'We work on it.', toChildren: true })
    await house.execute(resolveTicket, as('priya'), { id: top.id, resolution: 'Restarted', children: true })
    expect((await links(top.id)).children).toMatchObject({ total: 300, open: 0 })
  }, 60_000)
})

describe('helpers', () => {
  it('join beside whoever has it, are asked, told once, and find it in a view of their own', async () => {
    const ticket = await open('All hands', { assigneeId: house.cast.priya.id })
    await house.execute(helpWith, as('priya'), { id: ticket.id, userId: house.cast.tom.id })
    await house.execute(helpWith, as('priya'), { id: ticket.id, userId: house.cast.tom.id })
    expect((await get(ticket.id)).helpers).toEqual([{ id: house.cast.tom.id, name: 'Tom Marsh', joined: false }])
    const told = await house.platform.db
      .selectFrom('deliveries')
      .selectAll()
      .where('user_id', '=', house.cast.tom.id)
      .execute()
    expect(told).toHaveLength(1)
    const mine = async () => (await house.ask(listTickets, as('tom'), { view: 'helping' })).items.map((t) => t.id)
    expect(await mine()).toEqual([ticket.id])
    const { undo } = await house.execute(helpWith, as('tom'), { id: ticket.id, userId: 'me' })
    expect(await get(ticket.id)).toMatchObject({ assignee: { name: 'Priya Nair' }, helpers: [{ joined: true }] })
    await house.execute(stopHelping, as('tom'), undo?.input as never)
    expect(await mine()).toEqual([])
    expect(await story(ticket.id)).toEqual(
      expect.arrayContaining([
        'Priya Nair asked Tom Marsh to help.',
        'Tom Marsh joined to help.',
        'Tom Marsh helps no longer.',
      ]),
    )
    await expect(
      house.execute(helpWith, as('priya'), { id: ticket.id, userId: house.cast.laurent.id }),
    ).rejects.toThrow(/does not work tickets/)
  })
})
