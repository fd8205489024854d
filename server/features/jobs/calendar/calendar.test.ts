import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayVerdicts, type JobDayCounts, type JobMonth } from '../../../../contract/jobs/calendar.ts'
import { runVerdicts } from '../../../../contract/jobs/words.ts'
import { type MonitorHouse, monitorHouse } from '../../../../test/harness/monitors.ts'
import { type DayFacts, verdictOf } from './verdict.ts'

const counts = fc.integer({ min: 0, max: 3 })
const facts: fc.Arbitrary<DayFacts> = fc.record({
  runs: counts,
  failed: counts,
  lost: counts,
  running: counts,
  misses: counts,
  noted: fc.dictionary(fc.constantFrom(...runVerdicts), counts),
  expected: counts,
  over: fc.boolean(),
  answerable: fc.boolean(),
})

it('one more thing that went wrong never makes a day better', () => {
  const rank = (f: DayFacts) => dayVerdicts.indexOf(verdictOf(f))
  fc.assert(
    fc.property(facts, fc.constantFrom('failed', 'lost', 'misses'), (f, worse) => {
      expect(rank({ ...f, [worse]: f[worse] + 1 })).toBeLessThanOrEqual(rank(f))
    }),
  )
})

/** On a real database. Monday 23 November, 07:00 in London. */
let house: MonitorHouse
let nightly: string
let busy: string
beforeAll(async () => {
  house = await monitorHouse()
  const made = await house.api(house.admin, 'POST', '/calendars', {
    slug: 'london',
    name: 'London',
    kind: 'settlement',
    zone: 'Europe/London',
    weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' })),
    exceptions: [{ date: '2026-11-26', open: [], name: 'Founders' }],
    validThrough: '2026-12-31',
  })
  expect(made.status).toBe(201)
  const business = { kind: 'business', calendars: ['london'], day: { on: 'each' }, zone: 'Europe/London' }
  nightly = await make('Nightly', { ...business, times: ['22:00'] })
  busy = await make('Always', { kind: 'cron', expression: '* * * * *', zone: 'UTC' })
  // Monday well and past midnight, Tuesday a failure; of Wednesday nothing is known.
  await house.jump({ hours: 72 })
  await ping(nightly, 'start?rid=00000000-0000-4000-8000-000000000001&at=2026-11-23T22:00:00Z')
  await ping(nightly, '0?rid=00000000-0000-4000-8000-000000000001&at=2026-11-24T01:30:00Z')
  await ping(nightly, '7?at=2026-11-24T22:01:00Z')
  await sql`insert into pings (job_id, at, id, kind, happened_at, run_id, verdicts)
    select ${busy}, t, gen_random_uuid(), case when n = 999 then 'fail' else 'success' end, t, gen_random_uuid(), null
    from (select '2026-11-24T00:00:30Z'::timestamptz + n * interval '20 seconds' as t, n from generate_series(0, 4000) n) x`.execute(
    house.platform.db,
  )
})
afterAll(() => house.close())

const make = async (name: string, schedule: object): Promise<string> => {
  const made = await house.api(house.responder, 'POST', '/jobs', {
    name,
    serviceId: house.orders,
    schedule,
    maxRunSeconds: null,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}
const ping = async (id: string, rest: string) =>
  expect((await house.http.inject({ url: `/ping/${id}/${rest}` })).statusCode).toBe(200)
const get = async (path: string) => {
  const { status, body } = await house.api(house.responder, 'GET', path)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const month = async (query: string) => (await get(`/jobs/calendar?month=2026-11${query}`)).items as JobMonth[]
const on = (job: JobMonth | undefined, date: string) => job?.days.find((d) => d.date === date) as JobDayCounts

it('a day shows its worst, what came of it, and what is still to come', async () => {
  const [job] = await month(`&jobId=${nightly}`)
  expect(job?.days).toHaveLength(30)
  expect(on(job, '2026-11-20')).toMatchObject({ verdict: 'free', expected: 1 })
  // It ended past midnight, and belongs to the day on which it began.
  expect(on(job, '2026-11-23')).toMatchObject({ verdict: 'ok', runs: 1, failed: 0 })
  expect(on(job, '2026-11-24')).toMatchObject({ verdict: 'failed', runs: 1, failed: 1 })
  expect(on(job, '2026-11-26')).toMatchObject({ holiday: 'Founders', closed: true, expected: 0, verdict: 'free' })
  expect(on(job, '2026-11-27')).toMatchObject({ verdict: 'planned', expected: 1, next: '2026-11-27T22:00:00Z' })
  expect(on(job, '2026-11-28')).toMatchObject({ verdict: 'free', holiday: null, closed: true })
  const [next] = (await get(`/jobs/calendar?month=2027-01&jobId=${nightly}`)).items as JobMonth[]
  expect(on(next, '2027-01-04')).toMatchObject({ verdict: 'planned', certain: false })
})

it('by business dates the night belongs to the evening before it', async () => {
  const late = await make('After midnight', { kind: 'cron', expression: '30 1 * * *', zone: 'Europe/London' })
  await ping(late, '0?at=2026-11-25T01:31:00Z')
  expect(on((await month(`&jobId=${late}`))[0], '2026-11-25').runs).toBe(1)
  const [dated] = await month(`&jobId=${late}&cut=17:00`)
  expect([on(dated, '2026-11-24').runs, on(dated, '2026-11-25').runs]).toEqual([1, 0])
  const [own] = await month(`&jobId=${late}&cut=business`)
  expect(on(own, '2026-11-24').runs).toBe(1)
  const [{ id: run }] = (await get(`/jobs/${late}/runs`)).items
  expect((await get(`/jobs/${late}/runs/${run}`)).businessDate).toBe('2026-11-24')
  // The site lets its dates begin at another time: runs and their calendar go by that.
  const set = async (cut: string) =>
    expect((await house.api(house.admin, 'PUT', '/chains/cuts', { zone: 'Europe/London', cut })).status).toBe(200)
  await set('01:00')
  expect((await get(`/jobs/${late}/runs/${run}`)).businessDate).toBe('2026-11-25')
  expect(on((await month(`&jobId=${late}&cut=business`))[0], '2026-11-25').runs).toBe(1)
  expect((await get(`/jobs/${late}/days/2026-11-25?cut=business`)).list).toHaveLength(1)
  await set('17:00')
})

it('of a job that runs all the time a day is counted to a bound, and its one failure is found', async () => {
  const [job] = await month(`&jobId=${busy}`)
  expect(on(job, '2026-11-24')).toMatchObject({
    verdict: 'failed',
    failed: 1,
    more: true,
    expected: 50,
    moreExpected: true,
  })
  expect(on(job, '2026-11-24').runs).toBe(201)
  const day = await get(`/jobs/${busy}/days/2026-11-24`)
  expect(day.list.filter((r: { outcome: string }) => r.outcome === 'fail')).toHaveLength(1)
  expect(day.list).toHaveLength(101)
})

it('jobs come by name, page by page, of a filter; a day opens with its runs and times', async () => {
  const first = await get('/jobs/calendar?month=2026-11&limit=1')
  const rest = await get(`/jobs/calendar?month=2026-11&limit=40&cursor=${first.next}`)
  const names = [...first.items, ...rest.items].map((j: JobMonth) => j.name)
  expect(names).toEqual(names.toSorted((a: string, b: string) => a.toLowerCase().localeCompare(b.toLowerCase())))
  expect(await month('&q=nightly&state=ok')).toEqual([])
  expect((await month(`&q=nightly&teamId=${house.teamId}`)).map((j) => j.id)).toEqual([nightly])
  const day = await get(`/jobs/${nightly}/days/2026-11-24`)
  expect(day).toMatchObject({ verdict: 'failed', zone: 'Europe/London', times: ['2026-11-24T22:00:00Z'] })
  expect(day.list).toMatchObject([{ outcome: 'fail', exitStatus: 7 }])
  const { status, body } = await house.api(house.responder, 'GET', `/jobs/${nightly}/days/2026-11-31`)
  expect([status, body.detail]).toEqual([422, expect.stringContaining('there is no day 2026-11-31')])
})
