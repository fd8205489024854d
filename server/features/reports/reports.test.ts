import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { person } from '../../../test/harness/identity.ts'
import { plan } from '../../app.ts'

/** What a manager of the business reads: of his own units, and not a word of the desk. Monday 23 November, 07:00 in London. */

const SECRET = 'mdgw-02 was patched without a change'
type Someone = Awaited<ReturnType<typeof person>>
let house: TestHouse
let marta: Someone
let james: Someone
let laurent: Someone
const ids: Record<string, string> = {}
const numbers: Record<string, string> = {}

const made = async (path: string, body: object): Promise<Record<string, string>> => {
  const answer = await marta.browser.request('POST', `/api${path}`, body)
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer.json()
}
const incident = async (name: string, serviceId: string | undefined) => {
  const answer = await marta.browser.request('POST', '/api/tickets', {
    title: SECRET,
    description: SECRET,
    serviceId,
    impact: 'high',
    urgency: 'high',
    page: false,
  })
  numbers[name] = (answer.json() as { ticket: { number: string } }).ticket.number
}

const service = async (name: string, kind: string) =>
  (await made('/services', { name: `${name} ${kind}`, slug: `${name.toLowerCase()}-${kind}`, kind, tier: 1 }))
    .id as string

beforeAll(async () => {
  house = await testHouse(plan)
  marta = await person(house, { role: 'admin', email: 'marta@example.com' })
  james = await person(house, { role: 'stakeholder', email: 'james@example.com' })
  laurent = await person(house, { role: 'requester', email: 'laurent@example.com' })
  for (const name of ['Equities', 'Rates']) {
    ids[name] = (await made('/business-units', { name, slug: name.toLowerCase() })).id as string
    for (const kind of ['business', 'technical']) ids[`${name} ${kind}`] = await service(name, kind)
    const business = ids[`${name} business`]
    await marta.browser.request('PUT', `/api/services/${business}/business-units`, { businessUnitIds: [ids[name]] })
    await made(`/services/${business}/dependencies`, { serviceId: ids[`${name} technical`] })
    const job = await made('/jobs', {
      name: `${name} EOD`,
      schedule: { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' },
    })
    const deadline = await made('/deadlines', {
      name: `${name} P&L`,
      jobId: job.id,
      serviceId: ids[`${name} technical`],
      due: { kind: 'by', time: '07:45', days: 1, zone: 'Europe/London' },
    })
    await house.platform.db
      .insertInto('chain_nights')
      .values({
        deadline_id: deadline.id as string,
        business_date: new Date('2026-11-19T00:00:00Z'),
        due_at: Temporal.Instant.from('2026-11-20T07:45:00Z'),
        done_at: Temporal.Instant.from('2026-11-20T08:00:00Z'),
        state: 'done_late',
        settled: true,
        since: Temporal.Instant.from('2026-11-20T08:00:00Z'),
        predicted_at: Temporal.Instant.from('2026-11-20T08:00:00Z'),
      } as never)
      .execute()
    await incident(name, ids[`${name} technical`])
  }
  await marta.browser.request('PUT', `/api/users/${james.id}/business-units`, { businessUnitIds: [ids.Equities] })
  await house.advance({ minutes: 30 })
})
afterAll(() => house.close())

const get = async (who: Someone, path: string) => {
  const answer = await who.browser.request('GET', `/api${path}`)
  return { status: answer.statusCode, body: answer.body, json: () => JSON.parse(answer.body) }
}
const month = '/reports/month?month=2026-11&zone=Europe/London'

describe('a month', () => {
  it('is of everything for the desk, or of one business unit', async () => {
    const all = (await get(marta, month)).json()
    expect(all).toMatchObject({ from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z', units: [] })
    expect(all.services).toMatchObject([
      { name: 'Equities technical', times: 1, minutes: 30, open: 1 },
      { name: 'Rates technical', times: 1, minutes: 30, open: 1 },
    ])
    const rates = (await get(marta, `${month}&unitId=${ids.Rates}`)).json()
    expect(rates).toMatchObject({
      units: [{ name: 'Rates' }],
      disturbances: [{ number: numbers.Rates, priority: 1, minutes: 30 }],
      deadlines: [{ name: 'Rates P&L', nights: 1, missed: 1 }],
      missed: [{ deadline: { name: 'Rates P&L' }, date: '2026-11-19', doneAt: '2026-11-20T08:00:00Z' }],
    })
    // Since when anything is watched is there too: of the time before, nothing is known.
    const before = (await get(marta, '/reports/month?month=2026-10')).json()
    expect(before).toMatchObject({ services: [], missed: [] })
    expect(Date.parse(before.watchedSince)).toBeGreaterThan(Date.parse('2026-11-22T00:00:00Z'))
  })

  it('is of the own business units for a stakeholder: no word of the desk, and nothing of another unit', async () => {
    const { body, json } = await get(james, month)
    expect(json()).toMatchObject({
      units: [{ name: 'Equities' }],
      services: [{ name: 'Equities technical' }],
      disturbances: [{ number: numbers.Equities }],
      deadlines: [{ name: 'Equities P&L' }],
    })
    expect(body).not.toContain('Rates')
    expect(body).not.toContain(SECRET)
    expect((await get(james, `${month}&unitId=${ids.Rates}`)).status).toBe(404)
    expect((await get(james, `/tickets/${numbers.Equities}`)).status).toBe(404)
  })

  it('is nobody’s who only asks, and empty for a stakeholder without a unit', async () => {
    expect((await get(laurent, month)).status).toBe(403)
    const sara = await person(house, { role: 'stakeholder', email: 'sara@example.com' })
    expect((await get(sara, month)).json()).toMatchObject({ units: [], services: [], disturbances: [], deadlines: [] })
    expect((await get(sara, '/deadlines')).json()).toEqual({ items: [], next: null })
  })
})

describe('deadlines of a stakeholder', () => {
  it('are those that hurt the own units, in the list, the count and the files; what the desk does is left out', async () => {
    const [held] = (await get(marta, '/deadlines?q=Equities')).json().items
    await marta.browser.request('PUT', `/api/deadlines/${held.id}/hold`, {
      until: house.clock.now().add({ hours: 2 }).toString(),
      reason: SECRET,
    })
    const list = await get(james, '/deadlines')
    expect(list.json().items).toMatchObject([{ name: 'Equities P&L', held: null }])
    expect((await get(marta, '/deadlines')).json().items).toHaveLength(2)
    expect((await get(james, '/deadlines/counts')).json().all).toBe(1)
    const files = [list.body, (await get(james, '/deadlines.csv')).body, (await get(james, '/deadlines.ics')).body]
    for (const text of files) {
      expect(text).toContain('Equities P&L')
      expect(text).not.toContain('Rates')
      expect(text).not.toContain(SECRET)
    }
    expect((await get(laurent, '/deadlines.csv')).status).toBe(403)
  })

  it('are no way into a chain, its jobs or what is set for all', async () => {
    const { items } = (await get(marta, '/deadlines')).json()
    const own = items.find((d: { name: string }) => d.name === 'Equities P&L')
    for (const path of [`/deadlines/${own.id}`, `/deadlines/${own.id}/night`, `/jobs/${own.jobId}/graph`])
      expect((await get(james, path)).status, path).toBe(404)
    await marta.browser.request('PUT', '/api/chains/globals', { name: 'REGION', value: 'EMEA' })
    for (const path of ['/chains/globals', '/chains/resources'])
      expect((await get(james, path)).json(), path).toEqual({ items: [] })
    expect((await get(james, '/chains/pre-flight')).json().deadlines).toEqual([])
    expect((await get(james, `/jobs/${own.jobId}`)).status).toBe(403)
  })
})

describe('known trouble', () => {
  it('says which of the own business units it hurts', async () => {
    const found = (await get(james, '/disturbances')).json().items as { number: string; units: { name: string }[] }[]
    const units = Object.fromEntries(found.map((d) => [d.number, d.units.map((u) => u.name)]))
    expect(units).toEqual({ [numbers.Equities as string]: ['Equities'], [numbers.Rates as string]: [] })
  })
})
