import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse, type TestSource } from '../../../test/harness/alerts.ts'
import { getAlert, listAlerts } from './alert-queries.ts'
import { changeMaintenance, endMaintenance } from './change-maintenance.ts'
import { changeSilence, endSilence } from './change-silence.ts'
import { createMaintenance } from './create-maintenance.ts'
import { createSilence, silenceAlert } from './create-silence.ts'
import { getMaintenance, getSilence, listSilences, previewSilence } from './hold-queries.ts'

let house: AlertHouse
let source: TestSource
let name: string
beforeAll(async () => {
  house = await alertHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  name = `Tool ${crypto.randomUUID().slice(0, 8)}`
  source = await house.addSource({ name })
  await house.later(10)
})

const send = async (body: object) => {
  await house.send(body, { authorization: `Bearer ${source.key}` })
  await house.settle()
}
const inMinutes = (n: number) => house.clock.now().add({ minutes: n }).toString()
const alert = async () => {
  const [newest] = (await house.ask(listAlerts, house.responder, { view: 'all', sourceId: source.id })).items
  if (!newest) throw new Error('there is no alert')
  return newest
}
const silence = (minutes: number, more: object = {}) =>
  house.execute(createSilence, house.responder, {
    matchers: [{ field: 'source', op: 'is', value: name }],
    endsAt: inMinutes(minutes),
    reason: 'Disk swap',
    ...more,
  })
const types = async () => {
  const seen = await house.ask(getAlert, house.responder, { id: (await alert()).id })
  return seen.timeline.map((e) => e.type)
}
const spread = async () =>
  (await house.ask(getAlert, house.responder, { id: (await alert()).id })).timeline.map((e) => e.text)

describe('a silence', () => {
  it('holds back the telling, with its reason, and never the watching', async () => {
    await silence(60)
    await send({ title: 'Disk full', dedup_key: 'd', service: 'order-entry', severity: 'critical' })
    await send({ title: 'Disk full', dedup_key: 'd', severity: 'critical' })
    expect(await alert()).toMatchObject({
      status: 'firing',
      occurrences: 2,
      ticket: null,
      held: { kind: 'silence', reason: 'Disk swap', by: 'Priya Nair' },
    })
    expect(await spread()).toContain('Held back by a silence of Priya Nair: Disk swap')
    expect((await house.ask(listAlerts, house.responder, { view: 'held', sourceId: source.id })).items).toHaveLength(1)
    expect((await house.ask(listAlerts, house.responder, { view: 'firing', sourceId: source.id })).items).toEqual([])
  })

  it('never holds back the ending', async () => {
    await silence(60)
    await send({ title: 'Disk full', dedup_key: 'd' })
    await send({ status: 'resolved', dedup_key: 'd' })
    expect(await alert()).toMatchObject({ status: 'resolved', ticket: null, held: { reason: 'Disk swap' } })
    await house.later(90)
    expect(await types()).not.toContain('alert.told')
  })

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['its time is over', () => house.later(61)],
    [
      'it is ended by hand',
      async (id) => {
        await house.execute(endSilence, house.responder, { id })
        await house.settle()
      },
    ],
  ])('when %s, what still fires is told then', async (_when, end) => {
    const { id } = await silence(60)
    await send({ title: 'Disk full', dedup_key: 'd', service: 'order-entry' })
    await end(id)
    expect(await alert()).toMatchObject({ status: 'firing', held: null, ticket: { state: 'new' } })
    expect(await types()).toEqual(expect.arrayContaining(['alert.held', 'alert.told', 'ticket.opened', 'page.started']))
    expect(await house.ask(getSilence, house.responder, { id })).toMatchObject({
      endedAt: expect.anything(),
      holding: 0,
    })
  })

  it('takes what fires already out of sight, and leaves its incident as it is', async () => {
    await send({ title: 'Disk full', dedup_key: 'd', service: 'order-entry' })
    const before = await alert()
    expect(before.ticket).not.toBeNull()
    const made = await silence(60)
    expect(made.holding).toBe(1)
    expect(await alert()).toMatchObject({ held: { kind: 'silence' }, ticket: { id: before.ticket?.id, state: 'new' } })
    await house.later(61)
    expect(await alert()).toMatchObject({ held: null, ticket: { id: before.ticket?.id } })
    await send({ status: 'resolved', dedup_key: 'd' })
    expect(await alert()).toMatchObject({ ticket: { state: 'resolved' } })
  })

  it('that is prolonged goes on, and the alert says until when', async () => {
    const { id } = await silence(30)
    await send({ title: 'Disk full', dedup_key: 'd' })
    const endsAt = inMinutes(120)
    await house.execute(changeSilence, house.responder, { id, endsAt })
    expect((await alert()).held?.until).toBe(endsAt)
    await house.later(60)
    expect(await alert()).toMatchObject({ held: { kind: 'silence' }, ticket: null })
    await house.later(61)
    expect(await alert()).toMatchObject({ held: null, ticket: { state: 'new' } })
  })

  it('hands over to another that lasts longer', async () => {
    await silence(30, { reason: 'First' })
    await send({ title: 'Disk full', dedup_key: 'd' })
    await silence(90, { reason: 'Second' })
    await house.later(31)
    expect(await alert()).toMatchObject({ held: { reason: 'Second' }, ticket: null })
    await house.later(60)
    expect(await alert()).toMatchObject({ held: null, ticket: { state: 'new' } })
  })

  it('that is planned begins when it is time', async () => {
    await silence(60, { startsAt: inMinutes(30) })
    await send({ title: 'Early', dedup_key: 'early', service: 'order-entry' })
    expect(await alert()).toMatchObject({ held: null, ticket: { state: 'new' } })
    await house.later(31)
    expect(await alert()).toMatchObject({ held: { kind: 'silence' } })
  })

  it('of one alert covers just its key', async () => {
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    const { id } = await alert()
    await house.execute(silenceAlert, house.responder, { id, endsAt: inMinutes(30), reason: 'Known' })
    expect((await alert()).held).toMatchObject({ reason: 'Known' })
    await send({ title: 'B', dedup_key: 'b', service: 'order-entry' })
    expect(await alert()).toMatchObject({ title: 'B', held: null })
  })

  it('covers the alerts of its team alone', async () => {
    const other = await house.addSource({ name: `${name} of nobody`, teamId: null })
    await house.execute(createSilence, house.responder, {
      matchers: [{ field: 'source', op: 'contains', value: name }],
      endsAt: inMinutes(30),
      reason: 'Mine',
    })
    await send({ title: 'A', dedup_key: 'a' })
    await house.send({ title: 'A', dedup_key: 'a' }, { authorization: `Bearer ${other.key}` })
    await house.settle()
    expect((await alert()).held).not.toBeNull()
    const [foreign] = (await house.ask(listAlerts, house.admin, { view: 'all', sourceId: other.id })).items
    expect(foreign?.held).toBeNull()
  })

  it('shows beforehand what it would cover', async () => {
    await send({ title: 'A', dedup_key: 'a', labels: { job: 'EOD_FX' } })
    await send({ title: 'B', dedup_key: 'b', labels: { job: 'SOD' } })
    const matchers = [
      { field: 'source', op: 'is' as const, value: name },
      { field: 'label:job', op: 'like' as const, value: 'eod_*' },
    ]
    expect(await house.ask(previewSilence, house.responder, { matchers })).toMatchObject({
      count: 1,
      items: [{ title: 'A' }],
    })
  })

  it.each<[string, object, RegExp]>([
    ['is over already', { endsAt: '2026-11-23T06:00:00Z' }, /endsAt: is over already/],
    ['lasts for years', { endsAt: '2029-11-23T06:00:00Z' }, /at most 90 days/],
    ['says nothing positive', { matchers: [{ field: 'host', op: 'is_not', value: 'x' }] }, /must say what is silenced/],
    [
      'names a field that is none',
      { matchers: [{ field: 'colour', op: 'is', value: 'x' }] },
      /must be one of source, service/,
    ],
  ])('is refused when it %s', async (_what, more, sentence) => {
    await expect(silence(30, more)).rejects.toThrow(sentence)
  })

  it('holds back 230 alerts and releases them, page by page', async () => {
    for (let from = 0; from < 230; from += 46)
      await send(
        Array.from({ length: 46 }, (_, i) => ({
          title: `Disk ${from + i}`,
          dedup_key: `m${from + i}`,
          severity: 'info',
        })),
      )
    const { id } = await silence(30)
    await house.settle()
    expect(await house.ask(getSilence, house.responder, { id })).toMatchObject({ holding: 230 })
    await house.execute(endSilence, house.responder, { id })
    await house.settle()
    expect(await house.ask(getSilence, house.responder, { id })).toMatchObject({ holding: 0 })
  })

  it('is listed with what it holds', async () => {
    const { id } = await silence(30)
    await send({ title: 'A', dedup_key: 'a' })
    const { items } = await house.ask(listSilences, house.responder, { view: 'open' })
    expect(items.find((s) => s.id === id)).toMatchObject({
      holding: 1,
      reason: 'Disk swap',
      can: { change: null, end: null },
    })
  })
})

describe('a maintenance', () => {
  const window = (more: object = {}) =>
    house.execute(createMaintenance, house.responder, {
      name: 'Release 4.2',
      serviceIds: [house.wiki],
      startsAt: inMinutes(0),
      endsAt: inMinutes(60),
      reason: 'CHG-12',
      ...more,
    })

  it('holds back what it covers until it is over', async () => {
    const { id, now } = await window()
    expect(now).toBe(true)
    await send({ title: 'Wiki is down', dedup_key: 'w', service: 'wiki' })
    await send({ title: 'Orders is down', dedup_key: 'o', service: 'order-entry' })
    expect(await alert()).toMatchObject({ title: 'Orders is down', held: null, ticket: { state: 'new' } })
    const held = (await house.ask(listAlerts, house.responder, { view: 'held', sourceId: source.id })).items
    expect(held).toMatchObject([
      { title: 'Wiki is down', ticket: null, held: { kind: 'maintenance', id, reason: 'Release 4.2: CHG-12' } },
    ])
    await house.later(61)
    const after = await house.ask(getAlert, house.responder, { id: held[0]?.id ?? '' })
    expect(after).toMatchObject({ held: null, ticket: { state: 'new' } })
    expect(after.timeline.map((e) => e.text)).toContain(
      'No longer held back, for the maintenance is over, and it is still there: Wiki is down',
    )
  })

  it('that recurs holds back each time, and tells between the times', async () => {
    const { id } = await window({
      endsAt: null,
      recurrence: { zone: 'Europe/London', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '23:00', minutes: 60 },
    })
    const until = async (time: string) => {
      const today = house.clock.now().toZonedDateTimeISO('Europe/London')
      const at = today.withPlainTime(time)
      const next = Temporal.ZonedDateTime.compare(at, today) > 0 ? at : at.add({ days: 1 })
      await house.later(house.clock.now().until(next.toInstant()).total('minutes'))
    }
    await until('23:10')
    await send({ title: 'Wiki is down', dedup_key: 'w', service: 'wiki' })
    expect(await alert()).toMatchObject({ held: { kind: 'maintenance' }, ticket: null })
    await until('00:01')
    expect(await alert()).toMatchObject({ held: null, ticket: { state: 'new' } })
    await until('23:01')
    expect(await alert()).toMatchObject({ held: { kind: 'maintenance' } })
    expect(await house.ask(getMaintenance, house.responder, { id })).toMatchObject({
      now: true,
      endedAt: null,
      holding: expect.any(Number),
    })
    await house.execute(endMaintenance, house.responder, { id })
    expect(await alert()).toMatchObject({ held: null })
    await expect(house.execute(endMaintenance, house.responder, { id })).rejects.toThrow('over already')
  })

  it('that is changed lets go what it no longer covers, and takes what it covers now', async () => {
    const { id } = await window({ endsAt: inMinutes(240) })
    await send({ title: 'Wiki is down', dedup_key: 'w', service: 'wiki' })
    expect((await alert()).held).not.toBeNull()
    await house.execute(changeMaintenance, house.responder, { id, serviceIds: [house.orders] })
    await house.settle()
    expect(await alert()).toMatchObject({ held: null, ticket: { state: 'new' } })
    await send({ title: 'Orders is down', dedup_key: 'o', service: 'order-entry' })
    expect((await alert()).held).toMatchObject({ kind: 'maintenance' })
    await house.execute(endMaintenance, house.responder, { id })
  })

  it.each<[string, object, RegExp]>([
    ['covers nothing', { serviceIds: [] }, /say what is maintained/],
    ['neither ends nor recurs', { endsAt: null }, /say when it ends/],
    ['ends before it starts', { endsAt: '2026-01-01T00:00:00Z' }, /must be after the start/],
    ['names an unknown service', { serviceIds: ['0198c1f0-0000-7000-8000-000000000009'] }, /not in the catalogue/],
  ])('is refused when it %s', async (_what, more, sentence) => {
    await expect(window(more)).rejects.toThrow(sentence)
  })
})

it('of an alert that comes in while its silence is being ended, none stays behind', async () => {
  for (let i = 0; i < 10; i++) {
    const { id } = await silence(60)
    await house.send(
      { title: 'Race', dedup_key: `race/${i}`, severity: 'info' },
      { authorization: `Bearer ${source.key}` },
    )
    await Promise.all([house.execute(endSilence, house.responder, { id }), house.settle()])
    await house.settle()
    expect(await house.ask(getSilence, house.responder, { id })).toMatchObject({ holding: 0 })
  }
})
