import { afterAll, beforeAll, expect, it } from 'vitest'
import { pendTicket } from '../../server/features/desk/pend.ts'
import { reopenTicket } from '../../server/features/desk/reopen.ts'
import { replyTicket } from '../../server/features/desk/reply.ts'
import { resolveTicket } from '../../server/features/desk/resolve.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/**
 * Clocks through the whole house. Monday, 09:00 in London: a trader asks, and nobody answers; then somebody does, waits
 * for the trader, is told that it is more pressing than it looked, and solves it twice.
 */

let bank: ScenarioWorld
beforeAll(async () => {
  bank = await openScenario('2026-11-23T09:00:00Z')
})
afterAll(() => bank.close())

type Clock = { name: string; state: string; dueAt: string | null; leftMinutes: number; derivation: string[] }
const ticket = (number: string) => bank.api<{ clocks: Clock[]; dueClock: string | null }>('GET', `/tickets/${number}`)
const clock = async (number: string, name: string) => (await ticket(number)).clocks.findLast((c) => c.name === name)
const told = async (number: string) =>
  (await bank.story(`/tickets/${number}/timeline`)).filter((line) => /due|over time/.test(line) && !/ = P/.test(line))

it('warns, is over time, stands still, is judged anew by another priority, and goes on when it is reopened', async () => {
  const policy = (await bank.api<{ items: { id: string; targets: object }[] }>('GET', '/sla-policies')).items[0]
  // Short, so that the story is.
  const quick = { firstResponse: 20, update: 10, resolution: 60, clock: 'always' }
  const urgent = { firstResponse: 5, update: 5, resolution: 30, clock: 'always' }
  await bank.api('PATCH', `/sla-policies/${policy?.id}`, { targets: { P1: urgent, P3: quick } })
  const opened = await bank.api<{ ticket: { number: string; priority: number } }>('POST', '/tickets', {
    title: 'Blotter shows no prices',
    kind: 'incident',
    serviceId: bank.world.services.orderEntry,
    requesterId: bank.world.people.laurent,
    impact: 'low',
    urgency: 'high',
  })
  const { number, priority } = opened.ticket
  expect(priority).toBe(3)

  // Nobody answers: the lead of the team is told that it is nearly due, and that it is over.
  await bank.advance({ minutes: 14 })
  await bank.mail.expectMail({ to: bank.mailOf('laurent') })
  bank.mail.expectNothingElse()
  await bank.advance({ minutes: 1 })
  const lead = bank.mailOf('ana')
  await bank.mail.expectMail({ to: lead, subject: new RegExp(`${number}: First response is due 09:20 London`) })
  await bank.advance({ minutes: 6 })
  await bank.mail.expectMail({ to: lead, subject: new RegExp(`${number}: First response is over time`) })
  expect(await told(number)).toEqual([
    '09:15:00 First response is due 09:20 London (P3: 20 min).',
    '09:20:00 First response is over time: it was due 09:20 London (P3: 20 min).',
  ])

  // Priya takes it and asks the trader: while it waits for him, the resolution stands still.
  const as = (who: 'priya' | 'laurent') => bank.actor(who)
  const { house } = bank
  await bank.api('PUT', `/tickets/${number}/assignee`, { userId: bank.world.people.priya })
  await house.execute(replyTicket, as('priya'), { id: number, body: 'Which screen is it?' })
  await house.execute(pendTicket, as('priya'), { id: number, reason: 'user' })
  expect(await clock(number, 'first_response')).toMatchObject({ state: 'breached' })
  expect(await clock(number, 'resolution')).toMatchObject({ state: 'paused', dueAt: null, leftMinutes: 39 })
  await bank.advance({ minutes: 90 })
  expect(await clock(number, 'resolution')).toMatchObject({ state: 'paused', leftMinutes: 39 })

  // He answers: it goes on, and a word of the desk is due.
  await house.execute(replyTicket, as('laurent'), { id: number, body: 'The blotter of EMEA cash.' })
  expect(await clock(number, 'resolution')).toMatchObject({ state: 'running', dueAt: '2026-11-23T11:30:00Z' })
  expect((await ticket(number)).dueClock).toBe('update')
  await house.execute(replyTicket, as('priya'), { id: number, body: 'Thank you.' })
  expect(await clock(number, 'update')).toMatchObject({ state: 'met' })

  // It is more pressing than it looked: 30 minutes from the opening, of which 21 had passed before he was asked.
  await bank.advance({ minutes: 15 })
  await bank.api('PATCH', `/tickets/${number}`, { impact: 'high' })
  await house.settle()
  expect(await clock(number, 'resolution')).toMatchObject({ state: 'breached_on_reclass' })
  await bank.mail.expectMail({ to: bank.mailOf('priya'), subject: new RegExp(`${number}: Resolution is over time`) })
  expect((await told(number)).at(-1)).toMatch(/Resolution was due 11:00 London .*over time at once/)

  // Solved and not solved: the time that it was resolved does not count.
  await house.execute(resolveTicket, as('priya'), { id: number, resolution: 'Restarted the feed.' })
  await bank.advance({ minutes: 60 })
  await house.execute(reopenTicket, as('laurent'), { id: number, reason: 'Still no prices' })
  const again = await clock(number, 'resolution')
  expect(again?.derivation.join(' ')).toContain('It stood still from 11:06 London to 12:06 London (it was resolved).')
  await house.execute(resolveTicket, as('priya'), { id: number, resolution: 'Replaced the feed.' })
  await bank.advance({ minutes: 30 })
  expect(await told(number)).toHaveLength(3)
})
