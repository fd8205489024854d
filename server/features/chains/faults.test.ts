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

const blockedAfter = (job: string) => ({ kind: 'job', job, is: 'succeeded', within: 'same-date' })
const alertsOf = async (id: string) => {
  const rows = await house.platform.db
    .selectFrom('alerts')
    .select('status')
    .where('dedup_key', 'like', `deadline:${id}%`)
    .execute()
  return rows.map((a) => a.status)
}
const forget = (...ids: string[]) => Promise.all(ids.map((id) => api('DELETE', `/deadlines/${id}`)))

it('chains that are broken: each is blocked and says by what, and nothing else breaks', async () => {
  const first = await job()
  const a = await job([first.id])
  const b = await job([a.id])
  await api('PATCH', `/jobs/${a.id}`, {
    waits: { condition: { kind: 'all', of: [first.id, b.id].map(blockedAfter) } },
  })
  const circle = await deadline(b.id)
  const lost = await job(['NOBODY_KNOWS'])
  const dangling = await deadline(lost.id)
  const held = await deadline(lost.id)
  await api('PUT', `/deadlines/${held}/hold`, { until: at('22:30').toString(), reason: 'We know' })
  const failing = await job()
  const last = await job([failing.id])
  const failed = await deadline(last.id)
  await until('21:02')
  expect(await night(circle)).toMatchObject({ state: 'blocked', odds: 1 })
  const { findings } = await api('GET', `/deadlines/${circle}/night`)
  expect(findings.filter((f: { kind: string }) => f.kind === 'circle')).toMatchObject([
    { message: `${a.name}, ${b.name} wait for each other, so that none of them can be the first.` },
  ])
  expect((await told(circle)).at(-1)).toMatch(
    /cannot make its deadline of 23:30 \w+ unless somebody acts: JOB_\d waits for itself by way of others/,
  )
  expect(await night(dangling)).toMatchObject({ state: 'blocked', culprit: { name: lost.name } })
  // Held: predicted, and nobody is told.
  expect(await night(held)).toMatchObject({ state: 'blocked' })
  expect([await alertsOf(dangling), await alertsOf(held)]).toEqual([['firing'], []])
  expect(await night(failed)).toMatchObject({ state: 'on_time' })

  await api('PATCH', `/jobs/${lost.id}`, { waits: { condition: blockedAfter(first.id) } })
  await until('22:00')
  await ping(failing.id, '/start')
  await until('22:05')
  // Mended, it is on its way, and the alert has ended by itself.
  expect(await night(dangling)).toMatchObject({ state: 'on_time' })
  expect(await alertsOf(dangling)).toEqual(['resolved'])
  expect((await told(dangling)).at(-1)).toMatch(/is expected to make its deadline of 23:30 London/)
  await ping(failing.id, '/7')
  await until('22:07')
  expect(await night(failed)).toMatchObject({ state: 'blocked', culprit: { name: failing.name } })
  expect((await told(failed)).at(-1)).toContain(`${failing.name} has failed, and its scheduler does not start it again`)
  await api('DELETE', `/jobs/${last.id}`)
  await until('22:09')
  expect((await api('GET', `/deadlines/${failed}`)).job).toBeNull()
  expect(await alertsOf(failed)).toEqual(['resolved'])
  await api('PATCH', `/jobs/${lost.id}`, { waits: { condition: blockedAfter('NOBODY_KNOWS') } })
  await until('22:46')
  expect(await alertsOf(held)).toEqual(['firing'])
  await forget(circle, dangling, held, failed)
})

it('a deadline that passes while Watchfloor is away is missed only where that is proven, and then told once', async () => {
  const kept = await job()
  const met = await deadline(kept.id)
  const a = await job()
  const last = await job([a.id])
  const missed = await deadline(last.id)
  const silent = await job()
  const unknown = await deadline(silent.id)
  await until('22:00')
  await ping(kept.id, '/start')
  await ping(a.id, '/start')
  await until('22:02')
  away('23:50')
  await until('23:52')
  for (const id of [met, missed, unknown]) expect(await night(id)).toMatchObject({ state: 'unknown' })
  // What senders have kept comes with its true times.
  await ping(kept.id, `/0?at=${at('22:40').toString()}&id=${crypto.randomUUID()}`)
  await ping(a.id, `/0?at=${at('23:45').toString()}&id=${crypto.randomUUID()}`)
  await ping(last.id, '/start')
  await house.advance({ minutes: 25 })
  expect(await night(met)).toMatchObject({ state: 'done', doneAt: at('22:40').toString() })
  expect((await told(met)).join('\n')).not.toContain('has missed')
  expect(await night(missed)).toMatchObject({ state: 'late' })
  expect((await told(missed)).filter((s) => s.includes('has missed'))).toHaveLength(1)
  expect(await night(unknown)).toMatchObject({ state: 'unknown' })
  expect((await told(unknown)).at(-1)).toMatch(
    /was due at 23:30.*when nothing could be heard of it; whether it was in time is not known/,
  )
  await ping(last.id, '/0')
  await house.advance({ minutes: 2 })
  expect(await night(missed)).toMatchObject({ state: 'done_late' })
  expect([await alertsOf(met), await alertsOf(missed), await alertsOf(unknown)]).toEqual([[], ['resolved'], []])
  await forget(met, missed, unknown)
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
    // A person knows more than the list: that stands beside what it says.
    const side = await job()
    await api('POST', '/chains/edges', { fromJobId: side.id, toJobId: made.jobId, reason: 'It reads its file' })
    await api('POST', '/jobs/imports', list('07:30 +1'))
    await house.settle()
    expect(await mine()).toMatchObject([{ id: made.id, due: { time: '07:30' } }])
    const { edges } = await api('GET', `/jobs/${made.jobId}/graph`)
    expect(edges.map((e: { drawn: string | null }) => e.drawn !== null).sort()).toEqual([false, true])
    await api('PATCH', `/deadlines/${made.id}`, { due: { kind: 'by', time: '08:15', days: 1, zone } })
    await api('POST', '/jobs/imports', list('07:00 +1'))
    await house.settle()
    expect(await mine()).toMatchObject([{ id: made.id, due: { time: '08:15' } }])
  })
})
