import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PersonName } from '../../dev/seed/people.ts'
import type { Browser } from '../harness/identity.ts'
import { signedIn } from '../harness/signed-in.ts'
import type { SinkMail } from '../harness/smtp-sink.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/**
 * "Read access to the repo blotter for three joiners." L. Brandt of settlements asks, James T. approves it, Mei of the
 * system engineers does it. Thursday, 09:00 in London.
 */

let bank: ScenarioWorld
beforeEach(async () => {
  bank = await openScenario('2026-11-26T09:00:00Z')
})
afterEach(() => bank.close())

// biome-ignore lint/suspicious/noExplicitAny: an answer is looked at field by field.
type Body = any
const browsers = new Map<string, Browser>()
beforeEach(() => browsers.clear())

const ask = async (who: PersonName, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
  const theirs = browsers.get(who) ?? (await signedIn(bank, who))
  browsers.set(who, theirs)
  const answer = await theirs.request(method, `/api${path}`, body)
  return { status: answer.statusCode, body: answer.json() as Body }
}
const done = async (...args: Parameters<typeof ask>): Promise<Body> => {
  const { status, body } = await ask(...args)
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body
}

const joiners = {
  typeId: 'read-access',
  formVersion: 1,
  answers: {
    application: 'repo',
    joiners: 'Ann Bell\nCem Dal\nEva Frey',
    from: '2026-12-01',
    why: 'They join the repo desk on Tuesday.',
  },
}
const askForAccess = async (who: PersonName = 'brandt', more: object = {}): Promise<Body> => {
  const answer = await done(who, 'POST', '/requests', { ...joiners, ...more })
  await bank.house.settle()
  await bank.mail.expectMail({ to: bank.mailOf(who), subject: /^\[REQ-\d\] Read access/ })
  return answer
}
const linkIn = ({ text }: SinkMail) => `/approvals/by-link/${/\/approve\/([\w.-]+)\?/.exec(text)?.[1]}`
const ticket = (number: string, who: PersonName = 'mei') => done(who, 'GET', `/tickets/${number}`)
const story = async (number: string, who: PersonName) =>
  (await done(who, 'GET', `/tickets/${number}/timeline?limit=200`)).items.map((e: { text: string }) => e.text).reverse()
const requestOf = async (number: string, who: PersonName = 'mei') =>
  (await done(who, 'GET', `/tickets/${number}/request`)).request

describe('a request', () => {
  it('is filled in, approved by the link of a mail that opens without deciding, fulfilled by its checklist, and closed', async () => {
    const wrong = await ask('brandt', 'POST', '/requests', {
      ...joiners,
      answers: { ...joiners.answers, application: 'gold', from: 'soon' },
    })
    expect(wrong.status).toBe(422)
    expect(wrong.body.fields).toEqual([
      { field: 'answers.application', problem: 'must be one of: repo, cash, risk, settlement' },
      { field: 'answers.from', problem: 'must be a date such as 2026-11-30' },
    ])
    bank.mail.expectNothingElse()

    const { ticket: opened } = await askForAccess()
    expect(opened).toMatchObject({
      number: 'REQ-1',
      kind: 'request',
      title: 'Read access: Repo blotter',
      state: 'pending',
      pendingReason: 'approval',
      priority: 4,
    })
    const seen = await ticket('REQ-1')
    expect(seen.team.name).toBe('Systems & network')
    expect(seen.priorityReason).toMatch(/^P4 set by the request type “Read access”\. Without that: Impact low/)

    const mail = await bank.mail.expectMail({ to: bank.mailOf('james'), subject: /To approve: REQ-1 Read access/ })
    expect(mail.text).toContain('L. Brandt asks for “Read access”.')
    expect(mail.text).toContain('Ann Bell')
    expect(mail.text).toContain('Why you: Named as an approver.')
    expect(mail.text).toMatch(/answer=approve[\s\S]*answer=refuse/)
    bank.mail.expectNothingElse()

    // A mail scanner opens every link of the mail: that decides nothing.
    const link = linkIn(mail)
    for (const method of ['HEAD', 'GET'] as const) await bank.anonymous(method, link)
    expect((await bank.anonymous('GET', link)).body).toMatchObject({
      person: 'James T.',
      approval: { state: 'asked', requester: { name: 'L. Brandt' }, ticket: { number: 'REQ-1' } },
    })
    expect((await requestOf('REQ-1')).state).toBe('waiting')

    // Nothing goes past the approval.
    const early = await ask('mei', 'POST', '/tickets/REQ-1/resolution', { resolution: 'Done.' })
    expect(early).toMatchObject({ status: 409, body: { detail: 'REQ-1 waits for the approval of James T.' } })
    const resumed = await ask('mei', 'DELETE', '/tickets/REQ-1/pending', {})
    expect(resumed.status).toBe(409)
    const step = (await requestOf('REQ-1')).steps[0]
    expect((await ask('mei', 'PUT', `/requests/${(await requestOf('REQ-1')).id}/steps/${step.id}`, {})).status).toBe(
      409,
    )
    await done('brandt', 'POST', '/tickets/REQ-1/replies', { body: 'It is a bit urgent.' })
    expect((await ticket('REQ-1')).state).toBe('pending')
    // Not even of him who asked, were he named.
    expect((await ask('brandt', 'GET', '/approvals')).body.items).toEqual([])

    const yes = await bank.anonymous('POST', link, { decision: 'approve', reason: 'For the repo desk.' })
    expect(yes).toMatchObject({ status: 200, body: { result: 'approved' } })
    await bank.house.settle()
    const told = await bank.mail.expectMail({ to: bank.mailOf('brandt'), subject: /^Re: \[REQ-1\]/ })
    expect(told.text).toContain('Approved: For the repo desk.')
    bank.mail.expectNothingElse()
    expect(await ticket('REQ-1')).toMatchObject({ state: 'new', pendingReason: null })
    // Used twice: it says what was decided, whatever the second press meant.
    for (const decision of ['approve', 'refuse'])
      expect((await bank.anonymous('POST', link, { decision, reason: 'Again' })).body).toMatchObject({
        result: 'already',
        approval: { state: 'approved', reason: 'For the repo desk.', byLink: true },
      })
    expect((await ticket('REQ-1', 'brandt')).messages.at(-1)).toMatchObject({
      body: 'Approved: For the repo desk.',
      author: { name: 'James T.' },
    })

    const early2 = await ask('mei', 'POST', '/tickets/REQ-1/resolution', { resolution: 'Done.' })
    expect(early2.body.detail).toBe(
      'REQ-1 cannot be resolved before its checklist is done: “Check that each person has signed the conduct rules” and “Add each person to the reading group”.',
    )
    const { id, steps } = await requestOf('REQ-1')
    for (const { id: stepId, required } of steps)
      if (required) await done('mei', 'PUT', `/requests/${id}/steps/${stepId}`, {})
    expect((await requestOf('REQ-1')).steps[0]).toMatchObject({ doneBy: 'Mei L.' })
    await done('mei', 'POST', '/tickets/REQ-1/resolution', { resolution: 'All three can read the repo blotter.' })
    await done('brandt', 'POST', '/tickets/REQ-1/closure', {})
    expect((await ticket('REQ-1', 'brandt')).state).toBe('closed')
    const read = await story('REQ-1', 'brandt')
    expect(read).toContain('James T. is asked to approve it.')
    expect(read).toContain('James T. approved it by the link of a mail: For the repo desk.')
    expect(read.join('\n')).not.toContain('reading group')
    expect((await requestOf('REQ-1', 'brandt')).steps).toEqual([])
  })

  it('is refused once with a reason, which the requester reads', async () => {
    await askForAccess('kovac')
    const mail = await bank.mail.expectMail({ to: bank.mailOf('james'), subject: /REQ-1/ })
    const [asked] = (await done('james', 'GET', '/approvals')).items
    expect((await done('james', 'GET', '/approvals/count')).asked).toBe(1)
    const without = await ask('james', 'POST', `/approvals/${asked.id}/decision`, { decision: 'refuse' })
    expect(without.body.fields).toEqual([
      { field: 'reason', problem: 'must say why it is refused; whoever asked reads it' },
    ])
    // Others cannot, whoever they are.
    for (const other of ['kovac', 'marta', 'viktor'] as const)
      expect((await ask(other, 'POST', `/approvals/${asked.id}/decision`, { decision: 'approve' })).status).toBe(404)
    const no = { decision: 'refuse', reason: 'Prime brokerage may not see repo.' }
    expect((await done('james', 'POST', `/approvals/${asked.id}/decision`, no)).result).toBe('refused')
    await bank.advance({ seconds: 30 })
    const told = await bank.mail.expectMail({ to: bank.mailOf('kovac'), subject: /^Re: \[REQ-1\]/ })
    expect(told.text).toContain('Refused: Prime brokerage may not see repo.')
    // Once, not as a reply and as a cancellation.
    bank.mail.expectNothingElse()
    const seen = await ticket('REQ-1', 'kovac')
    expect(seen.state).toBe('cancelled')
    expect(seen.messages.at(-1).body).toBe('Refused: Prime brokerage may not see repo.')
    expect(await story('REQ-1', 'kovac')).toContain('James T. refused it: Prime brokerage may not see repo.')
    expect((await bank.anonymous('POST', linkIn(mail), { decision: 'approve' })).body.result).toBe('already')
    expect((await done('james', 'GET', '/approvals?view=answered')).items[0].reason).toBe(no.reason)

    // Reopening it is no way round: it is asked for again, or stays as it is.
    await done('kovac', 'DELETE', '/tickets/REQ-1/resolution', { reason: 'It is for settlements.' })
    await bank.house.settle()
    const past = await ask('mei', 'POST', '/tickets/REQ-1/resolution', { resolution: 'Done.' })
    expect(past.body.detail).toBe('REQ-1 was refused by James T. Ask for the approval again, or cancel it.')
    await done('mei', 'POST', `/requests/${(await requestOf('REQ-1')).id}/approvals`, {})
    await bank.house.settle()
    await bank.mail.expectMail({ to: bank.mailOf('james'), subject: /To approve: REQ-1/ })
    expect((await ticket('REQ-1')).pendingReason).toBe('approval')
  })

  it('whose approver has left goes on to the leads of the team that fulfils it, and says so', async () => {
    await askForAccess()
    const old = await bank.mail.expectMail({ to: bank.mailOf('james') })
    await bank.api('POST', `/users/${bank.world.people.james}/disablement`, {})
    await bank.house.settle()
    const mail = await bank.mail.expectMail({ to: bank.mailOf('viktor'), subject: /To approve: REQ-1/ })
    expect(mail.text).toContain('James T. has left, so the leads of Systems & network decide instead.')
    const refused = await bank.anonymous('POST', linkIn(old), { decision: 'approve' })
    expect(refused).toMatchObject({ status: 403, body: { detail: /Your account is disabled/ } })
    expect((await requestOf('REQ-1')).state).toBe('waiting')
    expect(await story('REQ-1', 'brandt')).toContain('James T. has left without answering; Viktor H. decides instead.')
    expect((await bank.anonymous('POST', linkIn(mail), { decision: 'approve' })).body.result).toBe('approved')
    expect((await requestOf('REQ-1')).state).toBe('approved')
    await bank.house.settle()
    await bank.mail.expectMail({ to: bank.mailOf('brandt'), subject: /^Re: \[REQ-1\]/ })
    // A new one does not even turn to him.
    await askForAccess('kovac')
    await bank.mail.expectMail({ to: bank.mailOf('viktor'), subject: /To approve: REQ-2/ })
    await bank.house.settle()
    bank.mail.expectNothingElse()
  })

  it('that nobody answers is reminded of, expires, and is the desk’s to ask again', async () => {
    const james = { kind: 'people', userIds: [bank.world.people.james] }
    await bank.api('PATCH', '/request-types/read-access', {
      approvals: [{ by: james, reminderHours: 1, expiryHours: 3 }],
    })
    // A form that was opened before is not sent as if it were the one of now.
    expect((await ask('brandt', 'POST', '/requests', joiners)).body.detail).toContain('has changed since you opened it')
    await askForAccess('brandt', { formVersion: 2 })
    const first = await bank.mail.expectMail({ to: bank.mailOf('james'), subject: /^To approve/ })
    await bank.advance({ minutes: 59 })
    bank.mail.expectNothingElse()
    await bank.advance({ minutes: 2 })
    await bank.mail.expectMail({ to: bank.mailOf('james'), subject: /Reminder, to approve: REQ-1/ })
    await bank.advance({ hours: 2 })
    await bank.mail.expectMail({ to: bank.mailOf('james'), subject: /Reminder/ })
    const told = await bank.mail.expectMail({ to: bank.mailOf('viktor'), subject: /Nobody approved REQ-1/ })
    expect(told.text).toContain('James T. had been asked')
    bank.mail.expectNothingElse()
    expect(await ticket('REQ-1')).toMatchObject({ state: 'new' })
    expect((await bank.anonymous('GET', linkIn(first))).status).toBe(404)
    expect((await ask('mei', 'POST', '/tickets/REQ-1/resolution', { resolution: 'x' })).body.detail).toBe(
      'REQ-1 has no approval: nobody answered in time. Ask again, or cancel it.',
    )
    await done('mei', 'POST', `/requests/${(await requestOf('REQ-1')).id}/approvals`, {})
    await bank.house.settle()
    const again = await bank.mail.expectMail({ to: bank.mailOf('james'), subject: /^To approve/ })
    expect((await bank.anonymous('POST', linkIn(again), { decision: 'approve' })).body.result).toBe('approved')
    await bank.house.jump({ hours: 4 })
    await bank.mail.expectMail({ to: bank.mailOf('brandt'), subject: /^Re: \[REQ-1\]/ })
    bank.mail.expectNothingElse()
  })
})
