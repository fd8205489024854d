import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Condition, jobWaits } from '../../../contract/jobs/waits.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { namesIn } from './waits.ts'

/** What jobs wait for, by the API, in YAML and out of an import. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())

const zone = 'Europe/London'
const api = (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) =>
  house.api(house.responder, method, url, body)
const job = async (name: string, more: object = {}) =>
  (
    await api('POST', '/jobs', {
      name,
      serviceId: house.orders,
      schedule: { kind: 'cron', expression: '0 22 * * 1-5', zone },
      ...more,
    })
  ).body
const wellOf = (name: string): Condition => ({ kind: 'job', job: name, is: 'succeeded', within: 'same-date' })

describe('what a job waits for', () => {
  it('is kept, shown, changed and taken away, each with its event', async () => {
    const prices = await job('EOD prices')
    const made = await job('EOD calc', {
      schedule: { kind: 'waits', zone },
      waits: { condition: wellOf(prices.id), window: { from: '22:00', to: '06:00' } },
    })
    expect(made).toMatchObject({
      state: 'new',
      dueAt: null,
      waits: {
        condition: wellOf(prices.id),
        window: { from: '22:00', to: '06:00' },
        hold: 'none',
        retries: 0,
        box: null,
      },
    })
    const both: Condition = {
      kind: 'all',
      of: [wellOf(prices.id), { kind: 'global', name: 'OPEN', compare: '=', value: 'N' }],
    }
    const changed = await api('PATCH', `/jobs/${made.id}`, { waits: { condition: both, hold: 'held' } })
    expect(changed.body.waits).toMatchObject({ condition: both, hold: 'held', window: null })
    const same = await api('PATCH', `/jobs/${made.id}`, { waits: { condition: both, hold: 'held' } })
    expect(same.body.version).toBe(changed.body.version)
    expect((await api('PATCH', `/jobs/${made.id}`, { waits: null })).body.waits).toBeNull()
    const told = await house.sentences(`job:${made.id}`)
    expect(told.filter((s) => s.endsWith('changed the job EOD calc: what it waits for.'))).toHaveLength(2)
  })

  const deep = (levels: number): Condition => {
    let made = wellOf('X')
    for (let i = 0; i < levels; i++) made = { kind: 'all', of: [made] }
    return made
  }
  it.each([
    ['nothing in all', { condition: { kind: 'all', of: [] } }, 'must name at least one'],
    ['an unknown outcome', { condition: { ...wellOf('X'), is: 'well' } }, 'must be succeeded, failed'],
    ['an unknown reach', { condition: { ...wellOf('X'), within: 'lately' } }, 'must be ever, own-last-run'],
    ['an unknown kind', { condition: { kind: 'none' } }, 'must be a condition of the kind'],
    ['a well of conditions', { condition: deep(5_000) }, 'at most 50 deep'],
    ['no time', { window: { from: '9', to: '25:00' } }, 'time of day'],
    ['an unknown hold', { hold: 'frozen' }, 'must be none, held, iced or bypassed'],
  ])('%s is refused with what to mend', async (_, waits, words) => {
    const answer = await api('POST', '/jobs', { name: 'Odd', schedule: { kind: 'waits', zone }, waits })
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining(words)])
  })

  it('can be said in YAML, by short names', async () => {
    const text = `kind: job\nslug: eod-mail\nschedule: {kind: waits, zone: ${zone}}\nwaits:\n  condition: {kind: job, job: eod-prices, is: succeeded, within: same-date}\n`
    const apply = () => house.api(house.admin, 'POST', '/declarations', { files: [{ name: 'jobs.yaml', text }] })
    expect((await apply()).status).toBe(200)
    const row = await house.platform.db
      .selectFrom('job_waits as w')
      .innerJoin('jobs as j', 'j.id', 'w.job_id')
      .select(['w.names', 'w.hold'])
      .where('j.slug', '=', 'eod-mail')
      .execute()
    expect(row).toEqual([{ names: ['eod-prices'], hold: 'none' }])
    expect(JSON.stringify((await apply()).body)).not.toContain('"changed":1')
  })
})

describe('an import', () => {
  const list = (by: string, prices = 'PRICES') =>
    `name,schedule,after,complete by\n${prices},0 22 * * 1-5,,\nPNL,,${prices},${by}\n`
  const body = (text: string) => ({ files: [{ name: 'night.csv', text }], zone, host: 'prd1', serviceId: house.orders })
  const preview = async (text: string) => (await api('POST', '/jobs/imports/preview', body(text))).body
  const apply = async (text: string) => (await api('POST', '/jobs/imports', body(text))).body
  const stored = () =>
    house.platform.db
      .selectFrom('jobs as j')
      .innerJoin('job_origins as o', 'o.job_id', 'j.id')
      .innerJoin('job_waits as w', 'w.job_id', 'j.id')
      .select(['j.id', 'j.schedule', 'o.deadlines', 'w.names', 'w.hold'])
      .where('o.external_id', '=', 'prd1:PNL')
      .executeTakeFirstOrThrow()

  it('brings what they wait for and by when they must be done', async () => {
    expect((await preview(list('07:45 +1'))).counts).toMatchObject({ created: 2 })
    await apply(list('07:45 +1'))
    expect(await stored()).toMatchObject({
      schedule: { kind: 'waits', zone },
      names: ['prd1:PRICES'],
      deadlines: [{ kind: 'by', name: 'PNL', time: '07:45', days: 1 }],
    })
    expect((await preview(list('07:45 +1'))).counts).toMatchObject({ unchanged: 2, changed: 0 })
  })

  it('changes of them what the list changes, and says so first', async () => {
    const { items } = await preview(list('06:30 +1'))
    expect(items.map((i: { fields: { field: string }[] }) => i.fields.map((f) => f.field))).toEqual([[], ['deadlines']])
    // Somebody holds it here: the next import leaves that as it is.
    const { id } = await stored()
    await api('PATCH', `/jobs/${id}`, { waits: { condition: wellOf('prd1:PRICES'), hold: 'held' } })
    await apply(list('06:30 +1'))
    expect(await stored()).toMatchObject({ deadlines: [{ time: '06:30' }], hold: 'held' })
    expect((await preview(list('06:30 +1'))).counts).toMatchObject({ unchanged: 2, changed: 0 })
    // It waits for another one there: it is still held here.
    await apply(list('06:30 +1', 'RATES'))
    expect(await stored()).toMatchObject({ names: ['prd1:RATES'], hold: 'held' })
  })
})

it('names every job of a condition once, however deep it is', () => {
  let deep: Condition = { kind: 'exit', job: 'B', compare: '>', code: 4, within: 'ever' }
  for (let i = 0; i < 20_000; i++) deep = { kind: 'any', of: [deep, wellOf('A')] }
  expect(namesIn(deep)).toEqual(['A', 'B'])
  expect(namesIn(null)).toEqual([])
  expect(jobWaits.parse({})).toMatchObject({ isBox: false, hold: 'none', resources: [], typicalSeconds: null })
})
