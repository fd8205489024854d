import { afterAll, beforeAll, expect, it } from 'vitest'
import { takeIt } from '../../server/features/desk/assign.ts'
import { cancelTicket } from '../../server/features/desk/cancel.ts'
import { changeTicket } from '../../server/features/desk/change.ts'
import { closeTicket } from '../../server/features/desk/close.ts'
import { joinDisturbance } from '../../server/features/desk/disturbances/join.ts'
import { noteTicket } from '../../server/features/desk/note.ts'
import { openByHand } from '../../server/features/desk/open.ts'
import { reopenTicket } from '../../server/features/desk/reopen.ts'
import { replyTicket } from '../../server/features/desk/reply.ts'
import { resolveTicket } from '../../server/features/desk/resolve.ts'
import { watchTicket } from '../../server/features/desk/watch.ts'
import type { SinkMail } from '../harness/smtp-sink.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/** What a trader who asks gets by mail, and what he does not. */

let bank: ScenarioWorld
beforeAll(async () => {
  bank = await openScenario('2026-11-26T09:00:00Z', {
    MAIL_FROM: 'Harbour Bank Support <support@harbour-bank.example>',
  })
})
afterAll(() => bank.close())

const { execute, as } = {
  execute: (...given: Parameters<ScenarioWorld['house']['execute']>) => bank.house.execute(...given),
  as: (name: Parameters<ScenarioWorld['actor']>[0]) => bank.actor(name),
}
const open = async (title: string, more: object = {}) => {
  const opened = (await execute(openByHand, as('laurent'), {
    title,
    serviceId: bank.world.services.orderEntry,
    ...more,
  })) as {
    ticket: { id: string; number: string }
  }
  return opened.ticket
}
// Nobody is called for it.
const quietly = { environment: 'uat' }
const toLaurent = () => bank.mail.expectMail({ to: bank.mailOf('laurent') })
const idsOf = (mail: SinkMail) => (mail.header('references') ?? '').split(/\s+/).filter(Boolean)

it('tells the trader by mail: a receipt, the replies, the resolution, in one thread; and nothing of the inside', async () => {
  const { id, number } = await open('Blotter shows no prices', quietly)
  await bank.house.settle()
  const received = await toLaurent()
  expect(received.subject).toBe(`[${number}] Blotter shows no prices`)
  expect(received.headers.get('from')).toMatchObject({ text: expect.stringContaining('support@harbour-bank.example') })
  expect(received.text).toContain(`We have it, as ${number}`)
  expect(received.text).toContain(`http://localhost:9282/tickets/${number}`)
  expect(received.header('auto-submitted')).toBe('auto-generated')
  expect(received.messageId).toMatch(new RegExp(`^<t\\.${id}\\.[^@]+@harbour-bank\\.example>$`))

  await execute(takeIt, as('priya'), { id })
  await execute(noteTicket, as('priya'), { id, body: 'He has muted the feed again.' })
  await execute(watchTicket, as('priya'), { id, userId: bank.world.people.brandt })
  await execute(watchTicket, as('tom'), { id, userId: 'me' })
  await execute(replyTicket, as('priya'), { id, body: 'Please press F5.\nDoes it <b>help</b>?' })
  await bank.house.settle()
  const answered = await toLaurent()
  expect(answered.subject).toBe(`Re: [${number}] Blotter shows no prices`)
  expect(answered.text).toContain('Priya N. wrote:\n\nPlease press F5.\nDoes it <b>help</b>?')
  expect(answered.html).toContain('&lt;b&gt;help&lt;/b&gt;')
  expect(answered.text).toContain(`Please answer on the page of ${number}`)
  expect(answered.header('auto-submitted')).toBeUndefined()
  // All refer to one root, and each to those before it.
  expect(idsOf(answered)).toEqual([idsOf(received)[0], received.messageId])
  expect(answered.header('in-reply-to')).toBe(received.messageId)
  for (const name of ['brandt', 'tom'] as const)
    expect((await bank.mail.expectMail({ to: bank.mailOf(name) })).messageId).toBe(answered.messageId)

  // What he writes goes to those of the desk who watch, not to the other watcher, and not back to him.
  await execute(replyTicket, as('laurent'), { id, body: 'It does not help.' })
  await bank.house.settle()
  expect((await bank.mail.expectMail({ to: bank.mailOf('tom') })).text).toContain('It does not help.')

  await execute(resolveTicket, as('priya'), { id, resolution: 'Restarted the gateway.' })
  await bank.advance({ seconds: 20 })
  const solved = await toLaurent()
  expect(solved.text).toContain('Priya N. resolved it:\n\nRestarted the gateway.')
  expect(solved.text).toContain('If it is not solved for you, say so')
  expect(idsOf(solved)).toContain(answered.messageId)
  for (const name of ['brandt', 'tom'] as const)
    await bank.mail.expectMail({ to: bank.mailOf(name), text: /Restarted/ })

  // "Not solved" and "it is solved" are his own acts.
  await execute(reopenTicket, as('laurent'), { id, reason: 'Still empty.' })
  await bank.house.settle()
  expect((await bank.mail.expectMail({ to: bank.mailOf('tom') })).text).toContain(
    'M. Laurent opened it again: Still empty.',
  )
  await execute(resolveTicket, as('priya'), { id, resolution: 'Restarted the other one.' })
  await bank.advance({ seconds: 20 })
  await execute(closeTicket, as('laurent'), { id })
  await bank.house.settle()
  for (const name of ['laurent', 'brandt', 'tom'] as const)
    await bank.mail.expectMail({ to: bank.mailOf(name), text: /the other one/ })

  const all = bank.mail.messages().filter((m) => m.to.includes(bank.mailOf('laurent')))
  expect(all.map((m) => m.raw).join()).not.toContain('muted the feed')
  bank.mail.expectNothingElse()
  const story = await bank.story(`/tickets/${number}/timeline`)
  expect(story.filter((line) => line.includes('Told'))).toHaveLength(4)
}, 60_000)

it('takes a mail back with the resolution that was a slip, and writes of none that was cancelled and opened again', async () => {
  const { id } = await open('Slipped', quietly)
  await bank.house.settle()
  await toLaurent()
  await execute(resolveTicket, as('priya'), { id, resolution: 'Wrong ticket.' })
  await bank.advance({ seconds: 5 })
  await execute(reopenTicket, as('priya'), { id })
  await execute(cancelTicket, as('priya'), { id, reason: 'Wrong again.' })
  await execute(reopenTicket, as('priya'), { id })
  await bank.advance({ minutes: 1 })
  bank.mail.expectNothingElse()
}, 60_000)

it('tells those whom a disturbance hurts what the desk says, without the words of whoever reported it', async () => {
  const { id, number } = await open('My account 4711 is locked out')
  await execute(takeIt, as('priya'), { id })
  await execute(changeTicket, as('priya'), { id, impact: 'high' })
  await bank.house.settle()
  await toLaurent()
  await bank.mail.expectMail({ to: bank.mailOf('priya'), subject: /^P2: / })
  await execute(joinDisturbance, as('kovac'), { id })
  await execute(replyTicket, as('laurent'), { id, body: 'It is account 4711.' })
  await execute(replyTicket, as('priya'), { id, body: 'Voice to New York works.' })
  await bank.house.settle()
  await toLaurent()
  const told = await bank.mail.expectMail({ to: bank.mailOf('kovac') })
  expect(told.subject).toBe(`Re: [${number}] Trouble with Equities order entry`)
  expect(told.text).toContain('Voice to New York works.')
  expect(told.text).toContain(`http://localhost:9282/disturbances/${number}`)
  expect(told.raw).not.toContain('4711')
  bank.mail.expectNothingElse()
}, 60_000)

it('writes a receipt for what was opened for him, and none for what somebody of the desk opens at the desk', async () => {
  const { ticket } = (await execute(openByHand, as('priya'), {
    title: 'He called',
    requesterId: bank.world.people.laurent,
    via: 'phone',
    impact: 'low',
    urgency: 'low',
  })) as { ticket: { number: string } }
  await execute(openByHand, as('priya'), {
    title: 'For myself',
    requesterId: bank.world.people.priya,
    impact: 'low',
    urgency: 'low',
  })
  await bank.house.settle()
  expect((await toLaurent()).text).toContain(`Priya N. opened ${ticket.number} for you: He called`)
  bank.mail.expectNothingElse()
})
