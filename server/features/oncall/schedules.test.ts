import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Person, person, team } from '../../../test/harness/people.ts'
import { plan } from '../../app.ts'
import { disableUser } from '../identity/disable-user.ts'
import { listShifts, previewSchedule, showCalendar } from './calendar.ts'
import { addOverride } from './overrides.ts'
import { assignPolicy, createPolicy, unassignPolicy } from './policies.ts'
import { listPolicies } from './policy-queries.ts'
import { previewPolicy } from './preview-policy.ts'
import { listSchedules } from './queries.ts'
import { changeSchedule, createSchedule } from './save-schedule.ts'

let house: TestHouse
let priya: Person
let sam: Person
let lead: Person
let teamId: string

// The house starts on Monday 2026-11-23 at 07:00.
const week = { from: '2026-11-23T07:00:00Z', to: '2026-11-30T07:00:00Z' }
const layer = (participants: string[], more: object = {}) => ({
  name: 'Week',
  kind: 'weekly' as const,
  every: 1,
  startsAt: '2026-11-23T07:00',
  participants,
  restrictions: [],
  ...more,
})
const office = { restrictions: [{ weekdays: [1, 2, 3, 4, 5], from: '07:00', to: '19:00' }] }
const schedule = (slug: string, layers: ReturnType<typeof layer>[]) =>
  house.execute(createSchedule, lead, { slug, name: slug, teamId, zone: 'Europe/London', layers })

beforeEach(async () => {
  house = await testHouse(plan, { env: { ROLES: 'web' } })
  priya = await person(house, 'Priya N.')
  sam = await person(house, 'Sam O.')
  lead = await person(house, 'Lena S.')
  teamId = await team(house, 'L2 markets', [
    [priya, 'responder'],
    [sam, 'responder'],
    [lead, 'lead'],
  ])
})
afterEach(() => house.close())

describe('all schedules over a time', () => {
  it('show who is on call, in whose place, the gaps, and everybody with their own zone', async () => {
    const markets = await schedule('markets', [layer([priya.id])])
    await schedule('post-trade', [layer([sam.id], office)])
    await house.execute(addOverride, lead, {
      scheduleId: markets.id,
      from: '2026-11-28T07:00:00Z',
      to: '2026-11-28T15:00:00Z',
      removeUserId: priya.id,
    })
    await house.execute(addOverride, lead, {
      scheduleId: markets.id,
      from: '2026-11-29T07:00:00Z',
      to: '2026-11-29T15:00:00Z',
      addUserId: sam.id,
      removeUserId: priya.id,
    })
    const { items, people } = await house.ask(listShifts, priya, week)
    expect(items.map((i) => [i.schedule.name, i.team.name])).toEqual([
      ['markets', 'L2 markets'],
      ['post-trade', 'L2 markets'],
    ])
    const [first, second] = items
    expect(first?.gaps.map((g) => [g.from.toString(), g.to.toString(), g.outsideHours])).toEqual([
      ['2026-11-28T07:00:00Z', '2026-11-28T15:00:00Z', false],
    ])
    expect(first?.final.find((s) => s.source.kind === 'override')).toMatchObject({
      user: { name: 'Sam O.' },
      source: { inPlaceOf: { name: 'Priya N.' } },
    })
    expect(second?.gaps.every((g) => g.outsideHours)).toBe(true)
    expect(people).toEqual([
      { id: lead.id, name: 'Lena S.', zone: 'Europe/London', active: true },
      { id: priya.id, name: 'Priya N.', zone: 'Europe/London', active: true },
      { id: sam.id, name: 'Sam O.', zone: 'Europe/London', active: true },
    ])
    expect((await house.ask(showCalendar, priya, { id: markets.id, ...week })).final).toEqual(first?.final)
  })

  it('and policies are found by a part of their names, as it is written', async () => {
    await schedule('markets', [layer([priya.id])])
    await schedule('post-trade', [layer([sam.id])])
    const steps = [{ delayMinutes: 0, targets: [{ kind: 'user' as const, id: priya.id }] }]
    await house.execute(createPolicy, lead, { slug: 'markets', name: 'Markets 100%', teamId, steps })
    const found = async (q: string) => {
      const asked = { q, limit: 4 }
      const both = [await house.ask(listSchedules, priya, asked), await house.ask(listPolicies, priya, asked)]
      return both.flatMap(({ items }) => items.map(({ name }) => name))
    }
    expect(await found('MARK')).toEqual(['markets', 'Markets 100%'])
    expect(await found('100%')).toEqual(['Markets 100%'])
    expect(await found('%')).toEqual(['Markets 100%'])
    expect(await found('_')).toEqual([])
  })

  it('say who is on call with an account that is disabled', async () => {
    await schedule('markets', [layer([sam.id])])
    const admin = await person(house, 'Marta G.', 'admin')
    await house.execute(disableUser, admin, { id: sam.id })
    expect((await house.ask(listShifts, priya, week)).people).toMatchObject([{ name: 'Sam O.', active: false }])
  })
})

describe('an override', () => {
  it('of a shift that runs begins now, so that who was on call stays what it was', async () => {
    const made = await schedule('markets', [layer([priya.id])])
    house.clock.step(house.clock.now().add({ hours: 5 }))
    const times = { from: week.from, to: '2026-11-23T15:00:00Z' }
    const override = await house.execute(addOverride, lead, {
      scheduleId: made.id,
      ...times,
      addUserId: sam.id,
      removeUserId: priya.id,
    })
    expect(override.from.toString()).toBe('2026-11-23T12:00:00Z')
    const { final } = await house.ask(showCalendar, priya, { id: made.id, ...week })
    expect(final.map((s) => `${s.from?.toString().slice(8, 16)} ${s.user.name}`)).toEqual([
      '23T07:00 Priya N.',
      '23T12:00 Sam O.',
      '23T15:00 Priya N.',
    ])
    const event = await house.platform.db
      .selectFrom('events')
      .select('data')
      .where('type', '=', 'override.added')
      .executeTakeFirst()
    expect(event?.data).toMatchObject({
      from: 'Mon 23 Nov 12:00 London',
      to: 'Mon 23 Nov 15:00 London',
    })
    house.clock.step(house.clock.now().add({ hours: 3 }))
    await expect(
      house.execute(addOverride, lead, { scheduleId: made.id, ...times, addUserId: lead.id }),
    ).rejects.toMatchObject({ fields: [{ field: 'to' }] })
  })
})

describe('a preview', () => {
  it('of a change shows what saving it then gives, and what differs from now', async () => {
    const made = await schedule('markets', [layer([priya.id])])
    const wanted = [
      { ...layer([priya.id]), id: made.layers[0]?.id ?? '' },
      layer([sam.id], { name: 'Night', restrictions: [{ weekdays: [6], from: '22:00', to: '06:00' }] }),
    ]
    const seen = await house.ask(previewSchedule, priya, {
      id: made.id,
      zone: 'Europe/London',
      layers: wanted,
      ...week,
    })
    expect(seen.changes.map((c) => [c.from.toString(), c.before[0]?.name, c.after[0]?.name])).toEqual([
      ['2026-11-28T22:00:00Z', 'Priya N.', 'Sam O.'],
    ])
    expect((await house.ask(showCalendar, priya, { id: made.id, ...week })).final).toHaveLength(1)
    await house.execute(changeSchedule, lead, { id: made.id, layers: wanted })
    const after = await house.ask(showCalendar, priya, { id: made.id, ...week })
    const told = (shifts: typeof after.final) => shifts.map((s) => `${s.from} ${s.to} ${s.user.name} ${s.source.name}`)
    expect(told(after.final)).toEqual(told(seen.final))
  })

  it('of a new schedule needs no schedule', async () => {
    const seen = await house.ask(previewSchedule, priya, {
      zone: 'Asia/Tokyo',
      layers: [layer([sam.id], office)],
      ...week,
    })
    expect(seen.final[0]).toMatchObject({ user: { name: 'Sam O.' }, to: Temporal.Instant.from('2026-11-23T10:00Z') })
    expect(seen.changes).toEqual([])
  })

  it.each([
    ['a day that does not exist', { startsAt: '2026-02-30T09:00' }, 'layers.0', /first hand-over "2026-02-30T09:00"/],
    [
      'a person who does not exist',
      { participants: ['0198c1f0-0000-7000-8000-0000000000aa'] },
      'layers.0.participants',
      /no person/,
    ],
  ])('and a save refuse %s, by its field', async (_name, more, field, problem) => {
    const made = await schedule('markets', [layer([priya.id])])
    const layers = [{ ...layer([priya.id], more), id: made.layers[0]?.id ?? '' }]
    const refused = { code: 'invalid_input', fields: [{ field, problem: expect.stringMatching(problem) }] }
    await expect(
      house.ask(previewSchedule, priya, { id: made.id, zone: 'Europe/London', layers, ...week }),
    ).rejects.toMatchObject(refused)
    await expect(house.execute(changeSchedule, lead, { id: made.id, layers })).rejects.toMatchObject(refused)
  })
})

describe('a change', () => {
  it('of the zone leaves the past as it was', async () => {
    const made = await schedule('markets', [layer([priya.id, sam.id])])
    house.clock.step(house.clock.now().add({ hours: 24 * 10 }))
    const past = async () =>
      (await house.ask(showCalendar, lead, { id: made.id, from: week.from, to: '2026-12-03T07:00:00Z' })).final
    const before = await past()
    const changed = await house.execute(changeSchedule, lead, { id: made.id, zone: 'America/New_York' })
    expect(changed).toMatchObject({ zone: 'America/New_York', layers: made.layers })
    expect(await past()).toEqual(before)
  })

  it('to a team that does not exist is refused in a sentence', async () => {
    const admin = await person(house, 'Marta G.', 'admin')
    const stranger = '0198c1f0-0000-7000-8000-0000000000aa'
    const made = await schedule('markets', [layer([priya.id])])
    const refused = {
      fields: [{ field: 'teamId', problem: 'there is no such team; choose one from the list of teams' }],
    }
    await expect(house.execute(changeSchedule, admin, { id: made.id, teamId: stranger })).rejects.toMatchObject(refused)
    const steps = [{ delayMinutes: 0, targets: [{ kind: 'user' as const, id: sam.id }] }]
    await expect(
      house.execute(createPolicy, admin, { slug: 'x', name: 'x', teamId: stranger, steps }),
    ).rejects.toMatchObject(refused)
  })
})

describe('a policy', () => {
  const steps = async () => {
    const made = await schedule('nights', [layer([priya.id], office)])
    return [
      { delayMinutes: 0, targets: [{ kind: 'schedule' as const, id: made.id }] },
      { delayMinutes: 5, targets: [{ kind: 'user' as const, id: sam.id }] },
      { delayMinutes: 10, targets: [{ kind: 'team' as const, id: teamId }] },
    ]
  }

  it('is tried without paging anybody: who, why, when', async () => {
    const given = await steps()
    const now = await house.ask(previewPolicy, priya, { steps: given, repeats: 1 })
    expect(now).toMatchObject({ rounds: [0, 25], endsAtMinutes: 50 })
    expect(now.steps.map((s) => [s.atMinutes, s.people.map((p) => p.user?.name)])).toEqual([
      [0, ['Priya N.']],
      [5, ['Sam O.']],
      [15, ['Lena S.', 'Priya N.', 'Sam O.']],
    ])
    expect(now.steps[0]?.people[0]?.why).toBe('On call for nights until Mon 19:00 London (Week).')
    house.clock.step(house.clock.now().add({ hours: 14 }))
    const night = await house.ask(previewPolicy, priya, { steps: given, repeats: 0 })
    expect(night.steps[0]).toMatchObject({
      atMinutes: 0,
      people: [{ user: null, why: /^Nobody is on call for nights/ }],
    })
    expect(night.steps[1]?.atMinutes).toBe(0)
    const pages = await house.platform.db.selectFrom('pages').select('id').execute()
    expect(pages).toEqual([])
  })

  it('whose first step would wait is refused, because it is taken at once', async () => {
    const [first, ...rest] = await steps()
    const wrong = [{ ...(first as NonNullable<typeof first>), delayMinutes: 3 }, ...rest]
    await expect(
      house.execute(createPolicy, lead, { slug: 'x', name: 'x', teamId, steps: wrong }),
    ).rejects.toMatchObject({ fields: [{ field: 'steps.0.delayMinutes' }] })
  })

  it('is given to a service and taken from it again, with an event each', async () => {
    const serviceId = '0198c1f0-0000-7000-8000-0000000000cc'
    await house.platform.db
      .insertInto('services')
      .values({
        id: serviceId,
        slug: 'order-entry',
        name: 'Order entry',
        kind: 'business',
        owner_team_id: teamId,
        created_at: house.clock.now(),
        updated_at: house.clock.now(),
      })
      .execute()
    const policy = await house.execute(createPolicy, lead, { slug: 'm', name: 'Markets', teamId, steps: await steps() })
    const given = await house.execute(assignPolicy, lead, { id: policy.id, serviceId })
    expect(given.services).toEqual([{ id: serviceId, name: 'Order entry' }])
    const stranger = await person(house, 'Ravi K.')
    await team(house, 'DBA', [[stranger, 'lead']])
    await expect(house.execute(unassignPolicy, stranger, { id: policy.id, serviceId })).rejects.toMatchObject({
      code: 'forbidden',
    })
    for (let i = 0; i < 2; i++)
      expect((await house.execute(unassignPolicy, lead, { id: policy.id, serviceId })).services).toEqual([])
    const events = await house.platform.db
      .selectFrom('events')
      .select(['type'])
      .where('type', 'like', 'policy.%assigned')
      .orderBy('id')
      .execute()
    expect(events.map((e) => e.type)).toEqual(['policy.assigned', 'policy.unassigned'])
  })
})
