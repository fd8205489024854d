import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { changeTicket } from './change.ts'
import { listTickets } from './list.ts'
import { noteTicket } from './note.ts'
import { openByHand } from './open.ts'
import { replyTicket } from './reply.ts'
import { resolveTicket } from './resolve.ts'

let house: DeskHouse
let id: string
beforeAll(async () => {
  house = await deskHouse()
  const as = house.cast.actors
  const opened = await house.execute(openByHand, as.laurent, {
    title: 'The blotter shows no prices',
    description: 'Since the restart of eod-prices on prdbat01.',
  })
  id = opened.ticket.id
  await house.execute(openByHand, as.priya, {
    title: 'Another blotter, with prices',
    requesterId: house.cast.brandt.id,
  })
  await house.execute(replyTicket, as.priya, { id, body: 'The database says ORA-01555: snapshot too old.' })
  await house.execute(noteTicket, as.priya, { id, body: 'He was rude on the phone, account 4711.' })
  await house.execute(resolveTicket, as.priya, { id, resolution: 'The undo tablespace was enlarged.' })
})
afterAll(() => house.close())

const found = async (q: string, who: 'priya' | 'laurent' = 'priya') => {
  const { items } = await house.ask(listTickets, house.cast.actors[who], { view: 'recent', q, limit: 10 })
  return items.map((t) => t.id)
}

it.each([
  ['words of its title, in any order', 'prices blotter shows'],
  ['a word in another form', 'restarting price'],
  ['the beginning of its last word', 'blotter restar'],
  ['words of its description', 'prdbat01'],
  ['a name with a hyphen, before it is written to its end', 'eod-pri'],
  ['what was replied', 'ORA-01555'],
  ['words of several messages', 'snapshot blotter undo'],
  ['how it was resolved', 'tablespace'],
  ['what was noted inside', '4711'],
  ['words side by side', '"snapshot too old"'],
  ['all of them but one', 'blotter -another'],
])('finds a ticket by %s', async (_by, q) => {
  expect(await found(q)).toEqual([id])
})

it.each([
  ['of which one is nowhere', 'blotter weather'],
  ['that stand apart', '"prices blotter"'],
  ['that are no words', '!! & | ( : *'],
  ['that break out of nothing', "') or true --"],
  ['that are too common to be kept', 'the'],
])('finds nothing by words %s', async (_which, q) => {
  expect(await found(q)).toEqual([])
})

it('finds nothing for a requester by what is inside, and all else of his own', async () => {
  expect(await found('4711', 'laurent')).toEqual([])
  expect(await found('rude blotter', 'laurent')).toEqual([])
  expect(await found('ORA-01555 tablespace', 'laurent')).toEqual([id])
})

it('goes by the present words', async () => {
  await house.execute(changeTicket, house.cast.actors.priya, { id, title: 'No quotes on the monitor' })
  expect(await found('monitor quotes')).toEqual([id])
  expect(await found('blotter shows')).toEqual([])
})
