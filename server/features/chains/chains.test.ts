import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { autorep } from '../../../test/harness/autosys.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { createRunReader } from './run-states.ts'

/** Deadlines and the graph over HTTP, on a real database. Monday, 07:00 in London. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())

type Who = MonitorHouse['responder']
const zone = 'Europe/London'
const api = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object, who?: Who) =>
  house.api(who ?? house.responder, method, url, body)
const job = async (name: string, more: object = {}) =>
  (await api('POST', '/jobs', { name, serviceId: house.orders, schedule: { kind: 'waits', zone }, ...more })).body
const waitsFor = (...jobs: string[]) => ({
  condition: {
    kind: 'all',
    of: jobs.map((one) => ({ kind: 'job', job: one, is: 'succeeded', within: 'same-date' })),
  },
})
const nightly = { kind: 'cron', expression: '0 22 * * 1-5', zone }
const due = { kind: 'by', time: '07:45', days: 1, zone }
const deadline = async (jobId: string, more: object = {}) =>
  (await api('POST', '/deadlines', { name: 'EOD P&L', jobId, due, ...more })).body

describe('a deadline', () => {
  it('tells on the board when it is due next while no night of it has begun', async () => {
    const { id: jobId } = await job('WEEKLY', { schedule: nightly })
    const { id } = await deadline(jobId, { name: 'Weekly report', weekdays: [3] })
    await deadline(jobId, { name: 'Weekly span', weekdays: [3], due: { kind: 'in', seconds: 3_600, zone } })
    const board = async () => (await api('GET', '/deadlines?q=Weekly')).body.items
    expect(await board()).toMatchObject([
      { name: 'Weekly report', night: null, nextAt: '2026-11-26T07:45:00Z' },
      { name: 'Weekly span', night: null, nextAt: null },
    ])
    await api('PUT', `/deadlines/${id}/extensions/2026-11-25`, { dueAt: '2026-11-26T09:00:00Z', reason: 'Vendor' })
    expect((await board())[0].nextAt).toBe('2026-11-26T09:00:00Z')
    for (const row of await board()) await api('DELETE', `/deadlines/${row.id}`)
    await api('DELETE', `/jobs/${jobId}`)
  })

  it('is set, changed, extended, held and deleted, each with its sentence', async () => {
    const { id: jobId } = await job('PNL', { schedule: nightly })
    const made = await deadline(jobId, { consequence: 'Derivatives opens without P&L' })
    expect(made).toMatchObject({
      slug: 'eod-p-l',
      job: { name: 'PNL' },
      team: { id: house.teamId },
      service: { id: house.orders },
      weekdays: [1, 2, 3, 4, 5],
      tellFrom: 'predicted_late',
      held: null,
      can: { extend: null, hold: null, release: 'The alarms of EOD P&L are not held.' },
    })
    expect(made.nextDue.slice(0, 2)).toEqual([
      { date: '2026-11-23', dueAt: '2026-11-24T07:45:00Z' },
      { date: '2026-11-24', dueAt: '2026-11-25T07:45:00Z' },
    ])
    const url = `/deadlines/${made.id}`
    const changed = await api('PATCH', url, { due: { ...due, time: '08:00' } })
    expect([changed.status, changed.body.due.time]).toEqual([200, '08:00'])
    const moved = await api('PUT', `${url}/extensions/2026-11-24`, { dueAt: '2026-11-25T09:00:00Z', reason: 'Vendor' })
    expect(moved.body.extensions).toMatchObject([
      { date: '2026-11-24', dueAt: '2026-11-25T09:00:00Z', reason: 'Vendor' },
    ])
    expect(moved.body.nextDue[1]).toEqual({ date: '2026-11-24', dueAt: '2026-11-25T09:00:00Z' })
    expect((await api('DELETE', `${url}/extensions/2026-11-24`)).body.extensions).toEqual([])
    const held = await api('PUT', `${url}/hold`, { until: '2026-11-23T12:00:00Z', reason: 'We know' })
    expect(held.body.held).toEqual({ until: '2026-11-23T12:00:00Z', reason: 'We know' })
    expect((await api('GET', '/deadlines?view=held')).body.items).toHaveLength(1)
    expect((await api('DELETE', `${url}/hold`)).body.held).toBeNull()
    expect((await api('DELETE', url)).status).toBe(200)
    expect(await house.sentences(`deadline:${made.id}`)).toEqual([
      'Priya Nair set the deadline EOD P&L for PNL.',
      'Priya Nair changed the deadline EOD P&L: time.',
      'Priya Nair moved the deadline EOD P&L of 2026-11-24 to 2026-11-25 09:00 UTC: Vendor',
      'Priya Nair left the deadline EOD P&L of 2026-11-24 as it was.',
      'Priya Nair held the alarms of the deadline EOD P&L until 2026-11-23 12:00 UTC: We know',
      'Priya Nair let the deadline EOD P&L alarm again.',
      'Priya Nair deleted the deadline EOD P&L.',
    ])
  })

  it.each([
    ['no such job', { jobId: crypto.randomUUID() }, 'there is no such job'],
    ['no day', { weekdays: [] }, 'at least one day'],
    ['no time', { due: { ...due, time: '25:00' } }, 'time of day'],
    ['no zone', { due: { ...due, zone: 'Mars/Phobos' } }, 'time zone'],
    ['no calendar', { calendarId: crypto.randomUUID() }, 'there is no such calendar'],
  ])('with %s is refused with what to mend', async (_, more, words) => {
    const { id } = await job('ODD', { schedule: nightly })
    const answer = await api('POST', '/deadlines', { name: 'Odd', jobId: id, due, ...more })
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining(words)])
  })

  it('is for those of its team alone', async () => {
    const { id: jobId } = await job('OWN', { schedule: nightly })
    const { id } = await deadline(jobId)
    expect((await api('PATCH', `/deadlines/${id}`, { name: 'Mine' }, house.stranger)).status).toBe(403)
    expect((await api('GET', `/deadlines/${id}`, undefined, house.stranger)).status).toBe(200)
    expect((await api('PUT', '/chains/cuts', { zone, cut: '18:00' })).status).toBe(403)
  })

  it('goes by the business dates of its zone, unless it has its own', async () => {
    const { id: jobId } = await job('LATE', { schedule: nightly })
    const at = { kind: 'by', time: '19:00', days: 0, zone }
    const [plain, own] = [await deadline(jobId, { due: at }), await deadline(jobId, { due: at, cut: '16:00' })]
    const first = async (id: string) => (await api('GET', `/deadlines/${id}`)).body.nextDue[0]
    expect(await first(plain.id)).toEqual({ date: '2026-11-23', dueAt: '2026-11-23T19:00:00Z' })
    const set = await api('PUT', '/chains/cuts', { zone: zone.toLowerCase(), cut: '20:00' }, house.admin)
    expect(set.body).toEqual({ usual: '17:00', items: [{ zone, cut: '20:00' }] })
    // Before the date begins at 20:00 it would be over: the evening after is meant.
    expect(await first(plain.id)).toEqual({ date: '2026-11-23', dueAt: '2026-11-24T19:00:00Z' })
    expect(await first(own.id)).toEqual({ date: '2026-11-23', dueAt: '2026-11-23T19:00:00Z' })
    expect((await api('PUT', '/chains/cuts', { zone, cut: '17:00' }, house.admin)).body.items).toEqual([])
  })

  it('cannot be moved on a date on which it does not hold', async () => {
    const { id: jobId } = await job('DAYS', { schedule: nightly })
    const { id } = await deadline(jobId)
    const answer = await api('PUT', `/deadlines/${id}/extensions/2026-11-28`, {
      dueAt: '2026-11-29T09:00:00Z',
      reason: 'No',
    })
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining('does not hold on 2026-11-28')])
  })
})

describe('a file', () => {
  it('that comes in the morning for the evening is of that evening, and what waits for it has it', async () => {
    const day = { on: 'weekday', days: [1, 2, 3, 4, 5], ifClosed: 'anyway' }
    const schedule = { kind: 'arrival', file: '/in/eod.csv', times: ['18:00'], day, zone }
    const feed = await job('EOD_FEED', { schedule })
    const load = await job('EOD_LOAD', { waits: waitsFor(feed.id) })
    const { id } = await deadline(load.id, { name: 'EOD load', due: { kind: 'by', time: '20:00', zone } })
    const night = async () => {
      const { jobs } = (await api('GET', `/deadlines/${id}/night?date=2026-11-23`)).body
      return jobs.find((one: { name: string }) => one.name === 'EOD_FEED')
    }
    expect(await night()).toMatchObject({ phase: 'waits', startsAt: '2026-11-23T18:00:00Z' })
    await house.http.inject({ method: 'GET', url: `/ping/${feed.id}` })
    await house.settle()
    expect(await night()).toMatchObject({ phase: 'done' })
    await api('DELETE', `/deadlines/${id}`)
  })
})

it('a chain that was imported with its past runs knows at once what its jobs take', async () => {
  const days = Array.from({ length: 10 }, (_, n) => n + 11)
  const past = days.map((day) => ({
    job: 'PAST_PNL',
    start: `11/${day}/2026 22:00:00`,
    end: `11/${day}/2026 22:${10 + day}:00`,
    status: 'SU',
  }))
  const text =
    'insert_job: PAST_PNL\ndate_conditions: 1\ndays_of_week: all\nstart_times: "22:00"\nmust_complete_times: "23:30"\n'
  const files = [
    { name: 'a.jil', text },
    { name: 'past.txt', text: autorep(past) },
  ]
  const given = { kind: 'jil', files, zone, host: 'PRD', serviceId: house.orders }
  expect((await api('POST', '/jobs/imports', given)).body).toMatchObject({ pastRuns: 10 })
  await house.settle()
  const [row] = (await api('GET', '/deadlines?q=PAST_PNL')).body.items
  const { jobs } = (await api('GET', `/deadlines/${row.id}/night?date=2026-11-23`)).body
  expect(jobs[0]).toMatchObject({
    name: 'PAST_PNL',
    usual: { runs: 8, dayClass: 'weekday' },
    band: { p50: expect.any(String) },
  })
  await api('DELETE', `/deadlines/${row.id}`)
})

describe('runs of jobs', () => {
  it('stay with who has read them, whatever others read', async () => {
    const [one, two] = [await job('RAN'), await job('RAN_TOO')]
    for (const { id } of [one, two])
      expect((await house.http.inject({ method: 'GET', url: `/ping/${id}` })).body).toBe('OK')
    const read = createRunReader(0)
    const first = await read(house.platform.db, [one.id])
    const second = await read(house.platform.db, [two.id])
    expect([first.get(one.id)?.runs.length, second.get(two.id)?.runs.length]).toEqual([1, 1])
  })
})

describe('the graph around a job', () => {
  it('does not take the other members of its box for what it waits for, and goes on through its box', async () => {
    const feed = await job('FEED', { schedule: nightly })
    const box = await job('BOX', { waits: { ...waitsFor(feed.id), isBox: true } })
    const one = await job('ONE', { waits: { condition: null, box: box.id } })
    const two = await job('TWO', { waits: { ...waitsFor(one.id), box: box.id } })
    const last = await job('LAST', { waits: waitsFor(box.id) })
    const { body } = await api('GET', `/jobs/${one.id}/graph?up=3&down=3`)
    const found = body.jobs.map((j: { id: string; level: number }) => [j.id, j.level])
    expect(Object.fromEntries(found)).toEqual({
      [feed.id]: -2,
      [box.id]: -1,
      [one.id]: 0,
      [two.id]: 1,
      [last.id]: 2,
    })
  })

  it('goes up and down, through drawn edges, and names what is wrong', async () => {
    const trades = await job('TRADES', { schedule: nightly })
    const prices = await job('PRICES', { schedule: nightly })
    const calc = await job('CALC', { waits: waitsFor(trades.id, prices.id) })
    const report = await job('REPORT', { waits: waitsFor(calc.id, 'GONE') })
    const mail = await job('MAIL')
    const drawn = await api('POST', '/chains/edges', { fromJobId: report.id, toJobId: mail.id, reason: 'It reads it' })
    expect([drawn.status, drawn.body.is]).toEqual([201, 'succeeded'])
    const again = await api('POST', '/chains/edges', { fromJobId: report.id, toJobId: mail.id, reason: 'Twice' })
    expect(again.status).toBe(409)
    const { body } = await api('GET', `/jobs/${calc.id}/graph?up=1&down=5`)
    expect(body.jobs.map((j: { name: string; level: number }) => [j.name, j.level])).toEqual([
      ['PRICES', -1],
      ['TRADES', -1],
      ['CALC', 0],
      ['REPORT', 1],
      ['MAIL', 2],
    ])
    expect(body.edges).toHaveLength(4)
    expect(body.edges.at(-1)).toMatchObject({ from: report.id, to: mail.id, drawn: drawn.body.id })
    expect(body.findings).toMatchObject([{ kind: 'dangling', jobs: [{ name: 'REPORT' }] }])
    expect(body.jobs[2].condition).toBe(
      'TRADES has succeeded on this business date and PRICES has succeeded on this business date',
    )
    const near = (await api('GET', `/jobs/${mail.id}/graph?up=1&down=1`)).body
    expect(near.jobs.map((j: { name: string; hasMore: object }) => [j.name, j.hasMore])).toEqual([
      ['REPORT', { up: true, down: false }],
      ['MAIL', { up: false, down: false }],
    ])
    // What is beyond the levels is not unknown for that.
    const narrow = (await api('GET', `/jobs/${calc.id}/graph?up=0&down=1`)).body
    expect(narrow.findings.map((f: { jobs: { name: string }[] }) => f.jobs[0]?.name)).toEqual(['REPORT'])
    await api('DELETE', `/chains/edges/${drawn.body.id}`)
    expect((await api('GET', `/jobs/${mail.id}/graph`)).body.jobs).toHaveLength(1)
  })

  it('is the newest one, however many changes have the same time, and by what names things have now', async () => {
    const [one, two, last] = [await job('ONE'), await job('TWO'), await job('LAST')]
    const draw = async (fromJobId: string) =>
      (await api('POST', '/chains/edges', { fromJobId, toJobId: last.id, reason: 'It reads it' })).body.id
    const comesFirst = async () => {
      const { jobs } = (await api('GET', `/jobs/${last.id}/graph`)).body
      return jobs.slice(0, -1).map((j: { name: string; service: { name: string } }) => [j.name, j.service.name])
    }
    const edge = await draw(one.id)
    expect(await comesFirst()).toEqual([['ONE', 'Equities order entry']])
    // The clock stands still, and there are as many edges as before.
    await api('DELETE', `/chains/edges/${edge}`)
    await draw(two.id)
    expect(await comesFirst()).toEqual([['TWO', 'Equities order entry']])
    await api('PATCH', `/jobs/${two.id}`, { name: 'SECOND' })
    await house.platform.db.updateTable('services').set({ name: 'Orders' }).where('id', '=', house.orders).execute()
    expect(await comesFirst()).toEqual([['SECOND', 'Orders']])
  })

  it('what waits for a file waits for the job that begins with it', async () => {
    const file = '/in/fx/trades.csv'
    const day = { on: 'weekday', days: [1, 2, 3, 4, 5], ifClosed: 'anyway' }
    const load = await job('FX_LOAD', { waits: { condition: { kind: 'file', path: file } } })
    expect((await api('GET', `/jobs/${load.id}/graph`)).body.edges).toEqual([])
    const feed = await job('FX_FEED', { schedule: { kind: 'arrival', file, times: ['06:00'], day, zone } })
    const { body } = await api('GET', `/jobs/${load.id}/graph`)
    expect(body.jobs.map((one: { name: string }) => one.name)).toEqual(['FX_FEED', 'FX_LOAD'])
    expect(body.findings).toEqual([])
    expect(body.edges).toMatchObject([{ from: feed.id, to: load.id }])
  })

  it('goes from machine to machine of one scheduler', async () => {
    const text = 'insert_job: X_PRICES\nmachine: prd1\ninsert_job: X_CALC\nmachine: prd2\ncondition: s(X_PRICES)\n'
    const files = [{ name: 'a.jil', text }]
    const said = await api('POST', '/jobs/imports', { files, zone, host: 'PRD', serviceId: house.orders })
    const calc = said.body.jobs.find((one: { externalId: string }) => one.externalId === 'PRD/X_CALC')
    const { body } = await api('GET', `/jobs/${calc.id}/graph`)
    expect(body.jobs.map((one: { name: string }) => one.name)).toEqual(['X_PRICES', 'X_CALC'])
    expect(body.findings).toEqual([])
  })
})
