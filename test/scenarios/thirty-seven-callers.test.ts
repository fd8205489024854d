import { afterAll, beforeAll, expect, it } from 'vitest'
import { joinDisturbance } from '../../server/features/desk/disturbances/join.ts'
import { openByHand } from '../../server/features/desk/open.ts'
import { readPhoneLine } from '../../server/features/desk/phone/read-phone-line.ts'
import { reopenTicket } from '../../server/features/desk/reopen.ts'
import type { Actor } from '../../server/platform/access.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/**
 * One outage, thirty-seven callers within minutes: by a tool, on the phone, in the portal and by the API. Thursday,
 * 09:00 in London.
 */

let bank: ScenarioWorld
beforeAll(async () => {
  bank = await openScenario('2026-11-26T09:00:00Z')
})
afterAll(() => bank.close())

type Person = { id: string; name: string; mail: string }
const desk = async (people: number): Promise<Person[]> => {
  const made = Array.from({ length: people }, (_, n) => ({
    id: crypto.randomUUID(),
    name: `Trader ${n + 1}`,
    mail: `trader.${n + 1}@harbour-bank.example`,
  }))
  const at = { created_at: bank.house.clock.now(), updated_at: bank.house.clock.now() }
  await bank.house.platform.db
    .insertInto('users')
    .values(made.map(({ id, name, mail }) => ({ id, name, email: mail, email_verified: true, ...at })))
    .execute()
  return made
}
const as = ({ id, name }: Person): Actor => ({ kind: 'user', id, name, role: 'requester', teams: [] })
const priya = () => bank.actor('priya')
type Ticket = { id: string; number: string; state: string; priority: number; marks: { callers?: { count: number } } }
const ticket = (number: string) => bank.api<Ticket>('GET', `/tickets/${number}`)
const readBy = (to: string, words: string) =>
  bank.mail.messages().filter((m) => m.to.includes(to) && m.text.includes(words))

it('thirty-seven callers of one outage become one incident, one reply and one resolution', async () => {
  const people = await desk(28)
  const [onThePhone, inThePortal, byApi, meToo] = [
    people.slice(0, 8),
    people.slice(8, 22),
    people.slice(22, 25),
    people.slice(25),
  ]
  const serviceId = bank.world.services.orderEntry

  // A tool is the first to tell.
  const told = await bank.house.http.inject({
    method: 'POST',
    url: '/v2/enqueue',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({
      routing_key: 'scenario-key-0123456789abcdefghi',
      event_action: 'trigger',
      dedup_key: 'no prices',
      payload: {
        summary: 'No prices on blotters',
        source: 'orders-01',
        severity: 'critical',
        custom_details: { service: 'equities-order-entry' },
      },
    }),
  })
  expect(told.statusCode).toBe(202)
  await bank.advance({ seconds: 10 })
  const incident = await ticket('INC-1')
  expect(incident.priority).toBeLessThanOrEqual(2)
  // It is known from now on, and some only say that it hurts them too.
  await bank.house.execute(joinDisturbance, as(meToo[0] as Person), { id: 'INC-1' })
  await bank.house.execute(joinDisturbance, as(meToo[1] as Person), { id: 'INC-1' })
  await bank.house.execute(joinDisturbance, as(meToo[2] as Person), { id: 'INC-1' })

  // The phone rings without end; while Priya types, the incident is offered with its reason.
  const line = 'emea cash no prices on blotters since 0855 P1'
  const read = await bank.house.ask(readPhoneLine, priya(), { line })
  expect(read).toMatchObject({
    title: 'No prices on blotters',
    unit: { name: 'EMEA cash equities' },
    since: { words: 'Thu 26 Nov 08:55 London' },
    priority: 1,
    candidates: [{ number: 'INC-1', callers: 3 }],
  })
  expect(read.candidates[0]?.reason).toContain('similar words')
  const call = (body: object) =>
    bank.api<{ callers: number; opened: boolean }>('POST', '/phone-log', { to: 'INC-1', ...body })
  await call({ line, businessUnitId: read.unit?.id, since: String(read.since?.at) })
  for (const { id, name } of onThePhone) await call({ line: `${name}: no prices`, title: 'No prices', userId: id })
  // The first of them has INC-2, and nobody is said to have set what nobody did.
  expect((await bank.api<{ priorityReason: string }>('GET', '/tickets/INC-2')).priorityReason).toMatch(
    /^Impact low \(one caller about INC-1\) × urgency \w+ \(as INC-1\)/,
  )
  for (let n = 0; n < 8; n++) await call({ line: `Somebody from floor ${n}: no prices` })
  await bank.advance({ minutes: 1 })

  // Others write themselves, before they see that it is known, and a program reports for three more.
  const written: string[] = []
  for (const person of inThePortal) {
    const opened = await bank.house.execute(openByHand, as(person), {
      title: 'My blotter shows no prices',
      serviceId,
      environment: 'uat',
    })
    written.push(opened.ticket.number)
  }
  const doubles: string[] = []
  for (const { id } of byApi) {
    const { ticket: made } = await bank.api<{ ticket: Ticket }>('POST', '/tickets', {
      title: 'No prices on blotters',
      serviceId,
      requesterId: id,
    })
    doubles.push(made.number)
  }
  // What Priya does: all that was written under it at once, and the program's merged into it.
  const adopted = await bank.api<{ undo: { act: string } }>('POST', '/tickets/INC-1/children', { tickets: written })
  expect(adopted.undo.act).toBe('disown')
  const merged = await bank.api<{ undo: { act: string } }>('POST', '/tickets/INC-1/merges', { tickets: doubles })
  expect(merged.undo.act).toBe('unmerge')
  expect((await ticket('INC-1')).marks.callers).toEqual({ count: 37 })
  const links = await bank.api<{ children: object; merged: number; family: object; callers: unknown[] }>(
    'GET',
    '/tickets/INC-1/links',
  )
  expect(links).toMatchObject({
    children: { total: 22, open: 22 },
    merged: 3,
    family: { tickets: 25, people: 25, ofMerged: 3 },
  })
  expect(links.callers).toHaveLength(9)
  await bank.house.settle()
  bank.mail.clear()

  // One reply answers all: each reads it once, on a ticket of his own, and of nobody else.
  const words = 'The price bridge is being restarted; prices come back by 09:20.'
  await bank.api('POST', '/tickets/INC-1/replies', { body: words, toChildren: true })
  await bank.advance({ seconds: 30 })
  for (const { mail, name } of people) {
    expect(readBy(mail, words), name).toHaveLength(1)
    const raw = bank.mail.messages().filter((m) => m.to.includes(mail))
    expect(raw.map((m) => m.to)).toEqual([[mail]])
    expect(raw[0]?.text.match(/Trader \d+/g)?.filter((t) => t !== name) ?? []).toEqual([])
  }
  bank.mail.clear()

  // One resolution resolves all.
  const solved = 'The price bridge runs again.'
  await bank.api('POST', '/tickets/INC-1/resolution', { resolution: solved, children: true })
  await bank.advance({ seconds: 30 })
  for (const number of ['INC-1', ...written]) expect((await ticket(number)).state, number).toBe('resolved')
  for (const { mail, name } of people) expect(readBy(mail, solved), name).toHaveLength(1)

  // To one it is not solved: his own goes on, and nobody else's.
  const [first] = inThePortal
  await bank.house.execute(reopenTicket, as(first as Person), { id: written[0] ?? '', reason: 'Mine is empty still.' })
  expect((await ticket(written[0] ?? '')).state).not.toBe('resolved')
  expect((await ticket(written[1] ?? '')).state).toBe('resolved')
  expect((await ticket('INC-1')).state).toBe('resolved')
  const story = await bank.story('/tickets/INC-1/timeline')
  expect(story.filter((l) => l.includes('logged a call of'))).toHaveLength(17)
  expect(story.some((l) => l.includes('reaches 25 more people'))).toBe(true)
}, 90_000)
