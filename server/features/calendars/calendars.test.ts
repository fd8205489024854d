import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Actor, system } from '../../platform/access.ts'
import { changeCalendar } from './change-calendar.ts'
import { createCalendar } from './create-calendar.ts'
import { calendars, calendarsRoutes, loadCalendar, nextOpen } from './index.ts'
import { calendarTime, listCalendars, readCalendar } from './queries.ts'

const responder: Actor = { kind: 'user', id: crypto.randomUUID(), name: 'Priya N.', role: 'responder', teams: [] }
const workdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))
const london = { slug: 'london', name: 'London desk', zone: 'Europe/London', weekly: workdays }

let house: TestHouse
beforeAll(async () => {
  const plan = {
    features: [calendars],
    router: { calendars: calendarsRoutes },
    authenticate: () => async () => system,
  }
  // A Thursday before the Easter weekend of 2026.
  house = await testHouse(plan, { start: '2026-04-02T16:00:00Z' })
})
afterAll(() => house.close())

const create = (more: object = {}) =>
  house.execute(createCalendar, system, { ...london, slug: `c-${crypto.randomUUID()}`, ...more })

describe('creating a calendar', () => {
  test('answers with what it means this week, by the clock of its zone', async () => {
    const made = await create({
      exceptions: [
        { date: '2026-04-03', open: [], name: 'Good Friday' },
        { date: '2026-04-06', open: [], name: 'Easter Monday' },
      ],
      validThrough: '2026-12-31',
      provenance: 'gov.uk',
    })
    expect(made).toMatchObject({ kind: 'support', validThrough: '2026-12-31', provenance: 'gov.uk', version: 1 })
    const { preview } = made
    expect(preview.openNow).toBe(true)
    expect(String(preview.nextClose.at)).toBe('2026-04-02T17:00:00Z')
    expect(preview.week.map((d) => [d.date, d.name, d.open.length])).toEqual([
      ['2026-03-30', null, 1],
      ['2026-03-31', null, 1],
      ['2026-04-01', null, 1],
      ['2026-04-02', null, 1],
      ['2026-04-03', 'Good Friday', 0],
      ['2026-04-04', null, 0],
      ['2026-04-05', null, 0],
    ])
    expect(preview.openMinutes).toBe(4 * 600)
    const rules = await loadCalendar(house.platform.db, made.id)
    expect(rules && nextOpen(rules, Temporal.Instant.from('2026-04-02T18:00:00Z'))).toMatchObject({
      kind: 'at',
      known: true,
    })
  })

  test.each([
    [
      'hours that end before they begin',
      { weekly: [{ day: 1, from: '18:00', to: '08:00' }] },
      'weekly',
      /Monday: 18:00–08:00 ends before/,
    ],
    [
      'a day that does not exist',
      { exceptions: [{ date: '2026-02-30', open: [], name: '' }] },
      'exceptions',
      /YYYY-MM-DD/,
    ],
    ['an end that is no date', { validThrough: 'Christmas' }, 'validThrough', /"Christmas" is not a date/],
    ['no hours at all', { weekly: [] }, 'weekly', /never open/],
    ['an unknown zone', { zone: 'Europe/Londn' }, 'zone', /such as Europe\/London/],
  ])('refuses %s with a sentence at its field', async (_, more, field, sentence) => {
    const error = await create(more).catch((e) => e)
    expect(error).toMatchObject({
      code: 'invalid_input',
      fields: [{ field, problem: expect.stringMatching(sentence) }],
    })
  })

  test('refuses a slug that is taken', async () => {
    await create({ slug: 'taken' })
    await expect(create({ slug: 'taken' })).rejects.toMatchObject({ fields: [{ field: 'slug' }] })
  })

  test('is for administrators', async () => {
    await expect(house.execute(createCalendar, responder, london)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('changing a calendar', () => {
  test('keeps what is not given and records before and after', async () => {
    const made = await create()
    const changed = await house.execute(changeCalendar, system, { id: made.id, weekly: workdays.slice(0, 4) })
    expect(changed).toMatchObject({ version: 2, name: 'London desk', weekly: workdays.slice(0, 4) })
    const event = await house.platform.db
      .selectFrom('events')
      .selectAll()
      .where('type', '=', 'calendar.changed')
      .where('subject', '=', `calendar:${made.id}`)
      .executeTakeFirstOrThrow()
    expect(event.data).toEqual({
      name: 'London desk',
      before: { weekly: workdays },
      after: { weekly: workdays.slice(0, 4) },
    })
    const said = house.platform.registry.events.get('calendar.changed')?.say(event.data, 'Ana P.')
    expect(said).toBe('Ana P. changed the calendar London desk (weekly hours).')
  })

  test('judges the whole: a part that makes the rest wrong is refused', async () => {
    const made = await create()
    await expect(house.execute(changeCalendar, system, { id: made.id, weekly: [] })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect((await house.ask(readCalendar, responder, { id: made.id })).version).toBe(1)
  })

  test('without a difference changes nothing', async () => {
    const made = await create()
    const same = await house.execute(changeCalendar, system, { id: made.id, weekly: workdays, name: 'London desk' })
    expect(same.version).toBe(1)
  })

  test('of a version that is not the latest is refused', async () => {
    const made = await create()
    await house.execute(changeCalendar, system, { id: made.id, name: 'London' }, { expected: 1 })
    await expect(
      house.execute(changeCalendar, system, { id: made.id, name: 'Paris' }, { expected: 1 }),
    ).rejects.toMatchObject({ code: 'stale' })
  })
})

describe('reading', () => {
  test('open minutes lead over a holiday, and beyond the known holidays it says so', async () => {
    const made = await create({
      exceptions: [{ date: '2026-04-03', open: [], name: 'Good Friday' }],
      validThrough: '2026-04-30',
    })
    const soon = await house.ask(calendarTime, responder, { id: made.id, minutes: 240 })
    expect(soon).toMatchObject({ local: '2026-04-06T11:00+01:00[Europe/London]', known: true, note: null })
    const late = await house.ask(calendarTime, responder, { id: made.id, from: '2026-05-02T00:00:00Z', minutes: 60 })
    expect(late).toMatchObject({
      known: false,
      note: 'Not known: the holidays of this calendar are entered through 2026-04-30 only.',
    })
  })

  test('the week shows which days are not known', async () => {
    const made = await create({ validThrough: '2026-04-03' })
    expect(made.preview.week.map((d) => d.known)).toEqual([true, true, true, true, true, false, false])
  })

  test('pages of the list hold every calendar once, by name, and a search takes % and _ as they are', async () => {
    for (const name of ['zz %a', 'ZZ %b', 'zz c', 'zz _d', 'zz %a']) await create({ name })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await house.ask(listCalendars, responder, { search: 'zz', limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map((c) => c.name))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen.sort()).toEqual(['ZZ %b', 'zz %a', 'zz %a', 'zz _d', 'zz c'])
    expect((await house.ask(listCalendars, responder, { search: '%' })).items).toHaveLength(3)
    expect((await house.ask(listCalendars, responder, { kind: 'market' })).items).toEqual([])
  })

  test('a forged cursor is a bad request', async () => {
    const cursor = Buffer.from('["a","b"]').toString('base64url')
    await expect(house.ask(listCalendars, responder, { cursor })).rejects.toMatchObject({ code: 'bad_request' })
  })
})

test('over HTTP: created, read with its ETag, asked for a time, changed', async () => {
  const made = await house.http.inject({ method: 'POST', url: '/api/calendars', payload: { ...london, slug: 'wire' } })
  expect(made.statusCode).toBe(201)
  const { id } = made.json()
  const read = await house.http.inject({ url: `/api/calendars/${id}` })
  expect(read.headers.etag).toBe('"v1"')
  expect(read.json()).toMatchObject({
    slug: 'wire',
    preview: { openNow: true, nextOpen: { at: '2026-04-02T16:00:00Z' } },
  })
  const time = await house.http.inject({ url: `/api/calendars/${id}/time?minutes=30&from=2026-04-03T08:00:00%2B01:00` })
  expect(time.json()).toMatchObject({ from: '2026-04-03T07:00:00Z', at: '2026-04-03T07:30:00Z', known: true })
  const patched = await house.http.inject({
    method: 'PATCH',
    url: `/api/calendars/${id}`,
    payload: { name: 'London' },
    headers: { 'if-match': '"v1"' },
  })
  expect([patched.statusCode, patched.headers.etag]).toEqual([200, '"v2"'])
})
