import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'

/** What somebody knows beforehand: it will be late, or not come at all. Monday, 07:00 in London. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())

let id: string
let due: Temporal.Instant
beforeEach(async () => {
  // At the next full hour and each hour from then on.
  const body = {
    name: `Feed ${crypto.randomUUID().slice(0, 8)}`,
    serviceId: house.orders,
    schedule: { kind: 'cron', expression: '0 * * * *', zone: 'UTC' },
    graceSeconds: 600,
  }
  id = (await house.api(house.responder, 'POST', '/jobs', body)).body.id
  due = Temporal.Instant.from((await read()).dueAt)
})
const read = async () => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body
const act = (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object, who = house.responder) =>
  house.api(who, method, `/jobs/${id}/${path}`, body)
const kinds = async () => (await read()).alerts.map((a: { kind: string }) => a.kind)
const until = async (at: Temporal.Instant) => house.advance(house.clock.now().until(at))

it('late until a time: nobody is told before it, and then somebody is', async () => {
  const late = due.add({ minutes: 40 })
  const reason = 'The vendor sends at half past'
  expect((await act('PUT', 'late', { until: late.toString(), reason })).body).toMatchObject({
    late: { reason },
    deadlineAt: late.toString(),
  })
  await until(due.add({ minutes: 35 }))
  expect([(await read()).state, await kinds()]).toEqual(['late', []])
  await until(due.add({ minutes: 41 }))
  expect([(await read()).state, await kinds()]).toEqual(['missing', ['miss']])
  expect((await house.sentences(`job:${id}`)).some((s) => s.includes(`late, until`) && s.endsWith(reason))).toBe(true)
})

it('said once it is missing, the alert ends; taken back, it is told again', async () => {
  await until(due.add({ minutes: 11 }))
  expect(await kinds()).toEqual(['miss'])
  await act('PUT', 'late', { until: due.add({ minutes: 50 }).toString(), reason: 'Known' })
  await house.settle()
  expect([(await read()).state, await kinds()]).toEqual(['late', []])
  await act('DELETE', 'late')
  await house.advance({ seconds: 2 })
  expect([(await read()).state, await kinds()]).toEqual(['missing', ['miss']])
})

it('left out: the next time, or the one that it missed', async () => {
  expect((await act('POST', 'skip', { reason: 'A holiday' })).body.dueAt).toBe(due.add({ hours: 1 }).toString())
  await until(due.add({ minutes: 20 }))
  expect(await kinds()).toEqual([])
  await until(due.add({ minutes: 71 }))
  expect(await kinds()).toEqual(['miss'])
  await act('POST', 'skip', { reason: 'It does not matter' })
  await house.settle()
  expect([(await read()).state, await kinds()]).toEqual(['new', []])
  await until(due.add({ hours: 3, minutes: 11 }))
  expect(await kinds()).toEqual(['miss'])
})

it('is refused with a sentence', async () => {
  const at = (by: Temporal.DurationLike) => house.clock.now().add(by).toString()
  for (const [time, says] of [
    [at({ minutes: -1 }), /^until: must be in the future/],
    [at({ hours: 24 * 8 }), /^until: must be within a week/],
  ] as const)
    expect((await act('PUT', 'late', { until: time, reason: 'x' })).body.detail).toMatch(says)
  await act('POST', 'pause')
  expect((await act('POST', 'skip', { reason: 'x' })).body.detail).toMatch(/is paused: nobody expects it/)
  expect((await act('POST', 'skip', { reason: 'x' }, house.stranger)).status).toBe(403)
})

it('the alarms of a run are held for that run alone', async () => {
  const daily = { kind: 'cron', expression: '0 22 * * *', zone: 'UTC' }
  const body = { name: 'A load', serviceId: house.orders, schedule: daily, maxRunSeconds: 600 }
  id = (await house.api(house.responder, 'POST', '/jobs', body)).body.id
  const ping = async (suffix: string) => {
    await house.http.inject({ url: `/ping/${id}${suffix}` })
    await house.settle()
  }
  expect((await act('PUT', 'held-run', { reason: 'x' })).status).toBe(409)
  await ping('/start')
  await house.advance({ minutes: 11 })
  expect(await kinds()).toEqual(['long'])
  const held = await act('PUT', 'held-run', { reason: 'A year of history' })
  expect(held.body.heldRun).toMatchObject({ reason: 'A year of history', by: 'Priya Nair' })
  await house.settle()
  expect(await kinds()).toEqual([])
  expect((await act('DELETE', 'held-run')).body.heldRun).toBeNull()
  await house.settle()
  expect(await kinds()).toEqual(['long'])
  await act('PUT', 'held-run', { reason: 'A year of history' })
  await ping('/1')
  expect([(await read()).state, await kinds()]).toEqual(['failed', []])
  await ping('/start')
  await ping('/1')
  expect(await kinds()).toEqual(['failure'])
})
