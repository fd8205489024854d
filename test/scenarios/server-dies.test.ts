import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/**
 * The first story through the whole house. Thursday, 07:00 in London: Priya is on call for the markets, Sam is second,
 * and five minutes lie between the steps of their policy.
 */

let bank: ScenarioWorld
beforeEach(async () => {
  bank = await openScenario('2026-11-26T07:00:00Z')
})
afterEach(() => bank.close())

const watch = (more: object = {}) =>
  bank.api<{ id: string }>('POST', '/monitors', {
    kind: 'http',
    name: 'Order gateway login',
    config: { address: bank.server.url, timeoutSeconds: 5 },
    serviceId: bank.world.services.orderEntry,
    intervalSeconds: 10,
    downAfter: 3,
    ...more,
  })
const state = async (id: string) => (await bank.api<{ state: string }>('GET', `/monitors/${id}`)).state
const tickets = async (view = 'recent') =>
  (
    await bank.api<{
      items: {
        id: string
        number: string
        title: string
        state: string
        priority: number
        assignee: { name: string } | null
      }[]
    }>('GET', `/tickets?view=${view}`)
  ).items
const linkIn = (text: string) => `/page-links/${/\/ack\/(\S+)/.exec(text)?.[1]}`

describe('a server dies', () => {
  it('the right person has a mail, nobody answers, the second takes it, and it closes itself when the server is back', async () => {
    const { id } = await watch()
    await bank.advance({ minutes: 1 })
    expect(await state(id)).toBe('up')
    bank.mail.expectNothingElse()

    await bank.server.kill()
    // The third failed look comes 20 to 30 s after, by the monitor's own phase.
    await bank.advance({ seconds: 31 })
    const first = await bank.mail.expectMail({ to: bank.mailOf('priya'), subject: /P1: INC-1 .*Order gateway login/ })
    expect(first.text).toContain('Why you, why now: On call for L2 markets')
    expect(first.text).toContain('Equities order entry, prod')
    expect(await state(id)).toBe('down')
    const [ticket] = await tickets('open')
    expect(ticket).toMatchObject({ number: 'INC-1', priority: 1, state: 'new', assignee: null })
    bank.mail.expectNothingElse()

    // A mail scanner opens every link of the mail: that acknowledges nothing.
    for (const method of ['HEAD', 'GET'] as const) await bank.anonymous(method, linkIn(first.text))
    await bank.advance({ minutes: 4, seconds: 40 })
    bank.mail.expectNothingElse()
    await bank.advance({ seconds: 25 })
    const second = await bank.mail.expectMail({ to: bank.mailOf('sam'), subject: /P1: INC-1/ })
    expect(second.text).toContain('Priya N. did not acknowledge within 5 min. On call for L2 markets, second')

    const seen = await bank.anonymous('GET', linkIn(second.text))
    expect(seen.body).toMatchObject({
      person: 'Sam O.',
      page: { state: 'paging', priority: 'P1' },
      ticketNumber: 'INC-1',
    })
    const pressed = await bank.anonymous('POST', linkIn(second.text), { answer: 'acknowledge' })
    expect(pressed.body).toMatchObject({ result: 'acknowledged', by: 'Sam O.' })
    await bank.advance({ minutes: 30 })
    expect((await tickets('open'))[0]).toMatchObject({ state: 'in_progress', assignee: { name: 'Sam O.' } })
    bank.mail.expectNothingElse()

    await bank.server.revive()
    await bank.advance({ seconds: 15 })
    expect(await state(id)).toBe('up')
    expect((await tickets())[0]?.state).toBe('resolved')
    for (const who of ['priya', 'sam'] as const)
      await bank.mail.expectMail({ to: bank.mailOf(who), subject: /Resolved: INC-1/ })
    await bank.advance({ minutes: 20 })
    bank.mail.expectNothingElse()

    const story = (await bank.story('/tickets/INC-1/timeline')).join('\n')
    expect(story.match(/Sam O\. acknowledged the page/g)).toHaveLength(1)
    expect(story).toMatch(
      /Order gateway login is down: 3 of 3 looks failed[\s\S]*opened INC-1[\s\S]*= P1[\s\S]*Paging by Markets, critical[\s\S]*Step 1: Priya N\. On call for L2 markets[\s\S]*Told Priya N\. by mail[\s\S]*Step 2: Sam O\. Priya N\. did not acknowledge[\s\S]*Sam O\. acknowledged the page after 5 min[\s\S]*resolved it[\s\S]*Told: /,
    )
  })

  it('wakes nobody in user acceptance testing', async () => {
    await bank.house.clock.set(Temporal.Instant.from('2026-11-26T23:00:00Z'))
    await watch({ environment: 'uat' })
    await bank.server.kill()
    await bank.advance({ minutes: 10 })
    expect(await tickets('open')).toHaveLength(1)
    bank.mail.expectNothingElse()
  })

  it('a slow answer, a redirect loop and an answer without end are each told as what they are', async () => {
    const { id } = await watch({ config: { address: bank.server.url, timeoutSeconds: 1 }, downAfter: 1 })
    await bank.server.redirectLoop()
    await bank.advance({ seconds: 11 })
    await bank.mail.expectMail({ text: /redirect/i })
    expect(await state(id)).toBe('down')
  })
})

describe('many at once', () => {
  it('forty failing monitors of one service make one incident and few mails, not forty', async () => {
    for (let i = 0; i < 40; i++) await watch({ name: `Gateway ${i}`, downAfter: 1 })
    await bank.server.kill()
    await bank.advance({ minutes: 2 })
    const open = await tickets('open')
    expect(open).toHaveLength(1)
    expect(bank.mail.messages().length).toBeLessThan(5)
    await bank.server.revive()
    await bank.advance({ minutes: 1 })
    expect(await tickets('open')).toHaveLength(0)
  })
})
