import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Person, person, team } from '../../../test/harness/people.ts'
import { calendars } from '../calendars/index.ts'
import { addUnit } from '../catalog/add-unit.ts'
import { deleteUnit } from '../catalog/delete-unit.ts'
import { catalog } from '../catalog/index.ts'
import { setUnitsOfPerson } from '../catalog/units-of-person.ts'
import { cancelTicket } from '../desk/cancel.ts'
import { getTicket } from '../desk/get.ts'
import { desk } from '../desk/index.ts'
import { reopenTicket } from '../desk/reopen.ts'
import { disableUser } from '../identity/disable-user.ts'
import { identity } from '../identity/index.ts'
import { notify } from '../notify/index.ts'
import { oncall } from '../oncall/index.ts'
import { sla } from '../sla/index.ts'
import { listApprovals } from './approval-queries.ts'
import { changeRequestType } from './change-type.ts'
import { createRequestType } from './create-type.ts'
import { decideApproval } from './decide.ts'
import { delegateApproval } from './delegate.ts'
import { requests } from './index.ts'
import { readRequestOfTicket } from './request-query.ts'
import { retireRequestType } from './retire-type.ts'
import { tickStep, untickStep } from './steps.ts'
import { submitRequest } from './submit.ts'
import { findPeopleForForm, listRequestTypes, readRequestType } from './type-queries.ts'

let house: TestHouse
let cast: Record<'admin' | 'lead' | 'other' | 'analyst' | 'boss' | 'second' | 'trader' | 'clerk', Person>
let teamId: string
let otherTeam: string
beforeAll(async () => {
  house = await testHouse({
    features: [identity, calendars, notify, catalog, oncall, sla, desk, requests],
    router: {},
    authenticate: () => async () => ({ kind: 'nobody' }),
  })
  cast = {
    admin: await person(house, 'Marta Gil', 'admin'),
    lead: await person(house, 'Viktor Hall', 'lead'),
    other: await person(house, 'Olga Other', 'lead'),
    analyst: await person(house, 'Mei Lin', 'responder'),
    boss: await person(house, 'James Tate', 'stakeholder'),
    second: await person(house, 'Sara Second', 'stakeholder'),
    trader: await person(house, 'Tim Trader', 'requester'),
    clerk: await person(house, 'Cora Clerk', 'requester'),
  }
  teamId = await team(house, 'Systems', [
    [cast.lead, 'lead'],
    [cast.analyst, 'responder'],
  ])
  otherTeam = await team(house, 'Others', [[cast.other, 'lead']])
})
afterAll(() => house.close())

const people = (...who: Person[]) => ({ kind: 'people' as const, userIds: who.map((p) => p.id) })
const form = { properties: { what: { type: 'string', title: 'What' } }, required: ['what'] }
let counter = 0
const type = (more: object = {}) => {
  counter += 1
  const given = { slug: `type-${counter}`, name: `Type ${counter}`, category: 'Access', teamId, form, ...more }
  return house.execute(createRequestType, cast.admin, given as never)
}
const submit = async (typeId: string, who = cast.trader, more: object = {}) => {
  const made = await house.execute(submitRequest, who, { typeId, answers: { what: 'Repo blotter' }, ...more })
  await house.settle()
  return made
}
const asked = async (who: Person) => (await house.ask(listApprovals, who, {})).items
const decide = (who: Person, id: string, decision: 'approve' | 'refuse' = 'approve') =>
  house.execute(decideApproval, who, { id, decision, reason: 'Because' })
const mine = async (who: Person, number: string) => {
  const found = (await asked(who)).find((a) => a.ticket.number === number)
  if (!found) throw new Error(`${who.name} is not asked for ${number}.`)
  return found.id
}
const requestOf = async (number: string, who = cast.analyst) => {
  const { request } = await house.ask(readRequestOfTicket, who, { id: number })
  if (!request) throw new Error(`${number} has no request.`)
  return request
}
const ticket = (number: string, who = cast.analyst) => house.ask(getTicket, who, { id: number })

describe('a request type', () => {
  it('is kept by the leads of its team: others may not, and nobody names what is not there', async () => {
    const mineOnly = { slug: 'mine', name: 'Mine', category: 'X', form }
    const create = (who: Person, more: object) =>
      house.execute(createRequestType, who, { ...mineOnly, teamId, ...more } as never)
    await expect(create(cast.other, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(create(cast.analyst, {})).rejects.toMatchObject({ code: 'forbidden' })
    const gone = crypto.randomUUID()
    for (const [more, field] of [
      [{ serviceId: gone }, 'serviceId'],
      [{ businessUnitIds: [gone] }, 'businessUnitIds.0'],
      [{ approvals: [{ by: { kind: 'people', userIds: [cast.boss.id, gone] } }] }, 'approvals.0.by.userIds.1'],
      [{ approvals: [{ by: { kind: 'leads', teamId: gone } }] }, 'approvals.0.by.teamId'],
      [{ form: { properties: { a: { $ref: 'https://evil.example' } } } }, 'form.properties.a'],
    ] as const)
      await expect(create(cast.lead, more)).rejects.toMatchObject({ code: 'invalid_input', fields: [{ field }] })
    const made = await create(cast.lead, {})
    await expect(create(cast.lead, {})).rejects.toMatchObject({ fields: [{ field: 'slug' }] })
    await expect(house.execute(changeRequestType, cast.lead, { id: made.id, teamId: otherTeam })).rejects.toMatchObject(
      { code: 'forbidden' },
    )
    await expect(
      house.execute(changeRequestType, cast.lead, { id: made.id, name: 'Y' }, { expected: 7 }),
    ).rejects.toMatchObject({ code: 'stale' })
  })

  it('has versions: a request keeps the form it was filled with, also in the order of its fields', async () => {
    const made = await type({ checklist: [{ title: 'Old step' }] })
    const { ticket: first } = await submit(made.slug)
    const both = { z: { type: 'string', title: 'Zebra' }, what: { type: 'string', title: 'What for' } }
    const changed = await house.execute(changeRequestType, cast.lead, {
      id: made.slug,
      form: { properties: both, required: [] } as never,
      checklist: [],
    })
    expect(changed.formVersion).toBe(2)
    expect(Object.keys(changed.form.properties)).toEqual(['z', 'what'])
    const again = await house.execute(changeRequestType, cast.lead, { id: made.id, form: changed.form, name: 'Other' })
    expect(again).toMatchObject({ formVersion: 2, name: 'Other' })
    const old = await requestOf(first.number)
    expect(old).toMatchObject({ formVersion: 1, answers: [{ title: 'What', text: 'Repo blotter' }] })
    expect(old.steps.map((s) => s.title)).toEqual(['Old step'])
    await expect(submit(made.id, cast.trader, { formVersion: 1 })).rejects.toMatchObject({ code: 'conflict' })
    expect((await requestOf((await submit(made.id, cast.trader, { formVersion: 2 })).ticket.number)).steps).toEqual([])
  })

  it('is for everybody, or for people of some business units; retired it is for nobody', async () => {
    const unit = await house.execute(addUnit, cast.admin, { slug: 'cash', name: 'Cash' })
    await house.execute(setUnitsOfPerson, cast.admin, { userId: cast.trader.id, businessUnitIds: [unit.id] })
    const made = await type({ businessUnitIds: [unit.id] })
    const slugs = async (who: Person) => (await house.ask(listRequestTypes, who, {})).items.map((t) => t.slug)
    expect(await slugs(cast.trader)).toContain(made.slug)
    expect(await slugs(cast.clerk)).not.toContain(made.slug)
    await expect(house.ask(readRequestType, cast.clerk, { id: made.slug })).rejects.toMatchObject({ code: 'not_found' })
    await expect(submit(made.slug, cast.clerk)).rejects.toMatchObject({ code: 'not_found' })
    await submit(made.slug, cast.trader)
    await expect(house.ask(listRequestTypes, cast.trader, { view: 'all' })).rejects.toMatchObject({ code: 'forbidden' })
    await house.execute(retireRequestType, cast.lead, { id: made.slug })
    expect(await slugs(cast.trader)).not.toContain(made.slug)
    await expect(submit(made.slug, cast.trader)).rejects.toMatchObject({ code: 'not_found' })
    await expect(submit(made.slug, cast.analyst)).rejects.toMatchObject({ code: 'conflict' })
    expect((await house.ask(listRequestTypes, cast.analyst, { view: 'all' })).items.map((t) => t.slug)).toContain(
      made.slug,
    )
  })

  it('that was for people of a deleted business unit alone leaves the catalogue, and is not for everybody', async () => {
    const [gone, kept] = await Promise.all(
      ['swaps', 'repo'].map((slug) => house.execute(addUnit, cast.admin, { slug, name: slug })),
    )
    const alone = await type({ businessUnitIds: [gone?.id] })
    const both = await type({ businessUnitIds: [gone?.id, kept?.id] })
    await house.execute(deleteUnit, cast.admin, { id: gone?.id ?? '' })
    await house.settle()
    const read = (id: string) => house.ask(readRequestType, cast.admin, { id })
    expect(await read(both.slug)).toMatchObject({ businessUnits: [{ id: kept?.id }], retiredAt: null })
    expect(await read(alone.slug)).toMatchObject({ businessUnits: [], retiredAt: expect.anything() })
    await expect(submit(alone.slug, cast.clerk)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('tells those who ask who approves, and nothing of how it is fulfilled', async () => {
    const made = await type({ checklist: [{ title: 'Secret step' }], approvals: [{ by: people(cast.boss) }] })
    const seen = await house.ask(readRequestType, cast.trader, { id: made.slug })
    expect(seen).toMatchObject({ team: null, checklist: [], approvals: [{ by: { people: [{ name: 'James Tate' }] } }] })
    const { ticket: t } = await submit(made.slug)
    const request = await requestOf(t.number, cast.trader)
    expect(request).toMatchObject({ steps: [], approvals: [{ why: '', person: { name: 'James Tate' } }] })
    await expect(requestOf(t.number, cast.clerk)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('gives out names only for a form that asks for people', async () => {
    const withPeople = { properties: { who: { type: 'string', title: 'Who', reference: 'person' } } }
    const [plain, asking] = [await type(), await type({ form: withPeople })]
    const find = async (id: string) => (await house.ask(findPeopleForForm, cast.trader, { id, search: 'cora' })).items
    expect(await find(plain.slug)).toEqual([])
    expect(await find(asking.slug)).toEqual([{ id: cast.clerk.id, name: 'Cora Clerk' }])
    const gone = crypto.randomUUID()
    await expect(submit(asking.slug, cast.trader, { answers: { who: gone } })).rejects.toMatchObject({
      fields: [{ field: 'answers.who', problem: 'there is no such person; choose another' }],
    })
  })
})

describe('approvals', () => {
  it('by any of two: the first answer decides, and the other need not answer', async () => {
    const made = await type({ approvals: [{ by: people(cast.boss, cast.second) }] })
    const { ticket: t } = await submit(made.slug)
    const [one, two] = [await mine(cast.boss, t.number), await mine(cast.second, t.number)]
    const both = await Promise.all([decide(cast.boss, one), decide(cast.second, two, 'refuse')])
    expect(both.map((a) => a.result).sort()).toEqual(
      [
        both.some((a) => a.result === 'approved') ? 'approved' : 'over',
        both.some((a) => a.result === 'refused') ? 'refused' : 'over',
      ].sort(),
    )
    const { state } = await requestOf(t.number)
    expect(state).toBe(both.find((a) => a.result !== 'over')?.result)
    expect((await asked(cast.second)).filter((a) => a.ticket.number === t.number)).toEqual([])
  })

  it('by all of two, and then by the leads of a team: each in turn', async () => {
    const made = await type({
      approvals: [{ by: people(cast.boss, cast.second), all: true }, { by: { kind: 'leads', teamId: otherTeam } }],
    })
    const { ticket: t } = await submit(made.slug)
    await decide(cast.boss, await mine(cast.boss, t.number))
    expect(await requestOf(t.number)).toMatchObject({ state: 'waiting', stage: 0 })
    expect((await ticket(t.number)).can.resolve.why).toBe(`${t.number} waits for the approval of Sara Second.`)
    await decide(cast.second, await mine(cast.second, t.number))
    expect(await requestOf(t.number)).toMatchObject({ state: 'waiting', stage: 1 })
    await decide(cast.other, await mine(cast.other, t.number))
    expect(await requestOf(t.number)).toMatchObject({ state: 'approved' })
    expect(await ticket(t.number)).toMatchObject({ state: 'new', pendingReason: null })
  })

  it('are never given by whoever asked: others decide instead', async () => {
    const made = await type({ approvals: [{ by: people(cast.boss) }] })
    const { ticket: t } = await submit(made.slug, cast.boss)
    expect((await asked(cast.boss)).filter((a) => a.ticket.number === t.number)).toEqual([])
    const [a] = (await requestOf(t.number)).approvals
    expect(a).toMatchObject({ person: { name: 'Viktor Hall' } })
    expect(a?.why).toContain('Nobody approves their own request, so the leads of Systems decide instead')
    // Nor can it be passed on to him.
    const id = await mine(cast.lead, t.number)
    await expect(house.execute(delegateApproval, cast.lead, { id, userId: cast.boss.id })).rejects.toMatchObject({
      fields: [{ field: 'userId' }],
    })
  })

  it('are passed on by whoever is asked or by a lead of the team, and by nobody else', async () => {
    const made = await type({ approvals: [{ by: people(cast.boss) }] })
    const { ticket: t } = await submit(made.slug)
    const id = await mine(cast.boss, t.number)
    const pass = (who: Person, to: Person) => house.execute(delegateApproval, who, { id, userId: to.id })
    for (const who of [cast.trader, cast.analyst, cast.other])
      await expect(pass(who, cast.second)).rejects.toMatchObject({ code: 'not_found' })
    expect(await pass(cast.lead, cast.second)).toMatchObject({ state: 'passed_on' })
    await expect(pass(cast.boss, cast.clerk)).rejects.toMatchObject({ code: 'conflict' })
    expect((await decide(cast.boss, id)).result).toBe('over')
    const theirs = await mine(cast.second, t.number)
    expect((await decide(cast.second, theirs)).result).toBe('approved')
    expect((await decide(cast.second, theirs)).result).toBe('already')
  })

  it('are not needed any more when it is cancelled, and are asked for again when it is reopened', async () => {
    const made = await type({ approvals: [{ by: people(cast.boss) }] })
    const { ticket: t } = await submit(made.slug)
    const id = await mine(cast.boss, t.number)
    await house.execute(cancelTicket, cast.trader, { id: t.id, reason: 'Not wanted' })
    expect((await decide(cast.boss, id)).result).toBe('over')
    await house.settle()
    expect((await requestOf(t.number)).state).toBe('withdrawn')
    await house.execute(reopenTicket, cast.trader, { id: t.id })
    await house.settle()
    expect(await ticket(t.number)).toMatchObject({ state: 'pending', pendingReason: 'approval' })
    await decide(cast.boss, await mine(cast.boss, t.number))
    expect((await requestOf(t.number)).state).toBe('approved')
  })

  it('that all must give, of which one approver has left: one who stands in is enough for his seat', async () => {
    const leaver = await person(house, 'Leo Leaver', 'stakeholder')
    const made = await type({ approvals: [{ by: people(cast.boss, leaver), all: true }] })
    const { ticket: t } = await submit(made.slug)
    await decide(cast.boss, await mine(cast.boss, t.number))
    await house.execute(disableUser, cast.admin, { id: leaver.id })
    await house.settle()
    expect((await requestOf(t.number)).approvals.map((a) => a.state).sort()).toEqual(['approved', 'asked', 'left'])
    await decide(cast.lead, await mine(cast.lead, t.number))
    expect((await requestOf(t.number)).state).toBe('approved')
  })
})

describe('the checklist', () => {
  it('holds the ticket back until what is required is done; who ticked first stands there', async () => {
    const made = await type({ checklist: [{ title: 'Must' }, { title: 'May', required: false }] })
    const { ticket: t, request } = await submit(made.slug)
    const steps = (await requestOf(t.number)).steps
    expect((await ticket(t.number)).can.resolve).toEqual({
      ok: false,
      why: `${t.number} cannot be resolved before its checklist is done: “Must”.`,
    })
    const must = { id: request.id, stepId: steps[0]?.id ?? '' }
    await house.execute(tickStep, cast.analyst, must)
    await house.execute(tickStep, cast.lead, must)
    expect((await requestOf(t.number)).steps[0]).toMatchObject({ doneBy: 'Mei Lin' })
    expect((await ticket(t.number)).can.resolve.ok).toBe(true)
    await house.execute(untickStep, cast.analyst, must)
    expect((await ticket(t.number)).can.resolve.ok).toBe(false)
    await expect(house.execute(tickStep, cast.trader, must)).rejects.toMatchObject({ code: 'forbidden' })
    const strange = { id: request.id, stepId: crypto.randomUUID() }
    await expect(house.execute(tickStep, cast.analyst, strange)).rejects.toMatchObject({ code: 'not_found' })
  })
})
