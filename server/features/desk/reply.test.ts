import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { callOut } from './call-out.ts'
import { closeTicket } from './close.ts'
import { getTicket } from './get.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { pendTicket } from './pend.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'
import { readTicketTimeline } from './timeline.ts'
import { watchTicket } from './watch.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

type Who = keyof DeskHouse['cast']['actors']
const actor = (who: Who) => house.cast.actors[who]
const asked = async () =>
  (await house.execute(openByHand, actor('laurent'), { title: 'No prices', serviceId: house.cast.wiki.id })).ticket
const reply = (who: Who, id: string, body = 'Hello') => house.execute(replyTicket, actor(who), { id, body })
const get = (id: string) => house.ask(getTicket, actor('priya'), { id })

describe('the first response', () => {
  it('is the first public reply of a human at the desk, and stops that clock alone', async () => {
    const { id } = await asked()
    await house.execute(noteTicket, actor('priya'), { id, body: 'Looking' })
    await reply('laurent', id, 'Any news?')
    await reply('key', id, 'We got your message')
    expect(await get(id)).toMatchObject({ firstResponseAt: null, dueClock: 'first_response', state: 'in_progress' })
    await house.advance({ minutes: 3 })
    const at = house.clock.now()
    await reply('priya', id, 'The gateway restarts')
    await house.advance({ minutes: 1 })
    await reply('tom', id)
    const seen = await get(id)
    expect(seen).toMatchObject({
      dueClock: 'resolution',
      clocks: [{ name: 'first_response', state: 'met' }, { state: 'running' }],
    })
    expect(String(seen.firstResponseAt)).toBe(String(at))
  })

  it('is a call as well, in which somebody was reached, and what was said stays inside', async () => {
    const { id } = await asked()
    const call = (who: Who, more: object = {}) =>
      house.execute(callOut, actor(who), { id, body: 'Called him back', ...more })
    await call('priya', { reached: false })
    // A telephone system is nobody who answers.
    await call('key')
    expect(await get(id)).toMatchObject({ firstResponseAt: null, dueClock: 'first_response', state: 'in_progress' })
    await call('priya')
    expect(await get(id)).toMatchObject({ clocks: [{ name: 'first_response', state: 'met' }, { state: 'running' }] })
    const said = async (who: Who) =>
      (await house.ask(readTicketTimeline, actor(who), { id })).items.map(({ text }) => text).join(' ')
    expect(await said('priya')).toContain('Priya Nair called and reached nobody: Called him back')
    expect(await said('laurent')).not.toContain('Called')
    await expect(call('laurent')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is not the answer of an analyst to himself', async () => {
    const { ticket } = await house.execute(openByHand, actor('tom'), { title: 'Disk', requesterId: house.cast.tom.id })
    await reply('tom', ticket.id)
    expect((await get(ticket.id)).firstResponseAt).toBeNull()
  })

  it('is the resolution when nothing was said before, but not one that came by itself', async () => {
    const { id } = await asked()
    await house.execute(resolveTicket, actor('priya'), { id, resolution: 'Restarted' })
    expect((await get(id)).firstResponseAt).not.toBeNull()
    const other = await asked()
    await house.execute(resolveTicket, actor('key'), { id: other.id, resolution: 'Over' })
    expect(await get(other.id)).toMatchObject({
      firstResponseAt: null,
      clocks: [{ state: 'cancelled' }, { name: 'resolution', state: 'met' }],
    })
  })
})

describe('a reply of the requester', () => {
  it('sets a pending ticket going, whatever it waited for', async () => {
    const { id } = await asked()
    await house.execute(pendTicket, actor('priya'), { id, reason: 'vendor', until: '2026-12-24T12:00:00Z' })
    await reply('laurent', id, 'It works again, by the way')
    expect(await get(id)).toMatchObject({ state: 'new', pendingReason: null, pendingUntil: null })
    const { items } = await house.ask(readTicketTimeline, actor('laurent'), { id })
    expect(items.map((e) => e.text).slice(0, 2)).toEqual([
      'M. Laurent replied, so it goes on.',
      'M. Laurent replied: It works again, by the way',
    ])
  })

  it('reopens a resolved ticket, which does not close by itself any more', async () => {
    const { id } = await asked()
    await house.execute(resolveTicket, actor('priya'), { id, resolution: 'Restarted' })
    const { ticket } = await reply('laurent', id, 'Not solved')
    expect(ticket).toMatchObject({ state: 'in_progress', reopened: 1, resolvedAt: null })
    house.clock.set(house.clock.now().add({ hours: 6 * 24 }))
    await house.settle()
    expect((await get(id)).state).toBe('in_progress')
  })

  it('opens a new ticket that names the old one once that is closed; the old one stays as it is', async () => {
    const old = await asked()
    await house.execute(resolveTicket, actor('priya'), { id: old.id, resolution: 'Restarted' })
    await house.execute(closeTicket, actor('laurent'), { id: old.id })
    const { followUp, message } = await reply('laurent', old.id, 'It is back')
    expect(message).toBeNull()
    const fresh = await house.ask(getTicket, actor('laurent'), { id: followUp?.id ?? '' })
    expect(fresh).toMatchObject({
      kind: 'incident',
      title: 'Again: No prices',
      description: `Follows ${old.number} (No prices), which is closed.\n\nIt is back`,
      service: { name: 'Wiki' },
      requester: { name: 'M. Laurent' },
      state: 'new',
    })
    expect(await get(old.id)).toMatchObject({ state: 'closed', messages: [] })
    for (const id of [old.id, fresh.id]) {
      const { items } = await house.ask(readTicketTimeline, actor('laurent'), { id })
      expect(items.map((e) => e.text)).toContain(
        `M. Laurent replied after ${old.number} was over, which opened ${fresh.number}.`,
      )
    }
  })

  it('is told apart from that of a watcher, who reopens nothing', async () => {
    const { id } = await asked()
    await house.execute(watchTicket, actor('priya'), { id, userId: house.cast.brandt.id })
    await house.execute(resolveTicket, actor('priya'), { id, resolution: 'Restarted' })
    await reply('brandt', id, 'Thank you')
    expect(await get(id)).toMatchObject({ state: 'resolved', reopened: 0 })
  })
})

it('a page shows the last hundred messages in order, and says that there are more', async () => {
  const { id } = await asked()
  for (let n = 1; n <= 101; n++) await reply('priya', id, `Message ${n}`)
  const seen = await get(id)
  expect(seen.earlierMessages).toBe(true)
  expect(seen.messages.map((m) => m.body)).toEqual(Array.from({ length: 100 }, (_, i) => `Message ${i + 2}`))
})
