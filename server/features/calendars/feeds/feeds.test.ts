import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Net, NetResponse } from '../../../../checks/lib/net.ts'
import { type TestHouse, testHouse } from '../../../../test/harness/house.ts'
import { type Actor, system } from '../../../platform/access.ts'
import { changeCalendar } from '../change-calendar.ts'
import { createCalendar } from '../create-calendar.ts'
import { calendarsHealth } from '../health.ts'
import { calendars, calendarsRoutes } from '../index.ts'
import { readCalendar } from '../queries.ts'
import { decideFeed } from './decide-feed.ts'
import { readHolidayFeed } from './feed-view.ts'
import { followFeed, leaveFeed } from './follow-feed.ts'

const responder: Actor = { kind: 'user', id: crypto.randomUUID(), name: 'Priya N.', role: 'responder', teams: [] }
const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))
const url = 'https://feeds.example.com/private-5f2c/uk.ics'

/** What the address answers, and how often it was asked. */
const outside = { answer: (): Partial<NetResponse> => ({}), asked: 0 }
const net = {
  request: async (address: string) => {
    outside.asked += 1
    return { url: address, status: 200, body: new Uint8Array(), truncated: false, ...outside.answer() }
  },
} as unknown as Net
const says = (text: string, more: Partial<NetResponse> = {}) => {
  outside.answer = () => ({ body: new TextEncoder().encode(text), ...more })
}

let house: TestHouse
beforeAll(async () => {
  const plan = {
    features: [calendars],
    router: { calendars: calendarsRoutes },
    authenticate: () => async () => system,
  }
  house = await testHouse(plan, { start: '2026-11-30T06:30:00Z', net })
})
afterAll(() => house.close())

const made = () =>
  house.execute(createCalendar, system, {
    slug: `c-${crypto.randomUUID()}`,
    name: 'London desk',
    zone: 'Europe/London',
    weekly,
    exceptions: [{ date: '2026-12-31', open: [{ from: '08:00', to: '12:00' }], name: 'Last day' }],
    validThrough: '2026-12-31',
    provenance: 'By hand',
  })
const feedOf = async (id: string) => {
  const { feed } = await house.ask(readHolidayFeed, responder, { id })
  if (!feed) throw new Error('It has no feed.')
  return feed
}
const followed = async (text: string) => {
  const { id } = await made()
  says(text)
  await house.execute(followFeed, system, { id, url })
  await house.settle()
  return id
}
const health = () =>
  calendarsHealth({ db: house.platform.db, now: () => house.clock.now() } as Parameters<typeof calendarsHealth>[0])
const told = async (id: string) => {
  const rows = await house.platform.db
    .selectFrom('events')
    .selectAll()
    .where('subject', '=', `calendar:${id}`)
    .where('type', 'like', 'calendar.feed_%')
    .orderBy('seq')
    .execute()
  return rows.map(({ type, data }) => house.platform.registry.events.get(type)?.say(data, 'Ana P.'))
}

const meeting =
  'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270104T090000Z\nDTEND:20270104T100000Z\nSUMMARY:Meeting\nEND:VEVENT\nEND:VCALENDAR'
const first =
  '2026-11-05,Past\n2026-12-25,Christmas Day\n2026-12-28,Boxing Day\n2026-12-31,Closed\n2027-03-26,Good Friday'

test('what it says is proposed from today on, and nothing is added before somebody decides', async () => {
  const id = await followed(first)
  expect(await feedOf(id)).toMatchObject({
    host: 'feeds.example.com',
    readAt: Temporal.Instant.from('2026-11-30T06:30:00Z'),
    failing: null,
    came: ['2026-12-25', '2026-12-28', '2027-03-26'],
    went: [],
    proposals: {
      days: [{ date: '2026-12-25' }, { date: '2026-12-28' }, { date: '2026-12-31' }, { date: '2027-03-26' }],
    },
  })
  expect((await house.ask(readCalendar, responder, { id })).version).toBe(1)
  expect(await health()).toEqual([
    expect.objectContaining({
      what: 'Holidays of London desk',
      state: 'warn',
      detail: expect.stringContaining('3 days about which nobody has decided, the first on 2026-12-25'),
    }),
  ])
  const { readAt } = await feedOf(id)
  const add = ['2026-12-25', '2027-03-26']
  const after = await house.execute(decideFeed, system, { id, add, readAt: String(readAt) })
  expect(after.feed).toMatchObject({ came: [], went: [] })
  const calendar = await house.ask(readCalendar, responder, { id })
  expect(calendar).toMatchObject({ validThrough: '2027-12-31', provenance: 'By hand; feeds.example.com' })
  expect(calendar.exceptions.map(({ date, open }) => [date, open.length])).toEqual([
    ['2026-12-25', 0],
    ['2026-12-31', 1],
    ['2027-03-26', 0],
  ])
  expect(await health()).toEqual([])

  // A day moves: both ends of it are proposed; what was left is not told again.
  says(first.replace('2027-03-26,Good', '2027-03-25,Good'))
  await house.jump({ hours: 25 })
  const moved = await feedOf(id)
  expect(moved).toMatchObject({ came: ['2027-03-25'], went: [{ date: '2027-03-26', name: 'Good Friday' }] })
  const decision = { id, add: ['2027-03-25'], remove: ['2027-03-26'] }
  await expect(house.execute(decideFeed, system, { ...decision, readAt: String(readAt) })).rejects.toMatchObject({
    code: 'stale',
  })
  for (const wrong of [
    { ...decision, add: ['2026-12-31'] },
    { ...decision, remove: ['2026-12-31'] },
  ])
    await expect(house.execute(decideFeed, system, { ...wrong, readAt: String(moved.readAt) })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  await house.execute(decideFeed, system, { ...decision, readAt: String(moved.readAt) })
  const dates = (await house.ask(readCalendar, responder, { id })).exceptions.map(({ date }) => date)
  expect(dates).toEqual(['2026-12-25', '2026-12-31', '2027-03-25'])
  expect(await told(id)).toEqual([
    'Ana P. has the holidays of London desk read from feeds.example.com each day.',
    'The feed of holidays of London desk from feeds.example.com has 3 days about which nobody has decided.',
    'Ana P. decided about the holidays of London desk from feeds.example.com: 2 days added, 0 taken out, 1 left.',
    'The feed of holidays of London desk from feeds.example.com has 2 days about which nobody has decided.',
    'Ana P. decided about the holidays of London desk from feeds.example.com: 1 day added, 1 taken out, 0 left.',
  ])
  await house.execute(leaveFeed, system, { id })
})

test('one that cannot be read keeps its last good copy, raises an alarm, and is tried each hour', async () => {
  const id = await followed('2027-01-01,New Year')
  const good = await feedOf(id)
  const [{ alarm } = { alarm: '' }] = await failsBy(id, () => says('<html>Sign in</html>'), /It is a web page/)
  expect(alarm).toMatch(
    /^The feed from feeds\.example\.com cannot be read: what it answers is no list of holidays: It is a web page/,
  )
  expect(alarm).toContain('the .ics or .csv on that page. What was read at 1 Dec')
  expect(await feedOf(id)).toMatchObject({ readAt: good.readAt, came: ['2027-01-01'] })
  const before = outside.asked
  await failsBy(id, () => says('2027-01-01,x', { status: 503 }), /it answered 503/)
  expect(outside.asked - before).toBe(1)
  await failsBy(id, () => says('x', { truncated: true }), /more than 500 kB/)
  await failsBy(id, () => says('BEGIN:VCALENDAR\nEND:VCALENDAR'), /no events/)
  await failsBy(id, () => says(meeting), /no day that is a holiday/)
  await failsBy(id, () => says('2027-01-01,x', { url: 'http://feeds.example.com/x' }), /not https/)
  await failsBy(
    id,
    () => {
      outside.answer = () => {
        throw new Error('feeds.example.com:443 refused the connection')
      }
    },
    /refused the connection/,
  )
  // After a week of it the copy is too old to be trusted.
  await house.jump({ hours: 24 * 8 })
  expect(await health()).toMatchObject([{ state: 'bad' }])
  says('2027-01-01,New Year\n2027-01-02,Another')
  await house.jump({ hours: 1 })
  expect(await feedOf(id)).toMatchObject({ failing: null, came: ['2027-01-01', '2027-01-02'] })
  expect((await told(id)).slice(-3)).toEqual([
    expect.stringContaining(
      'cannot be read from feeds.example.com: what it answers is no list of holidays: It is a web page',
    ),
    'The holidays of London desk can be read from feeds.example.com again.',
    'The feed of holidays of London desk from feeds.example.com has 2 days about which nobody has decided.',
  ])
  await house.execute(leaveFeed, system, { id })
  const asked = outside.asked
  await house.jump({ hours: 48 })
  expect(outside.asked).toBe(asked)
  expect(await house.ask(readHolidayFeed, responder, { id })).toEqual({ feed: null })
})

/** The next reading, an hour or a day later, fails so. */
const failsBy = async (id: string, breaks: () => void, problem: RegExp) => {
  breaks()
  await house.jump({ hours: (await feedOf(id)).failing ? 1 : 25 })
  expect((await feedOf(id)).failing?.problem).toMatch(problem)
  const items = await health()
  expect(items).toMatchObject([{ state: 'warn' }])
  return items.map(({ detail }) => ({ alarm: detail }))
}

test('what the calendar is given by hand waits no more, and its address is shown to nobody', async () => {
  const id = await followed('2027-01-01,New Year\n2027-01-04,Bank holiday')
  await house.execute(changeCalendar, system, {
    id,
    exceptions: [{ date: '2027-01-01', open: [], name: 'New Year' }],
  })
  await house.settle()
  expect(await health()).toMatchObject([{ detail: expect.stringContaining('1 day about which nobody') }])
  const row = await house.platform.db
    .selectFrom('holiday_feeds')
    .selectAll()
    .where('calendar_id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row.address).not.toContain('private')
  const everything = JSON.stringify([await feedOf(id), await told(id), row])
  expect(everything).not.toContain('private-5f2c')
  for (const wrong of ['http://feeds.example.com/x.ics', 'file:///etc/passwd', 'x'])
    await expect(house.execute(followFeed, system, { id, url: wrong })).rejects.toMatchObject({
      fields: [{ field: 'url', problem: 'must be an address that begins with https://' }],
    })
  await expect(house.execute(followFeed, responder, { id, url })).rejects.toMatchObject({ code: 'forbidden' })
})

test('what fails about it names no address that it is read from', async () => {
  const id = await followed(first)
  outside.answer = () => {
    throw new Error(`redirected more than 3 times, at last from ${url}?key=hush`)
  }
  await house.jump({ hours: 25 })
  const problem = 'redirected more than 3 times, at last from feeds.example.com'
  expect(await feedOf(id)).toMatchObject({ failing: { problem } })
  const sentences = JSON.stringify(await told(id))
  expect(sentences).toContain(problem)
  expect(sentences).not.toMatch(/private-5f2c|hush/)
})

test('a text in Latin-1 is read, and a sign that cannot be kept spoils nothing', async () => {
  const id = await followed('')
  outside.answer = () => ({ body: Buffer.from('2026-12-25,No\u00ebl\n2027-01-01,New\0Year\n', 'latin1') })
  await house.jump({ hours: 25 })
  const { proposals, failing } = await feedOf(id)
  expect(failing).toBeNull()
  expect(proposals?.days.map(({ name }) => name)).toEqual(['No\u00ebl', 'NewYear'])
})
