import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { about, pastRuns } from '../../../test/harness/nights.ts'
import { requireScope, system } from '../../platform/access.ts'
import { transact } from '../../platform/transact.ts'
import { predictDeadline } from './predict-deadline.ts'
import { startWatch } from './watch.ts'

/** What people change while a night goes on, and nights that would never end. From Monday, 21:00 in London. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-23T21:00:00Z' })
})
afterAll(() => house.close())

const zone = 'Europe/London'
const all = [1, 2, 3, 4, 5, 6, 7]
const api = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object) => {
  const answer = await house.api(house.responder, method, url, body)
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
let counter = 0
const job = async (more: object = {}): Promise<string> => {
  const made = await api('POST', '/jobs', {
    name: `JOB_${++counter}`,
    serviceId: house.orders,
    schedule: { kind: 'cron', expression: '0 22 * * *', zone },
    graceSeconds: 86_400,
    maxRunSeconds: 86_400,
    ...more,
  })
  await pastRuns(house, made.id, { at: '22:00', minutes: about(30, 2) })
  return made.id
}
const deadline = async (jobId: string, more: object = {}): Promise<string> =>
  (
    await api('POST', '/deadlines', {
      name: `Deadline ${counter}`,
      jobId,
      due: { kind: 'by', time: '23:30', days: 0, zone },
      weekdays: all,
      ...more,
    })
  ).id
const ping = async (id: string, suffix = '') =>
  expect((await house.http.inject({ method: 'GET', url: `/ping/${id}${suffix}` })).body).toBe('OK')
const until = (time: string) => house.advance(house.clock.now().until(Temporal.Instant.from(time)))
const jumpTo = (time: string) =>
  house.jump({ seconds: house.clock.now().until(Temporal.Instant.from(time)).total('seconds') })
const nights = (id: string) =>
  house.platform.db
    .selectFrom('chain_nights')
    .select(['business_date', 'state', 'settled', 'told', 'due_at'])
    .where('deadline_id', '=', id)
    .orderBy('business_date')
    .execute()
const alerts = (id: string) =>
  house.platform.db.selectFrom('alerts').select('status').where('dedup_key', 'like', `deadline:${id}%`).execute()
const nobodyKnows = {
  waits: { condition: { kind: 'job', job: 'NOBODY_KNOWS', is: 'succeeded', within: 'same-date' } },
}

describe('what people do while a prediction is made', () => {
  it('is what counts: held alarms are not raised by what was read before', async () => {
    const id = await deadline(await job(nobodyKnows))
    const given = { actor: system, scope: requireScope(system, 'system'), cause: null }
    const work = await transact(house.platform, given, (ctx) => predictDeadline.begin(ctx, { id }))
    if (!work) throw new Error('There is such a deadline.')
    await api('PUT', `/deadlines/${id}/hold`, { until: '2026-11-23T22:30:00Z', reason: 'We know' })
    const found = await predictDeadline.perform(work, {
      platform: house.platform,
      signal: AbortSignal.timeout(60_000),
    })
    await transact(house.platform, given, (ctx) => predictDeadline.settle(ctx, work, found))
    expect(await alerts(id)).toEqual([])
    await jumpTo('2026-11-23T22:29:00Z')
    expect(await alerts(id)).toEqual([])
    // And when the hold ends, it is told then.
    await until('2026-11-23T22:30:30Z')
    expect(await alerts(id)).toEqual([{ status: 'firing' }])
    await api('DELETE', `/deadlines/${id}`)
  })
})

describe('a night', () => {
  it('that was given up because its job was on ice goes on when it is thawed', async () => {
    const jobId = await job({ schedule: { kind: 'cron', expression: '0 23 * * *', zone } })
    const id = await deadline(jobId)
    await jumpTo('2026-11-23T22:32:00Z')
    await api('PATCH', `/jobs/${jobId}`, { waits: { hold: 'iced' } })
    await until('2026-11-23T22:50:00Z')
    expect(await nights(id)).toMatchObject([{ settled: true }])
    await api('PATCH', `/jobs/${jobId}`, { waits: null })
    // Its looks are at the quarters of the hour, and one of them when it is due: late is told just after that.
    await until('2026-11-23T23:30:05Z')
    expect(await nights(id)).toMatchObject([{ settled: false, state: 'late', told: true }])
    await api('DELETE', `/deadlines/${id}`)
  })

  it('on which a deadline does not hold any more ends, and its alert with it', async () => {
    const id = await deadline(await job(nobodyKnows), { due: { kind: 'by', time: '23:59', days: 0, zone } })
    await until('2026-11-23T23:31:00Z')
    expect(await alerts(id)).toEqual([{ status: 'firing' }])
    await api('PATCH', `/deadlines/${id}`, { weekdays: [2, 3, 4, 5, 6, 7] })
    await house.settle()
    expect([await alerts(id), await nights(id)]).toMatchObject([[{ status: 'resolved' }], [{ settled: true }]])
    await api('DELETE', `/deadlines/${id}`)
  })

  it('that went on when Watchfloor was put away for weeks ends when it is back', async () => {
    const id = await deadline(await job(nobodyKnows), { due: { kind: 'by', time: '23:59', days: 0, zone } })
    await house.settle()
    expect(await alerts(id)).toEqual([{ status: 'firing' }])
    const old = { business_date: '2026-10-30', due_at: Temporal.Instant.from('2026-10-30T23:59:00Z') }
    await house.platform.db.updateTable('chain_nights').set(old).where('deadline_id', '=', id).execute()
    await house.advance({ minutes: 16 })
    expect((await nights(id)).filter((n) => n.business_date === old.business_date)).toMatchObject([{ settled: true }])
    await api('DELETE', `/deadlines/${id}`)
  })
})

describe('a deadline that counts from the start of its chain', () => {
  const due = { kind: 'in', seconds: 7_200, zone }

  it('does not move because its first job runs again and again', async () => {
    const poll = await job({ schedule: { kind: 'cron', expression: '*/5 * * * *', zone } })
    const last = await job({
      schedule: { kind: 'waits', zone },
      waits: { condition: { kind: 'job', job: poll, is: 'failed', within: 'same-date' } },
    })
    await ping(poll)
    await jumpTo('2026-11-24T17:00:00Z')
    const id = await deadline(last, { due })
    for (let n = 0; n < 9; n++) {
      await ping(poll, '/start')
      await house.jump({ minutes: 1 })
      await ping(poll)
      await house.jump({ minutes: 4 })
    }
    await house.settle()
    // Nor is what waits for its success of the date before blocked by them: that is none of the last any more.
    const previous = { kind: 'job', job: poll, is: 'succeeded', within: 'previous-date' }
    const next = await job({ waits: { condition: previous } })
    const other = await deadline(next)
    await house.settle()
    expect((await nights(other)).at(-1)?.state).toBe('on_time')
    await api('DELETE', `/deadlines/${other}`)
    expect((await nights(id)).at(-1)?.due_at.toString()).toBe('2026-11-24T19:00:00Z')
    await api('DELETE', `/deadlines/${id}`)
  })

  it('is due at no time on a date on which nothing began, and that night ends', async () => {
    await jumpTo('2026-11-24T18:05:00Z')
    const id = await deadline(await job(), { due })
    await house.advance({ seconds: 5 })
    expect(await nights(id)).toMatchObject([{ business_date: '2026-11-24', settled: false }])
    for (let hours = 0; hours < 48; hours += 8) await house.jump({ hours: 8 })
    const found = await nights(id)
    // The night before was over when the deadline was made.
    expect(found[0]).toMatchObject({ business_date: '2026-11-24', settled: true, told: false })
    expect(found.filter((n) => !n.settled).length).toBeLessThanOrEqual(2)
    await api('DELETE', `/deadlines/${id}`)
  })
})

describe('what moves', () => {
  const due = { kind: 'by', time: '23:30', days: 0, zone }
  const predictedAt = async (id: string) => (await api('GET', `/deadlines/${id}`)).night.predictedAt

  it('while a prediction is at work is looked at after it', async () => {
    const jobId = await job()
    const id = await deadline(jobId, { due })
    await house.settle()
    const key = `deadline-moved:${id}`
    const atWork = { key, at: house.clock.now(), verb: 'deadline.predict', input: JSON.stringify({ id }), priority: 1 }
    const lease = { lease: crypto.randomUUID(), lease_until: Temporal.Instant.from('2100-01-01T00:00:00Z') }
    await house.platform.db
      .insertInto('due')
      .values({ ...atWork, ...lease })
      .execute()
    await house.advance({ seconds: 5 })
    await ping(jobId, '/start')
    await house.settle()
    await house.platform.db.deleteFrom('due').where('key', '=', key).execute()
    await house.settle()
    await house.settle()
    expect(await predictedAt(id)).toBe(house.clock.now().toString())
    await api('DELETE', `/deadlines/${id}`)
  })

  it('while nobody watches is looked at when somebody does', async () => {
    const jobId = await job()
    const id = await deadline(jobId, { due })
    await house.settle()
    for (const running of house.running.splice(0)) await running.stop()
    await house.advance({ seconds: 5 })
    await ping(jobId, '/start')
    house.running.push(await startWatch(house.platform))
    await house.settle()
    expect(await predictedAt(id)).toBe(house.clock.now().toString())
  })

  it('shows in the figures for Prometheus at once', async () => {
    const id = await deadline(await job(), { due, name: 'Figures' })
    await house.settle()
    const figures = (await house.http.inject({ url: '/metrics' })).body
    for (const one of [
      'odds{deadline="figures"}',
      'slack_seconds{deadline="figures"}',
      'state{deadline="figures",state=',
    ])
      expect(figures).toContain(`watchfloor_deadline_${one}`)
    await api('DELETE', `/deadlines/${id}`)
  })

  it('of jobs shows how they are, how long they last took, and when', async () => {
    const id = await job({ name: 'Figured job' })
    await ping(id, '/start')
    await house.advance({ minutes: 2 })
    await ping(id)
    await house.settle()
    const figures = (await house.http.inject({ url: '/metrics' })).body
    const labels = `slug="figured-job",team="L2 markets",id="${id}"`
    expect(figures).toContain(`watchfloor_job_state{${labels},state="ok"} 1`)
    expect(figures).toContain(`watchfloor_job_last_duration_seconds{${labels}} 120`)
    const seconds = house.clock.now().epochMilliseconds / 1000
    expect(figures).toContain(`watchfloor_job_last_end_timestamp_seconds{${labels}} ${seconds}`)
  })
})

it('asks what if something is started at a time that never comes', async () => {
  const jobId = await job()
  const id = await deadline(jobId)
  const acts = [{ do: 'start', jobId, at: '9999-12-31T23:59:59Z' }]
  const answer = await house.api(house.responder, 'POST', `/deadlines/${id}/what-if`, { acts })
  expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining('within 14 days of the night')])
})
