import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'

/** Jobs by business days, and jobs after others, on a real database. Monday, 07:00 in London. */

let house: MonitorHouse
let london: string
const week = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' }))
beforeAll(async () => {
  house = await monitorHouse()
  london = await calendar('london', ['2026-12-25', '2026-12-28', '2027-01-01'], '2027-12-31')
  await calendar('target2', ['2026-12-25', '2027-01-01'], null)
  await calendar('ended', [], '2026-11-20')
})
afterAll(() => house.close())

const calendar = async (slug: string, holidays: string[], validThrough: string | null): Promise<string> => {
  const made = await house.api(house.admin, 'POST', '/calendars', {
    slug,
    name: slug === 'london' ? 'London' : slug,
    kind: 'settlement',
    zone: 'Europe/London',
    weekly: week,
    exceptions: holidays.map((date) => ({ date, open: [], name: 'Holiday' })),
    validThrough,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}
let count = 0
const business = (more: object = {}) => ({
  kind: 'business',
  calendars: ['london', 'target2'],
  day: { on: 'each' },
  times: ['07:05'],
  zone: 'Europe/London',
  ...more,
})
const post = (more: object) =>
  house.api(house.responder, 'POST', '/jobs', { name: `Job ${++count}`, serviceId: house.orders, ...more })
const make = async (schedule: object, more: object = {}): Promise<string> => {
  const made = await post({ schedule, graceSeconds: 60, ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}
const read = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body
const ping = async (address: string) =>
  expect((await house.http.inject({ url: `/ping/${address}` })).statusCode).toBe(200)
const preview = async (schedule: object) =>
  (await house.api(house.responder, 'POST', '/jobs/schedule-preview', { schedule })).body

describe('business days', () => {
  it('are shown before they are saved, in the zone of the job', async () => {
    const found = await preview(business({ day: { on: 'nth', nth: 3, of: 'month' }, times: ['06:30'] }))
    expect(found).toMatchObject({ zone: 'Europe/London', unknownFrom: null, notes: [] })
    expect(found.times.slice(0, 3)).toEqual(['2026-12-03T06:30:00Z', '2027-01-06T06:30:00Z', '2027-02-03T06:30:00Z'])
    expect(found.times).toHaveLength(10)
  })

  it('that nobody knows are told to be so, from the first on', async () => {
    const found = await preview(business({ calendars: ['target2', 'ended'] }))
    expect(found).toMatchObject({ unknownFrom: '2026-11-23T07:05:00Z' })
    expect(found.notes).toEqual([expect.stringMatching(/^The holidays of ended are entered through 2026-11-20 only/)])
  })

  it.each([
    [
      'a calendar that is not there',
      business({ calendars: ['paris'] }),
      /schedule.calendars: there is no calendar paris/,
    ],
    ['no calendar', business({ calendars: [] }), /schedule.calendars: must name at least one/],
    [
      'dates that are past',
      business({ day: { on: 'dates', dates: ['2026-11-02'] } }),
      /schedule.day: no time fits it any more/,
    ],
    ['a zeroth day', business({ day: { on: 'nth', nth: 0, of: 'month' } }), /must be 1 for the first/],
    ['no time of day', business({ times: [] }), /schedule.times: must name at least one/],
  ])('%s is refused', async (_, schedule, says) => {
    const answer = await post({ schedule })
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringMatching(says)])
  })

  it('a miss ends when its calendar is told that it was a holiday, and what is known is told with it', async () => {
    const [id, doubtful, other] = [
      await make(business()),
      await make(business({ calendars: ['ended'] })),
      await make(business({ calendars: ['target2'], times: ['07:03'] })),
    ]
    await ping(other)
    expect(await read(id)).toMatchObject({ state: 'new', dueAt: '2026-11-23T07:05:00Z' })
    await house.advance({ minutes: 7 })
    expect(await read(id)).toMatchObject({ state: 'missing', alerts: [{ kind: 'miss', status: 'firing' }] })
    expect((await read(doubtful)).reason).toMatch(
      /due at 07:05 .*\. Whether that is a business day is not known: the holidays of ended are entered through 2026-11-20 only/,
    )
    const health = (await house.api(house.admin, 'GET', '/health')).body
    expect(JSON.stringify(health)).toContain('The holidays of ended are entered through 2026-11-20 only, and Job')
    const today = { date: '2026-11-23', name: 'Day of mourning' }
    await house.api(house.admin, 'POST', `/calendars/${london}/holidays`, { days: [today] })
    await house.advance({ seconds: 5 })
    expect(await read(id)).toMatchObject({ state: 'new', alerts: [], dueAt: '2026-11-24T07:05:00Z' })
    expect((await read(doubtful)).state).toBe('missing')
    expect((await read(other)).dueAt).toBe('2026-11-24T07:03:00Z')
    // What is remembered of a job for its pings goes by the new calendar as well.
    await house.api(house.admin, 'POST', `/calendars/${london}/holidays`, { days: [{ ...today, date: '2026-11-24' }] })
    await house.advance({ seconds: 5 })
    await ping(id)
    expect((await read(id)).dueAt).toBe('2026-11-25T07:05:00Z')
  })
})

describe('after another job', () => {
  const following = (job: string, more: object = {}) => ({ kind: 'after', job, seconds: 300, ...more })
  const nightly = { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' }

  it('it is expected once that has ended well, and not before', async () => {
    const prices = await make(nightly, { name: 'EOD prices' })
    // What is remembered of it by its pings knows no follower yet.
    await ping(prices)
    const [risk, either] = [
      await make(following(prices), { name: 'EOD risk' }),
      await make(following(prices, { when: 'end' })),
    ]
    expect(await read(risk)).toMatchObject({ state: 'new', dueAt: null, follows: { id: prices, name: 'EOD prices' } })
    expect((await preview(following(prices))).notes).toEqual([
      'It has no times of its own: it is expected within 5 min after EOD prices has ended well.',
    ])
    await ping(`${prices}/fail`)
    await house.advance({ seconds: 2 })
    const failedAt = house.clock.now()
    expect((await read(risk)).dueAt).toBeNull()
    const due = Temporal.Instant.from((await read(either)).dueAt)
    expect(due.since(failedAt).total('seconds')).toBeCloseTo(298, 0)
    await ping(prices)
    await house.advance({ seconds: 2 })
    expect((await read(risk)).dueAt).not.toBeNull()
    await ping(`${risk}/start`)
    expect(await read(risk)).toMatchObject({ state: 'running', dueAt: null })
    await ping(risk)
    // The end of the run before is told again: what came since is not expected again.
    await house.advance({ minutes: 7 })
    expect(await read(risk)).toMatchObject({ state: 'ok', dueAt: null })
    expect(await read(either)).toMatchObject({ state: 'missing', alerts: [{ kind: 'miss' }] })
    await ping(either)
    expect((await read(either)).state).toBe('ok')
  })

  it('what another one waits for stays, and nothing waits for itself', async () => {
    const first = await make(nightly)
    const second = await make(following(first))
    const refused = await house.api(house.responder, 'DELETE', `/jobs/${first}`)
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringMatching(/is expected after .* Change when first/),
    ])
    const round = await house.api(house.responder, 'PATCH', `/jobs/${first}`, { schedule: following(second) })
    expect([round.status, round.body.detail]).toEqual([422, expect.stringMatching(/it would wait for itself/)])
    const nobody = await post({ schedule: following(crypto.randomUUID()) })
    expect([nobody.status, nobody.body.detail]).toEqual([
      422,
      expect.stringMatching(/schedule.job: there is no such job/),
    ])
    await house.api(house.responder, 'PATCH', `/jobs/${second}`, { schedule: nightly })
    expect((await house.api(house.responder, 'DELETE', `/jobs/${first}`)).status).toBe(200)
  })
})

describe('on arrival of a file', () => {
  const arrival = (more: object = {}) => ({
    ...business({ day: { on: 'weekday', days: [1, 2, 3, 4, 5], ifClosed: 'anyway' }, calendars: [] }),
    kind: 'arrival',
    file: '/data/in/prices-*.csv',
    host: 'prdbat01',
    ...more,
  })

  it('its next times are shown before it is saved, and what has come hours before counts', async () => {
    const found = await preview(arrival())
    expect(found.times).toHaveLength(10)
    expect(found.notes).toEqual([
      'It begins when /data/in/prices-*.csv arrives on prdbat01. By these times it must have come; what comes up to 12 h before counts for them.',
    ])
    const now = house.clock.now().toZonedDateTimeISO('Europe/London')
    const at = (minutes: number) => now.add({ minutes }).toPlainTime().toString().slice(0, 5)
    const [first] = [at(180)]
    const id = await make(arrival({ times: [first] }), { name: 'Prices come' })
    const due = (await read(id)).dueAt
    await ping(id)
    const next = await read(id)
    expect(next).toMatchObject({ state: 'ok', schedule: { kind: 'arrival', aheadSeconds: 43_200 } })
    expect(Temporal.Instant.from(next.dueAt).since(Temporal.Instant.from(due)).total('hours')).toBeGreaterThan(20)
    // A second file of that day says nothing of the next one.
    await ping(id)
    expect((await read(id)).dueAt).toBe(next.dueAt)
  })

  it.each(['own', 'healthchecks'])(
    'of several times of a day the next one is no other’s: by %s rules',
    async (rules) => {
      const now = house.clock.now().toZonedDateTimeISO('Europe/London')
      const by = (minutes: number) => now.add({ minutes }).toPlainTime().toString().slice(0, 5)
      const id = await make(arrival({ times: [by(60), by(240)] }), { rules })
      // The sender tries again: that is no file of four hours later.
      await ping(id)
      await ping(id)
      const { dueAt } = await read(id)
      expect(Temporal.Instant.from(dueAt).since(now.toInstant()).total('minutes')).toBeCloseTo(240, -1)
      await house.advance({ minutes: 62 })
      await ping(id)
      expect(
        Temporal.Instant.from((await read(id)).dueAt)
          .since(now.toInstant())
          .total('hours'),
      ).toBeGreaterThan(20)
    },
  )

  it('one that has not come in time is told with its name, and how late it came stands on its run', async () => {
    const now = house.clock.now().toZonedDateTimeISO('Europe/London')
    const by = now.add({ minutes: 2 }).toPlainTime().toString().slice(0, 5)
    const id = await make(arrival({ times: [by] }))
    await house.advance({ minutes: 8 })
    const missing = await read(id)
    expect(missing).toMatchObject({ state: 'missing', alerts: [{ kind: 'miss' }] })
    expect(missing.reason).toMatch(
      /^Has not begun: \/data\/in\/prices-\*\.csv has not arrived on prdbat01; it was expected by .* \(\d min ago\)/,
    )
    await ping(id)
    expect(await read(id)).toMatchObject({ state: 'ok' })
    expect((await house.api(house.responder, 'GET', `/jobs/${id}/runs`)).body.items[0].verdicts).toContain('late')
  })

  it.each([
    ['no file', arrival({ file: '' }), /schedule.file: must not be empty/],
    ['no such calendar', arrival({ calendars: ['paris'] }), /schedule.calendars: there is no calendar paris/],
    ['business days of no calendar', arrival({ day: { on: 'each' } }), /schedule.calendars: must name at least one/],
  ])('%s is refused', async (_, schedule, says) => {
    const answer = await post({ schedule })
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringMatching(says)])
  })

  it('it goes by its calendars when they change, and by the rules of healthchecks too', async () => {
    const now = house.clock.now().toZonedDateTimeISO('Europe/London')
    const by = now.add({ minutes: 60 }).toPlainTime().toString().slice(0, 5)
    const id = await make(arrival({ day: { on: 'each' }, calendars: ['target2'], times: [by] }))
    const first = (await read(id)).dueAt
    const target = (await house.api(house.admin, 'GET', '/calendars')).body.items.find(
      (c: { slug: string }) => c.slug === 'target2',
    )
    const holiday = { date: first.slice(0, 10), name: 'Feast' }
    await house.api(house.admin, 'POST', `/calendars/${target.id}/holidays`, { days: [holiday] })
    await house.advance({ seconds: 5 })
    expect((await read(id)).dueAt > first).toBe(true)
    const strict = await make(arrival({ times: [by] }), { rules: 'healthchecks' })
    await ping(strict)
    expect(
      Temporal.Instant.from((await read(strict)).dueAt)
        .since(now.toInstant())
        .total('hours'),
    ).toBeGreaterThan(20)
  })
})

it('YAML says the same: a job after another one names it by its slug', async () => {
  const text = [
    'kind: job\nslug: yaml-first\nname: YAML first',
    'schedule:\n  kind: business\n  calendars: [london, target2]\n  day: {on: nth, nth: -1, of: month}\n  times: ["06:30"]\n  zone: Europe/London',
    '---\nkind: job\nslug: yaml-second\nname: YAML second',
    'schedule: {kind: after, job: yaml-first, seconds: 900}',
    '---\nkind: job\nslug: yaml-third\nname: YAML third',
    'schedule: {kind: arrival, file: /in/x.csv, host: prdbat01, calendars: [london], day: {on: each}, times: ["06:30"], zone: Europe/London}',
  ].join('\n')
  const files = [{ name: 'jobs.yaml', text }]
  const apply = async (from: object[]) => {
    const { status, body } = await house.api(house.admin, 'POST', '/declarations', { files: from })
    expect(status, JSON.stringify(body)).toBe(200)
    return body.changes.map((c: { act: string }) => c.act)
  }
  expect(await apply(files)).toEqual(['create', 'create', 'create'])
  expect(await apply(files)).toEqual(['none', 'none', 'none'])
  const written = (await house.api(house.admin, 'GET', '/declarations?kind=job')).body.files
  expect(new Set(await apply(written))).toEqual(new Set(['none']))
  expect(written[0].text.indexOf('slug: yaml-first')).toBeLessThan(written[0].text.indexOf('slug: yaml-second'))
})
