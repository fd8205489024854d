import { afterAll, beforeAll, expect, it } from 'vitest'
import { assignTicket, takeIt } from '../../server/features/desk/assign.ts'
import { cancelTicket } from '../../server/features/desk/cancel.ts'
import { changeTicket } from '../../server/features/desk/change.ts'
import { closeTicket } from '../../server/features/desk/close.ts'
import { joinDisturbance } from '../../server/features/desk/disturbances/join.ts'
import { acceptEscalation } from '../../server/features/desk/escalation/accept.ts'
import { readPacketDraft } from '../../server/features/desk/escalation/draft.ts'
import { escalateTicket } from '../../server/features/desk/escalation/escalate.ts'
import { readEscalations } from '../../server/features/desk/escalation/read.ts'
import { sendBackEscalation } from '../../server/features/desk/escalation/send-back.ts'
import { getTicket } from '../../server/features/desk/get.ts'
import { noteTicket } from '../../server/features/desk/note.ts'
import { openByHand } from '../../server/features/desk/open.ts'
import { reopenTicket } from '../../server/features/desk/reopen.ts'
import { replyTicket } from '../../server/features/desk/reply.ts'
import { resolveTicket } from '../../server/features/desk/resolve.ts'
import { watchTicket } from '../../server/features/desk/watch.ts'
import { signedIn } from '../harness/signed-in.ts'
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

  // What he writes goes to whoever has it and to those of the desk who watch, not to the other watcher, and not back to him.
  await execute(replyTicket, as('laurent'), { id, body: 'It does not help.' })
  await bank.house.settle()
  for (const name of ['tom', 'priya'] as const)
    expect((await bank.mail.expectMail({ to: bank.mailOf(name) })).text).toContain('It does not help.')

  await execute(resolveTicket, as('priya'), { id, resolution: 'Restarted the gateway.' })
  await bank.advance({ seconds: 20 })
  const solved = await toLaurent()
  expect(solved.text).toContain('Priya N. resolved it:\n\nRestarted the gateway.')
  expect(solved.text).toContain('If it is not solved for you, say so')
  expect(solved.text).toContain('closes by itself after 5 days.')
  expect(idsOf(solved)).toContain(answered.messageId)
  for (const name of ['brandt', 'tom'] as const)
    await bank.mail.expectMail({ to: bank.mailOf(name), text: /Restarted/ })

  // "Not solved" and "it is solved" are his own acts.
  await execute(reopenTicket, as('laurent'), { id, reason: 'Still empty.' })
  await bank.house.settle()
  expect((await bank.mail.expectMail({ to: bank.mailOf('tom') })).text).toContain(
    'M. Laurent opened it again: Still empty.',
  )
  // Whoever has it thought that it was over.
  await bank.mail.expectMail({ to: bank.mailOf('priya'), text: /opened it again: Still empty/ })
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
  // She has it: that it is urgent now wakes nobody.
  bank.mail.expectNothingElse()
  await execute(joinDisturbance, as('kovac'), { id })
  await execute(replyTicket, as('laurent'), { id, body: 'It is account 4711.' })
  await execute(replyTicket, as('priya'), { id, body: 'Voice to New York works.' })
  await bank.house.settle()
  await toLaurent()
  await bank.mail.expectMail({ to: bank.mailOf('priya'), text: /It is account 4711/ })
  const told = await bank.mail.expectMail({ to: bank.mailOf('kovac') })
  expect(told.subject).toBe(`Re: [${number}] Trouble with Equities order entry`)
  expect(told.text).toContain('Voice to New York works.')
  expect(told.text).toContain(`http://localhost:9282/disturbances/${number}`)
  expect(told.raw).not.toContain('4711')
  bank.mail.expectNothingElse()
  // Else more and more people are called for it in the stories that follow.
  await execute(resolveTicket, as('priya'), { id, resolution: 'Unlocked.' })
  await bank.advance({ seconds: 20 })
  bank.mail.clear()
}, 60_000)

it('tells whoever is given a ticket by somebody else, once it can no longer be a slip', async () => {
  const { id, number } = await open('Whose is it', quietly)
  await bank.house.settle()
  await toLaurent()
  const give = (to: 'jonas' | 'priya') => execute(assignTicket, as('tom'), { id, userId: bank.world.people[to] })
  await give('jonas')
  await bank.advance({ seconds: 5 })
  await give('priya')
  await bank.advance({ seconds: 20 })
  expect((await bank.mail.expectMail({ to: bank.mailOf('priya') })).text).toContain(
    `Tom M. gave you ${number}: Whose is it`,
  )
  await execute(assignTicket, as('jonas'), { id, userId: bank.world.people.jonas })
  await bank.advance({ seconds: 20 })
  expect((await bank.mail.expectMail({ to: bank.mailOf('priya') })).text).toContain(`Jonas W. took ${number} over`)
  // Given away and back at once: for him nothing has happened.
  await give('priya')
  await bank.advance({ seconds: 5 })
  await give('jonas')
  await bank.advance({ seconds: 20 })
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

it('goes from the trader to the DBAs with a packet, back once, and is solved for good; what is inside stays inside', async () => {
  const { house, world } = bank
  await bank.api('POST', '/escalation-policies', {
    name: 'Databases',
    slug: 'databases',
    teamId: world.teams.dba,
    steps: [{ delayMinutes: 0, targets: [{ kind: 'user', id: world.people.jonas }] }],
  })
  const trader = await signedIn(bank, 'laurent')
  const asked = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => {
    const answer = await trader.request(method, `/api${path}`, body)
    expect(answer.statusCode, answer.body).toBeLessThan(300)
    return answer.json()
  }
  const { ticket } = await asked('POST', '/tickets', {
    title: 'Blotter is empty',
    description: 'Since 08:51. 08:51:02 ORA-01555: snapshot too old',
    serviceId: world.services.orderEntry,
  })
  const { id, number } = ticket as { id: string; number: string }
  await house.settle()
  await toLaurent()
  const seen = () => house.ask(getTicket, as('tom'), { id })
  const clockOf = async (name: string) => (await seen()).clocks.find((c) => c.name === name)

  // The service desk has it, tries what it knows, and writes that down.
  await execute(takeIt, as('tom'), { id })
  await execute(changeTicket, as('tom'), { id, impact: 'high', urgency: 'medium' })
  await execute(noteTicket, as('tom'), { id, body: 'Restarted his blotter, no effect. He shouts.' })
  expect(await seen()).toMatchObject({ priority: 2, assignee: { name: 'Tom M.' } })

  const draft = await house.ask(readPacketDraft, as('tom'), { id })
  expect(draft).toMatchObject({
    seen: expect.stringContaining('Blotter is empty'),
    hurt: expect.stringContaining('M. Laurent'),
    tried: 'Tom M.: Restarted his blotter, no effect. He shouts.',
    evidence: expect.stringContaining('ORA-01555'),
    pages: true,
  })
  const packet = { ...draft, id, teamId: world.teams.dba, since: draft.since.toString() }
  await execute(escalateTicket, as('tom'), packet)
  await house.settle()
  const paged = await bank.mail.expectMail({ to: bank.mailOf('jonas') })
  expect(paged.text).toContain('Escalated to DBA by Tom M., to be accepted or sent back.')
  // Whoever was called before for the team that had it is told that she need not answer.
  await bank.mail.expectMail({ to: bank.mailOf('priya'), subject: /^P2: / })
  await bank.mail.expectMail({ to: bank.mailOf('priya'), subject: /^Escalated to DBA: / })
  expect(await seen()).toMatchObject({ team: { name: 'L2 Markets support' }, escalatedTo: { name: 'DBA' } })

  // Back once, with a reason that reaches the sender.
  await bank.advance({ minutes: 4 })
  await execute(sendBackEscalation, as('jonas'), { id, reason: 'Which instance is it?' })
  await house.settle()
  expect((await bank.mail.expectMail({ to: bank.mailOf('tom') })).text).toContain('Which instance is it?')
  await bank.mail.expectMail({ to: bank.mailOf('jonas'), subject: /^No answer needed/ })
  expect(await seen()).toMatchObject({ assignee: { name: 'Tom M.' }, escalatedTo: null })

  await execute(escalateTicket, as('tom'), { ...packet, seen: `${draft.seen}\n\nInstance PRD7.` })
  await house.settle()
  await bank.mail.expectMail({ to: bank.mailOf('jonas'), text: /PRD7/ })
  await bank.advance({ minutes: 3 })
  await execute(acceptEscalation, as('jonas'), { id })
  await house.settle()
  await bank.mail.expectMail({ to: bank.mailOf('jonas'), subject: /^No answer needed/ })
  expect(await house.ask(readEscalations, as('tom'), { id })).toMatchObject({
    sentBack: 1,
    accountable: { name: 'DBA' },
    items: [{ state: 'accepted' }, { state: 'returned', reason: 'Which instance is it?' }],
  })

  await bank.advance({ seconds: 20 })
  expect((await bank.mail.expectMail({ to: bank.mailOf('tom') })).text).toContain(
    'Jonas W. accepted it for DBA. DBA answers for it now.',
  )

  await execute(replyTicket, as('jonas'), { id, body: 'We give the database more room.' })
  await house.settle()
  expect((await toLaurent()).text).toContain('We give the database more room.')
  expect(await clockOf('first_response')).toMatchObject({ state: 'met' })

  const due = (await clockOf('resolution'))?.dueAt
  await execute(resolveTicket, as('jonas'), { id, resolution: 'Undo raised to 8 h.' })
  await bank.advance({ minutes: 30 })
  expect((await toLaurent()).text).toContain('Undo raised to 8 h.')
  await asked('DELETE', `/tickets/${id}/resolution`, { reason: 'Still empty.' })
  await house.settle()
  await bank.mail.expectMail({ to: bank.mailOf('jonas'), text: /opened it again: Still empty/ })
  // The half hour in which it counted as solved is not counted against the desk.
  expect(await seen()).toMatchObject({ state: 'in_progress', reopened: 1, team: { name: 'DBA' } })
  expect(String((await clockOf('resolution'))?.dueAt)).toBe(
    Temporal.Instant.from(String(due)).add({ minutes: 30 }).toString(),
  )

  await execute(resolveTicket, as('jonas'), { id, resolution: 'The second node, too.' })
  await bank.advance({ seconds: 20 })
  await toLaurent()
  await asked('POST', `/tickets/${id}/closure`)
  expect((await seen()).state).toBe('closed')

  const his = JSON.stringify([
    await asked('GET', `/tickets/${number}`),
    await asked('GET', `/tickets/${number}/timeline?limit=200`),
  ])
  expect(his).toContain('It is looked at by DBA now.')
  expect(his).not.toMatch(/shouts|packet|Which instance|PRD7|sent it back|escalated it|No answer needed/)
  const mails = bank.mail.messages().filter((m) => m.to.includes(bank.mailOf('laurent')))
  expect(mails.map((m) => m.raw).join()).not.toMatch(/shouts|Which instance|PRD7/)
  bank.mail.expectNothingElse()
}, 60_000)
