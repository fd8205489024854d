import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../../../../test/harness/house.ts'
import { type Actor, system } from '../../../platform/access.ts'
import { createCalendar } from '../create-calendar.ts'
import { calendars, calendarsRoutes } from '../index.ts'
import { readCalendar } from '../queries.ts'
import { addHolidays } from './add-holidays.ts'
import { proposeHolidays } from './propose-holidays.ts'

const responder: Actor = { kind: 'user', id: crypto.randomUUID(), name: 'Priya N.', role: 'responder', teams: [] }
const workdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))

let house: TestHouse
beforeAll(async () => {
  const plan = {
    features: [calendars],
    router: { calendars: calendarsRoutes },
    authenticate: () => async () => system,
  }
  // In Tokyo it is the first of December already.
  house = await testHouse(plan, { start: '2026-11-30T16:00:00Z' })
})
afterAll(() => house.close())

const made = () =>
  house.execute(createCalendar, system, {
    slug: `c-${crypto.randomUUID()}`,
    name: 'Tokyo desk',
    zone: 'Asia/Tokyo',
    weekly: workdays,
    exceptions: [
      { date: '2026-12-31', open: [{ from: '08:00', to: '12:00' }], name: 'Last day' },
      { date: '2026-12-25', open: [], name: 'Christmas Day' },
    ],
    validThrough: '2026-12-31',
    provenance: 'By hand',
  })

test('each day of a file is proposed once, by date, beside what the calendar has', async () => {
  const { id } = await made()
  const text = [
    '2026-12-31,Ōmisoka',
    '2026-11-30,Yesterday in Tokyo',
    '2026-12-01,Today there',
    '2026-12-05,On a Saturday',
    '2026-12-25,Christmas',
    '2026-12-01,Also today',
    '2027-01-01,New Year of a year that is not known yet',
    'soon,Later',
  ].join('\n')
  const found = await house.ask(proposeHolidays, responder, { id, text })
  const day = { about: '', past: false, closedAnyway: false, stored: null }
  expect(found).toEqual({
    format: 'csv',
    source: '',
    through: '2026-12-31',
    days: [
      { ...day, date: '2026-11-30', name: 'Yesterday in Tokyo', past: true },
      { ...day, date: '2026-12-01', name: 'Today there, Also today' },
      { ...day, date: '2026-12-05', name: 'On a Saturday', closedAnyway: true },
      { ...day, date: '2026-12-25', name: 'Christmas', stored: { name: 'Christmas Day', closed: true } },
      { ...day, date: '2026-12-31', name: 'Ōmisoka', stored: { name: 'Last day', closed: false } },
      { ...day, date: '2027-01-01', name: 'New Year of a year that is not known yet' },
    ],
    skipped: [{ line: 8, problem: '“soon” is not a date. Write it as YYYY-MM-DD, such as 2026-12-25.' }],
    skippedInAll: 1,
  })
})

test('what comes again each year is proposed through the end of the year after next', async () => {
  const { id } = await made()
  const text =
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20000503\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR'
  const found = await house.ask(proposeHolidays, responder, { id, text })
  expect(found).toMatchObject({ format: 'ical', through: '2028-12-31' })
  expect(found.days.map(({ date }) => date)).toEqual(['2027-05-03', '2028-05-03'])
})

test('a file that cannot be read says so at its field, and a calendar that is not there is not found', async () => {
  const { id } = await made()
  await expect(house.ask(proposeHolidays, responder, { id, text: '<html>' })).rejects.toMatchObject({
    code: 'invalid_input',
    fields: [{ field: 'text', problem: expect.stringMatching(/^It is a web page/) }],
  })
  await expect(
    house.ask(proposeHolidays, responder, { id: crypto.randomUUID(), text: '2026-12-25,x' }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('accepted, they are added in one change; what the calendar has stays as it is', async () => {
  const { id } = await made()
  const days = [
    { date: '2027-01-01', name: 'New Year’s Day' },
    { date: '2026-12-25', name: 'Another name' },
    { date: '2026-12-29', name: 'Bridge' },
  ]
  const more = { validThrough: '2027-12-31', provenance: 'By hand; holidays.ics' }
  const changed = await house.execute(addHolidays, system, { id, days, ...more })
  expect(changed).toMatchObject({ version: 2, ...more })
  expect(changed.exceptions).toEqual([
    { date: '2026-12-25', open: [], name: 'Christmas Day' },
    { date: '2026-12-29', open: [], name: 'Bridge' },
    { date: '2026-12-31', open: [{ from: '08:00', to: '12:00' }], name: 'Last day' },
    { date: '2027-01-01', open: [], name: 'New Year’s Day' },
  ])
  const events = await house.platform.db
    .selectFrom('events')
    .selectAll()
    .where('subject', '=', `calendar:${id}`)
    .where('type', '=', 'calendar.changed')
    .execute()
  expect(events.map(({ data }) => house.platform.registry.events.get('calendar.changed')?.say(data, 'Ana P.'))).toEqual(
    [
      'Ana P. changed the calendar Tokyo desk (holidays and half days: 2 added, where it comes from, how far it is known).',
    ],
  )

  // The same once more, and by two at a time: nothing changes.
  await Promise.all([1, 2].map(() => house.execute(addHolidays, system, { id, days })))
  expect((await house.ask(readCalendar, responder, { id })).version).toBe(2)
})

test('two who accept at once add each day once', async () => {
  const { id } = await made()
  const both = [
    ['2027-01-01', '2027-01-11'],
    ['2027-01-01', '2027-02-11'],
  ].map((dates) => house.execute(addHolidays, system, { id, days: dates.map((date) => ({ date, name: 'Day' })) }))
  await Promise.all(both)
  const { exceptions } = await house.ask(readCalendar, responder, { id })
  expect(exceptions.map(({ date }) => date)).toEqual([
    '2026-12-25',
    '2026-12-31',
    '2027-01-01',
    '2027-01-11',
    '2027-02-11',
  ])
})

test.each([
  [[{ date: '2027-02-30', name: '' }], /"2027-02-30" is not a date/],
  [[1, 2].map(() => ({ date: '2027-01-01', name: '' })), /2027-01-01 is listed twice/],
])('%j is refused, and nothing is added', async (days, problem) => {
  const { id } = await made()
  await expect(house.execute(addHolidays, system, { id, days })).rejects.toMatchObject({
    code: 'invalid_input',
    fields: [{ problem: expect.stringMatching(problem) }],
  })
  expect((await house.ask(readCalendar, responder, { id })).version).toBe(1)
})

test('a calendar has at most 5000 days, and only administrators add any', async () => {
  const { id } = await made()
  const first = Temporal.PlainDate.from('2027-01-01')
  const years = (at: number) =>
    Array.from({ length: 2_000 }, (_, n) => ({ date: first.add({ days: at * 2_000 + n }).toString(), name: '' }))
  for (const at of [0, 1]) await house.execute(addHolidays, system, { id, days: years(at) })
  await expect(house.execute(addHolidays, system, { id, days: years(2) })).rejects.toMatchObject({
    fields: [{ field: 'days', problem: 'A calendar has at most 5000 days; take old ones out first.' }],
  })
  await expect(house.execute(addHolidays, responder, { id, days: years(3) })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test('over HTTP', async () => {
  const { id } = await made()
  const post = (path: string, payload: object) =>
    house.http.inject({ method: 'POST', url: `/api/calendars/${id}/${path}`, payload })
  const found = await post('holiday-proposals', { text: '2027-01-01;Neujahr' })
  expect([found.statusCode, found.json().days[0].name]).toEqual([200, 'Neujahr'])
  const added = await post('holidays', { days: [{ date: '2027-01-01', name: 'Neujahr' }] })
  expect([added.statusCode, added.headers.etag]).toEqual([200, '"v2"'])
  const tooLong = await post('holiday-proposals', { text: 'x'.repeat(500_001) })
  expect(tooLong.statusCode).toBe(422)
  expect(tooLong.json().detail).toMatch(/at most 500000 characters/)
  expect((await post('holiday-proposals', { text: 'x'.repeat(10_000_000) })).statusCode).toBe(413)
})
