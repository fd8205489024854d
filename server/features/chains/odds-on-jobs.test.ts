import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { about, pastRuns } from '../../../test/harness/nights.ts'

/** What hangs on jobs: the odds that lists of jobs show, and whom it hurts. Monday, 21:00 in London. */

let house: MonitorHouse
let jobs: Record<'first' | 'second' | 'last' | 'alone', string>
beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-23T21:00:00Z' })
  const job = async (name: string, minutes: number, at: string | null, waitsFor: string[] = []) => {
    const of = waitsFor.map((one) => ({ kind: 'job', job: one, is: 'succeeded', within: 'same-date' }))
    const made = await api('POST', '/jobs', {
      name,
      serviceId: house.orders,
      schedule: at === null ? { kind: 'waits', zone } : { kind: 'cron', expression: at, zone },
      waits: {
        ...(of.length > 0 && { condition: { kind: 'all', of } }),
        ...(at !== null && { resources: [{ name: 'FEED-SLOTS', units: 1 }] }),
      },
    })
    await pastRuns(house, made.id, { at: '22:00', minutes: about(minutes, 1) })
    return made.id as string
  }
  const [first, second] = [await job('FIRST', 40, '0 22 * * *'), await job('SECOND', 40, '0 22 * * *')]
  jobs = {
    first,
    second,
    last: await job('LAST', 10, null, [first, second]),
    alone: await job('ALONE', 5, '0 3 * * *'),
  }
  await set('Tight', jobs.last, '22:45')
  await set('Easy', jobs.last, '23:59')
  await house.settle()
})
afterAll(() => house.close())

const zone = 'Europe/London'
const api = async (method: 'GET' | 'POST' | 'PUT', url: string, body?: object, who = house.responder) => {
  const answer = await house.api(who, method, url, body)
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const set = (name: string, jobId: string, time: string) =>
  api('POST', '/deadlines', {
    name,
    jobId,
    due: { kind: 'by', time, days: 0, zone },
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    consequence: `${name} slips`,
  })

describe('what hangs on jobs', () => {
  it('is told of each by the deadline that needs somebody first; of one on which none hangs nothing', async () => {
    const { items } = await api('GET', `/chains/odds?jobs=${Object.values(jobs).join()}`)
    expect(items.map((one: { job: string }) => one.job).sort()).toEqual([jobs.first, jobs.second, jobs.last].sort())
    for (const one of items)
      expect(one).toMatchObject({
        deadline: { name: 'Tight' },
        state: 'predicted_late',
        dueAt: '2026-11-23T22:45:00Z',
        more: 1,
      })
    expect(items[0].odds).toBeGreaterThan(0.9)
    const many = await house.api(house.responder, 'GET', `/chains/odds?jobs=${crypto.randomUUID()},x`)
    expect(many.status).toBe(422)
  })

  it('is a filter of the board: the deadlines that wait for a job, with whom they hurt', async () => {
    const on = async (job: string) =>
      (await api('GET', `/deadlines?hangsOn=${job}`)).items.map((d: { consequence: string }) => d.consequence)
    expect(await on(jobs.first)).toEqual(['Tight slips', 'Easy slips'])
    expect(await on(jobs.alone)).toEqual([])
  })
})

describe('what is scarce', () => {
  it('lets jobs wait for each other as soon as somebody says how much there is, and a what-if shows one more', async () => {
    const [{ id }] = (await api('GET', '/deadlines?q=Easy')).items
    const end = async () => (await api('GET', `/deadlines/${id}/night`)).forecast.endsAt.slice(11, 16)
    expect((await api('GET', '/chains/resources')).items).toEqual([
      { name: 'FEED-SLOTS', units: null, jobs: 3, needed: 3 },
    ])
    expect(await end()).toMatch(/^22:[45]/)
    const one = { name: 'FEED-SLOTS', units: 1 }
    expect((await house.api(house.responder, 'PUT', '/chains/resources', one)).status).toBe(403)
    expect((await api('PUT', '/chains/resources', one, house.admin)).items[0].units).toBe(1)
    expect(await end()).toMatch(/^23:[23]/)
    const acts = [{ do: 'units', resource: 'FEED-SLOTS', units: 2 }]
    const { before, after } = await api('POST', `/deadlines/${id}/what-if`, { acts })
    expect([before.endsAt.slice(11, 14), after.endsAt.slice(11, 14)]).toEqual(['23:', '22:'])
    await api('PUT', '/chains/resources', { ...one, units: null }, house.admin)
    expect(await end()).toMatch(/^22:[45]/)
  })
})

describe('a variable of a scheduler', () => {
  it('is taken to be as wanted until somebody says what it is; then the night goes by it, at once', async () => {
    const gated = await api('POST', '/jobs', {
      name: 'GATED',
      serviceId: house.orders,
      schedule: { kind: 'waits', zone },
      waits: {
        condition: {
          kind: 'all',
          of: [
            { kind: 'job', job: jobs.first, is: 'succeeded', within: 'same-date' },
            { kind: 'global', name: 'MARKET_OPEN', compare: '=', value: 'Y' },
          ],
        },
      },
    })
    await pastRuns(house, gated.id, { at: '22:45', minutes: about(5, 1) })
    const { id } = await set('Gated', gated.id, '23:30')
    await house.settle()
    const night = async () => {
      const { jobs: shown, findings } = await api('GET', `/deadlines/${id}/night`)
      const assumed = findings.filter(({ kind }: { kind: string }) => kind === 'assumed')
      const { blocked } = shown.find((job: { id: string }) => job.id === gated.id)
      return [...assumed.map(({ message }: { message: string }) => message), blocked?.why]
    }
    const shown = async () => (await api('GET', '/deadlines?q=Gated')).items[0].night?.state
    expect((await api('GET', '/chains/globals')).items).toEqual([
      { name: 'MARKET_OPEN', value: null, jobs: 1, setAt: null },
    ])
    expect(await night()).toEqual([
      'GATED waits for the variable MARKET_OPEN, of which nothing is known here; it is taken to be as wanted.',
      undefined,
    ])
    const say = (value: string | null) => api('PUT', '/chains/globals', { name: 'MARKET_OPEN', value }, house.admin)
    await say('N')
    await house.settle()
    expect([await night(), await shown()]).toEqual([['GATED waits for a variable that has another value'], 'blocked'])
    await say('Y')
    await house.settle()
    expect([await night(), await shown()]).toEqual([[undefined], 'on_time'])
  })

  it('knows ten thousand variables and resources, whatever their letters, and refuses more in a sentence', async () => {
    const put = (what: string, body: object) => house.api(house.admin, 'PUT', `/chains/${what}`, body)
    const { status, body } = await put('globals', { name: 'حالة 🎌', value: 'half \ud800' })
    expect([status, body.items.at(-1)]).toMatchObject([200, { name: 'حالة 🎌', value: 'half \ufffd' }])
    const { db } = house.platform
    await sql`insert into job_globals select 'V' || n, 'x', now() from generate_series(1, 9999) n`.execute(db)
    await sql`insert into job_resources select 'R' || n, 1, now() from generate_series(1, 10000) n`.execute(db)
    expect(await put('globals', { name: 'V10000', value: 'x' })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('there are 10,000 variables already') },
    })
    expect((await put('globals', { name: 'V1', value: null })).body.items).toHaveLength(10_000)
    expect(await put('resources', { name: 'R0', units: 1 })).toMatchObject({ status: 422 })
    await sql`truncate job_globals, job_resources`.execute(db)
  })
})
