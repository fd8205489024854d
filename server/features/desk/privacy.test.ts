import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { type Actor, scopeFor, system } from '../../platform/access.ts'
import { maySee, readAfter } from '../../platform/feed.ts'
import { assignTicket } from './assign.ts'
import { cancelTicket } from './cancel.ts'
import { changeTicket } from './change.ts'
import { countTickets } from './counts.ts'
import { getTicket } from './get.ts'
import { listTickets } from './list.ts'
import { moveTicket } from './move.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { reopenTicket } from './reopen.ts'
import { replyTicket } from './reply.ts'
import { readTicketTimeline } from './timeline.ts'
import { unwatchTicket, watchTicket } from './watch.ts'

/** A requester never reads another's ticket, an internal note, an internal event, or who works on it. */

const SECRET = 'the desk thinks that the trader is wrong'
let house: DeskHouse
let laurents: { id: string; number: string }
let brandts: { id: string; number: string }
beforeAll(async () => {
  house = await deskHouse()
  laurents = await worked(actor('laurent'))
  brandts = await worked(actor('brandt'))
})
afterAll(() => house.close())

const actor = (who: keyof DeskHouse['cast']['actors']) => house.cast.actors[who]

/** A ticket on which everything internal has happened. */
const worked = async (requester: Actor) => {
  const { ticket } = await house.execute(openByHand, requester, { title: 'No prices', serviceId: house.cast.orders.id })
  const { id } = ticket
  const priya = actor('priya')
  await house.execute(noteTicket, priya, { id, body: SECRET })
  await house.execute(assignTicket, priya, { id, userId: house.cast.tom.id })
  await house.execute(changeTicket, priya, { id, priority: 5, reason: SECRET })
  await house.execute(moveTicket, priya, { id, teamId: house.cast.dba.id })
  await house.execute(replyTicket, priya, { id, body: 'We are on it' })
  await house.platform.db
    .updateTable('tickets')
    .set({ marks: JSON.stringify({ secret: SECRET }) })
    .where('id', '=', id)
    .execute()
  return ticket
}

const internalWords = () => [SECRET, 'Tom Marsh', 'tier 1', 'EQD London', 'Markets']
const expectNothingInternal = (answer: unknown) => {
  const text = JSON.stringify(answer)
  for (const words of internalWords()) expect(text).not.toContain(words)
}

it('the desk does see all of it', async () => {
  const seen = await house.ask(getTicket, actor('priya'), { id: laurents.id })
  const { items } = await house.ask(readTicketTimeline, actor('priya'), { id: laurents.id })
  for (const words of internalWords()) expect(JSON.stringify([seen, items])).toContain(words)
})

describe('another’s ticket', () => {
  it.each(['id', 'number'] as const)('cannot be read by %s, nor its timeline, nor acted on', async (by) => {
    const id = laurents[by]
    const who = actor('brandt')
    const wanted: [string, () => Promise<unknown>][] = [
      ['get', () => house.ask(getTicket, who, { id })],
      ['timeline', () => house.ask(readTicketTimeline, who, { id })],
      ['reply', () => house.execute(replyTicket, who, { id, body: 'x' })],
      ['reopen', () => house.execute(reopenTicket, who, { id })],
      ['cancel', () => house.execute(cancelTicket, who, { id, reason: 'x' })],
      ['watch', () => house.execute(watchTicket, who, { id, userId: 'me' })],
    ]
    for (const [name, act] of wanted) await expect(act(), name).rejects.toMatchObject({ code: 'not_found' })
  })

  it('looks the same as one that is not there', async () => {
    const read = (id: string) => house.ask(getTicket, actor('brandt'), { id }).catch((e) => e.message.replace(id, ''))
    expect(await read('INC-999999')).toBe(await read(laurents.number))
    expect(await read(crypto.randomUUID())).toBe(await read(laurents.id))
  })

  it.each([
    { view: 'open' },
    { view: 'unassigned' },
    { view: 'requested' },
    { view: 'recent' },
    { view: 'recent', q: 'No prices' },
    { view: 'open', q: 'INC-1' },
    { view: 'open', priority: 5 },
  ] as const)('is in no list: %o', async (input) => {
    const seen = await house.ask(listTickets, actor('brandt'), input)
    expect(seen.items.every((t) => t.requester?.id === house.cast.brandt.id)).toBe(true)
    expectNothingInternal(seen)
  })

  it('is not found by its number, and not by team or service; by assignee he may not ask', async () => {
    const by = [{ q: laurents.number }, { teamId: house.cast.dba.id }, { serviceId: house.cast.orders.id }]
    for (const input of by) {
      const { items } = await house.ask(listTickets, actor('brandt'), { view: 'recent', ...input })
      expect(items.map((t) => t.id).filter((id) => id === laurents.id)).toEqual([])
    }
    const byOwner = { view: 'recent' as const, assigneeId: house.cast.tom.id }
    await expect(house.ask(listTickets, actor('brandt'), byOwner)).rejects.toThrow(/known to the desk only/)
  })

  it('is not counted', async () => {
    expect(await house.ask(countTickets, actor('brandt'), {})).toEqual({
      mine: 0,
      helping: 0,
      myTeams: 0,
      escalated: 0,
      snoozed: 0,
      unassigned: 0,
      urgent: 0,
      open: 1,
    })
  })

  it('is in no event that he is handed, by the log, its reference or the live feed', async () => {
    const asked = house.as('brandt')
    for (const url of [
      '/events?limit=200',
      `/events?about=ticket:${laurents.id}`,
      `/events?about=user:${house.cast.laurent.id}`,
    ]) {
      const { status, body } = await asked('GET', url)
      expect(status).toBe(200)
      expect(JSON.stringify(body)).not.toContain(laurents.id)
      expect(JSON.stringify(body)).not.toContain(laurents.number)
      expectNothingInternal(body)
    }
    const scope = scopeFor(actor('brandt'), 'event.read')
    const feed = async () =>
      (await readAfter(house.platform.db, { xid: '0', seq: 0 }, 1000)).filter((e) => scope && maySee(scope, e))
    await expect.poll(async () => (await feed()).length).toBeGreaterThan(0)
    const fed = await feed()
    expect(fed.filter((e) => e.about.includes(`ticket:${laurents.id}`))).toEqual([])
    expectNothingInternal(fed)
  })
})

describe('one’s own ticket', () => {
  it('shows public messages and public columns alone', async () => {
    const seen = await house.ask(getTicket, actor('laurent'), { id: laurents.number })
    expect(seen.messages.map((m) => [m.kind, m.body])).toEqual([['public', 'We are on it']])
    expect(seen).toMatchObject({
      assignee: null,
      // Who has it: the team, and no person of it.
      team: { name: 'DBA' },
      marks: {},
      dueAt: null,
      basis: null,
      derivation: [],
      pages: [],
    })
    expectNothingInternal(seen)
  })

  it('has a timeline of what concerns him', async () => {
    const { items } = await house.ask(readTicketTimeline, actor('laurent'), { id: laurents.id })
    expect(items.map((e) => e.text)).toEqual([
      'Priya Nair replied: We are on it',
      `M. Laurent opened ${laurents.number}: No prices`,
    ])
    expectNothingInternal(items)
  })

  it('is named to the desk in each event about it, and its own events name nothing to him', async () => {
    type Log = { items: { about: { ref: string; name: string }[] }[] }
    const url = `/events?about=ticket:${laurents.id}`
    const atDesk = (await house.as('priya')('GET', url)).body as Log
    expect(atDesk.items.length).toBeGreaterThan(3)
    for (const { about } of atDesk.items)
      expect(about).toContainEqual({ ref: `ticket:${laurents.id}`, name: laurents.number })
    expect(
      new Set(atDesk.items.flatMap(({ about }) => about.map(({ ref }) => ref.split(':')[0]))).size,
    ).toBeGreaterThan(1)
    const his = (await house.as('laurent')('GET', url)).body as Log
    expect(his.items.length).toBeGreaterThan(0)
    expect(his.items.flatMap(({ about }) => about)).toEqual([])
  })

  it('answers his acts with no more than that', async () => {
    const { ticket } = await house.execute(openByHand, actor('laurent'), {
      title: 'x',
      serviceId: house.cast.orders.id,
    })
    await house.execute(assignTicket, actor('priya'), { id: ticket.id, userId: house.cast.tom.id })
    const replied = await house.execute(replyTicket, actor('laurent'), { id: ticket.id, body: 'Any news?' })
    const cancelled = await house.execute(cancelTicket, actor('laurent'), { id: ticket.id, reason: 'Solved itself' })
    const followed = await house.execute(replyTicket, actor('laurent'), { id: ticket.id, body: 'Not quite' })
    for (const answer of [ticket, replied, cancelled, followed]) expectNothingInternal(answer)
  })

  it('gives him full pages, though most of its events are internal', async () => {
    const first = await house.ask(readTicketTimeline, actor('laurent'), { id: laurents.id, limit: 1 })
    expect(first.items).toHaveLength(1)
    const second = await house.ask(readTicketTimeline, actor('laurent'), {
      id: laurents.id,
      limit: 1,
      cursor: first.next ?? '',
    })
    expect([second.items.length, second.next]).toEqual([1, null])
  })

  it('tells him who acted in an error no more than he may read', async () => {
    const { status, body } = await house.as('laurent')(
      'POST',
      `/tickets/${laurents.id}/replies`,
      { body: 'x' },
      { 'if-match': '"v1"' },
    )
    expect(status).toBe(412)
    expect(body.detail).toContain('Priya Nair was the last to change it')
    await house.execute(assignTicket, actor('lena'), { id: laurents.id, userId: house.cast.priya.id })
    const again = await house.as('laurent')(
      'POST',
      `/tickets/${laurents.id}/replies`,
      { body: 'x' },
      { 'if-match': '"v1"' },
    )
    expect(again.body.detail).not.toContain('Lena')
  })
})

describe('a watcher', () => {
  it('reads what the requester reads, from the beginning, until he watches no longer', async () => {
    const see = () => house.ask(getTicket, actor('laurent'), { id: brandts.id })
    await expect(see()).rejects.toMatchObject({ code: 'not_found' })
    await house.execute(watchTicket, actor('priya'), { id: brandts.id, userId: house.cast.laurent.id })
    const seen = await see()
    expect(seen.watching).toBe(true)
    expectNothingInternal(seen)
    const { items } = await house.ask(readTicketTimeline, actor('laurent'), { id: brandts.id })
    expect(items).toHaveLength(2)
    expectNothingInternal(items)
    await house.execute(replyTicket, actor('priya'), { id: brandts.id, body: 'Nearly done' })
    const scope = scopeFor(actor('laurent'), 'event.read')
    // The feed waits for every transaction of the server that began before, also for those of other tests.
    await expect
      .poll(async () =>
        (await readAfter(house.platform.db, { xid: '0', seq: 0 }, 1000))
          .filter((e) => scope && maySee(scope, e) && e.about.includes(`ticket:${brandts.id}`))
          .map((e) => e.type),
      )
      .toEqual(['ticket.replied'])
    await house.execute(unwatchTicket, actor('laurent'), { id: brandts.id, userId: 'me' })
    await expect(see()).rejects.toMatchObject({ code: 'not_found' })
  })

  it('adds nobody else', async () => {
    const add = house.execute(watchTicket, actor('laurent'), { id: laurents.id, userId: house.cast.brandt.id })
    await expect(add).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('sees himself among the watchers, and not the others', async () => {
    await house.execute(watchTicket, actor('priya'), { id: laurents.id, userId: house.cast.brandt.id })
    await house.execute(watchTicket, actor('tom'), { id: laurents.id, userId: 'me' })
    const seen = await house.ask(getTicket, actor('brandt'), { id: laurents.id })
    expect(seen.watchers.map((w) => w.name)).toEqual(['L. Brandt'])
    expect((await house.ask(getTicket, system, { id: laurents.id })).watchers).toHaveLength(2)
  })
})

describe('a signed link', () => {
  it('reads the ticket that it names, and no other', async () => {
    const link: Actor = {
      kind: 'link',
      id: crypto.randomUUID(),
      userId: house.cast.priya.id,
      name: 'Priya Nair',
      verb: 'page.respond',
      input: {},
      readable: [`ticket:${laurents.id}`],
    }
    expect((await house.ask(getTicket, link, { id: laurents.id })).id).toBe(laurents.id)
    await expect(house.ask(getTicket, link, { id: brandts.id })).rejects.toMatchObject({ code: 'not_found' })
    expect((await house.ask(listTickets, link, { view: 'recent' })).items.map((t) => t.id)).toEqual([laurents.id])
    const blind = { ...link, readable: ['page:1'] }
    await expect(house.ask(getTicket, blind, { id: laurents.id })).rejects.toMatchObject({ code: 'not_found' })
  })
})
