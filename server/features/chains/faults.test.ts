import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { about, pastRuns } from '../../../test/harness/nights.ts'

/** Chains that are broken, and nights that nobody saw. Each test is a night of its own, one after the other, in London. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-23T21:00:00Z' })
})
afterAll(() => house.close())

const zone = 'Europe/London'
const api = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object) => {
  const answer = await house.api(house.responder, method, url, body)
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
let counter = 0
/** It comes at 22:00 each day, or when others have succeeded, and usually takes 30 minutes. */
const job = async (waitsFor: string[] = [], more: object = {}) => {
  const of = waitsFor.map((one) => ({ kind: 'job', job: one, is: 'succeeded', within: 'same-date' }))
  const made = await api('POST', '/jobs', {
    name: `JOB_${++counter}`,
    serviceId: house.orders,
    schedule: of.length > 0 ? { kind: 'waits', zone } : { kind: 'cron', expression: '0 22 * * *', zone },
    waits: of.length > 0 ? { condition: { kind: 'all', of } } : null,
    graceSeconds: 86_400,
    maxRunSeconds: 86_400,
    ...more,
  })
  await pastRuns(house, made.id, { at: '22:00', minutes: about(30, 2) })
  return { id: made.id as string, name: made.name as string }
}
const deadline = async (jobId: string, more: object = {}) =>
  (
    await api('POST', '/deadlines', {
      name: `Deadline ${counter}`,
      jobId,
      due: { kind: 'by', time: '23:30', days: 0, zone },
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      ...more,
    })
  ).id as string
const ping = async (id: string, suffix = '') => {
  const answer = await house.http.inject({ method: 'GET', url: `/ping/${id}${suffix}` })
  expect(answer.body).toBe('OK')
}
let day = '2026-11-23'
const at = (time: string) => Temporal.Instant.from(`${day}T${time}:00Z`)
const until = (time: string) => house.advance(house.clock.now().until(at(time)))
/** Nobody runs until then. */
const away = (time: string) => house.clock.step(at(time))
beforeEach(async () => {
  if (house.clock.now().toString() === '2026-11-23T21:00:00Z') return
  day = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
  await house.jump({ seconds: Math.max(1, Math.round(house.clock.now().until(at('21:00')).total('seconds'))) })
})
const night = async (id: string) => (await api('GET', `/deadlines/${id}`)).night
const told = (id: string) => house.sentences(`deadline:${id}`)

describe('a broken chain', () => {
  it('whose jobs wait for each other is blocked, and says which', async () => {
    const first = await job()
    const a = await job([first.id])
    const b = await job([a.id])
    await api('PATCH', `/jobs/${a.id}`, {
      waits: {
        condition: {
          kind: 'all',
          of: [first.id, b.id].map((one) => ({ kind: 'job', job: one, is: 'succeeded', within: 'same-date' })),
        },
      },
    })
    const id = await deadline(b.id)
    await until('21:01')
    expect(await night(id)).toMatchObject({ state: 'blocked', odds: 1 })
    const shown = await api('GET', `/deadlines/${id}/night`)
    expect(shown.findings.filter((f: { kind: string }) => f.kind === 'circle')).toMatchObject([
      { message: `${a.name}, ${b.name} wait for each other, so that none of them can be the first.` },
    ])
    expect((await told(id)).at(-1)).toMatch(
      /will not make 23:30 unless somebody acts: JOB_\d waits for itself by way of others/,
    )
    await api('DELETE', `/deadlines/${id}`)
  })

  it('that waits for what nobody knows is blocked, until somebody mends it', async () => {
    const a = await job(['NOBODY_KNOWS'])
    const id = await deadline(a.id)
    await until('21:01')
    expect(await night(id)).toMatchObject({ state: 'blocked', culprit: { name: a.name } })
    const first = await job()
    await api('PATCH', `/jobs/${a.id}`, {
      waits: { condition: { kind: 'job', job: first.id, is: 'succeeded', within: 'same-date' } },
    })
    await until('21:20')
    expect(await night(id)).toMatchObject({ state: 'on_time' })
    expect((await told(id)).at(-1)).toMatch(/is expected to make 23:30/)
    await api('DELETE', `/deadlines/${id}`)
  })

  it('whose first job fails is blocked by it, and whose last job is deleted is told no more', async () => {
    const first = await job()
    const last = await job([first.id])
    const id = await deadline(last.id)
    await until('22:00')
    await ping(first.id, '/start')
    await until('22:10')
    await ping(first.id, '/7')
    await until('22:12')
    expect(await night(id)).toMatchObject({ state: 'blocked', culprit: { name: first.name } })
    expect((await told(id)).at(-1)).toContain(`${first.name} has failed, and its scheduler does not start it again`)
    await api('DELETE', `/jobs/${last.id}`)
    await until('22:14')
    expect((await api('GET', `/deadlines/${id}`)).job).toBeNull()
    expect(await night(id)).toMatchObject({ state: 'blocked' })
    const open = await house.platform.db
      .selectFrom('alerts')
      .select('status')
      .where('dedup_key', 'like', `deadline:${id}%`)
      .execute()
    expect(open.map((a) => a.status)).toEqual(['resolved'])
    await api('DELETE', `/deadlines/${id}`)
  })

  it('is predicted and not told while its alarms are held', async () => {
    const a = await job(['NOBODY_KNOWS'])
    const id = await deadline(a.id)
    await api('PUT', `/deadlines/${id}/hold`, { until: at('22:30').toString(), reason: 'We know' })
    await until('22:00')
    expect(await night(id)).toMatchObject({ state: 'blocked' })
    const count = () =>
      house.platform.db.selectFrom('alerts').select('id').where('dedup_key', 'like', `deadline:${id}%`).execute()
    expect(await count()).toEqual([])
    await until('22:50')
    expect(await count()).toHaveLength(1)
    await api('DELETE', `/deadlines/${id}`)
  })
})

describe('a deadline that passes while Watchfloor is away', () => {
  it('is not missed where a ping that was kept proves otherwise', async () => {
    const a = await job()
    const id = await deadline(a.id)
    await until('22:00')
    await ping(a.id, '/start')
    await until('22:05')
    away('23:58')
    await until('23:59')
    expect(await night(id)).toMatchObject({ state: 'unknown' })
    await ping(a.id, `/0?at=${at('22:40').toString()}&id=${crypto.randomUUID()}`)
    await house.advance({ minutes: 3 })
    expect(await night(id)).toMatchObject({ state: 'done', doneAt: at('22:40').toString() })
    expect((await told(id)).join('\n')).not.toContain('has missed')
    await api('DELETE', `/deadlines/${id}`)
  })

  it('is told once where the chain went on after it', async () => {
    const a = await job()
    const last = await job([a.id])
    const id = await deadline(last.id)
    await until('22:00')
    await ping(a.id, '/start')
    await until('22:05')
    away('23:50')
    await until('23:51')
    await ping(a.id, `/0?at=${at('23:45').toString()}&id=${crypto.randomUUID()}`)
    await ping(last.id, '/start')
    await house.advance({ minutes: 15 })
    expect(await night(id)).toMatchObject({ state: 'late' })
    await house.advance({ minutes: 20 })
    const missed = (await told(id)).filter((s) => s.includes('has missed'))
    expect(missed).toHaveLength(1)
    await ping(last.id, '/0')
    await house.advance({ minutes: 2 })
    expect(await night(id)).toMatchObject({ state: 'done_late' })
    await api('DELETE', `/deadlines/${id}`)
  })

  it('is unknown where nothing was heard', async () => {
    const a = await job()
    const id = await deadline(a.id)
    await until('22:00')
    await until('22:05')
    away('23:58')
    await house.advance({ minutes: 30 })
    expect(await night(id)).toMatchObject({ state: 'unknown' })
    expect((await told(id)).at(-1)).toMatch(
      /was due at 23:30.*when Watchfloor was not running; whether it was in time is not known/,
    )
    await api('DELETE', `/deadlines/${id}`)
  })
})

describe('an import', () => {
  it('brings deadlines, once, and follows what its scheduler changes as long as nobody has changed it here', async () => {
    const list = (by: string) => ({
      files: [{ name: 'night.csv', text: `name,schedule,after,complete by\nFIRST,0 22 * * *,,\nLAST,,FIRST,${by}\n` }],
      zone,
      host: 'prd1',
      serviceId: house.orders,
    })
    const mine = async () => (await api('GET', '/deadlines?q=LAST')).items
    await api('POST', '/jobs/imports', list('07:45 +1'))
    await house.settle()
    const [made, ...others] = await mine()
    expect(others).toEqual([])
    expect(made).toMatchObject({
      name: 'LAST',
      imported: true,
      due: { kind: 'by', time: '07:45', days: 1, zone },
      job: { name: 'LAST' },
    })
    await api('POST', '/jobs/imports', list('07:30 +1'))
    await house.settle()
    expect(await mine()).toMatchObject([{ id: made.id, due: { time: '07:30' } }])
    await api('PATCH', `/deadlines/${made.id}`, { due: { kind: 'by', time: '08:15', days: 1, zone } })
    await api('POST', '/jobs/imports', list('07:00 +1'))
    await house.settle()
    expect(await mine()).toMatchObject([{ id: made.id, due: { time: '08:15' } }])
  })
})
