import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse, type TestSource, tellOf } from '../../../test/harness/alerts.ts'
import { requireScope, system } from '../../platform/access.ts'
import { transact } from '../../platform/transact.ts'
import { resolveTicket } from '../desk/resolve.ts'
import { countAlerts, listAlerts } from './alert-queries.ts'
import { alertsAround } from './alerts-around.ts'
import { monitorSource } from './built-in-sources.ts'
import { reportSignals } from './report-signals.ts'
import { resolveAlert } from './resolve-by-hand.ts'
import type { Signal } from './signal.ts'

let house: AlertHouse
let source: TestSource
beforeAll(async () => {
  house = await alertHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  source = await house.addSource()
  await house.later(10)
})

const { send, alerts, newest, detail } = tellOf(
  () => house,
  () => source,
)
const marks = async (ticketId: string | undefined) =>
  (
    await house.platform.db
      .selectFrom('tickets')
      .select('marks')
      .where('id', '=', ticketId ?? '')
      .executeTakeFirst()
  )?.marks

describe('alerts around a service', () => {
  it('are the open ones of it and of what it needs; one stands for all of its ticket, and those of the ticket that asks are left out', async () => {
    const { orders, wiki } = house
    await house.platform.db
      .insertInto('dependencies')
      .values({ id: crypto.randomUUID(), service_id: orders, depends_on_service_id: wiki })
      .execute()
    const around = async (except?: string) =>
      (
        await house.ask(alertsAround, house.responder, { serviceId: orders, limit: 20, ...(except && { except }) })
      ).items
        .filter((a) => a.source.id === source.id)
        .map((a) => [a.title, a.more, a.because])
    await send({ title: 'Slow', dedup_key: 'a', service: 'order-entry', severity: 'low' })
    await send({ title: 'Down', dedup_key: 'b', service: 'order-entry', severity: 'high' })
    await send({ title: 'Late ticks', dedup_key: 'c', service: 'wiki' })
    expect(await around()).toEqual([
      ['Down', 1, 'same service'],
      ['Late ticks', 0, 'Wiki, which it depends on'],
    ])
    const own = (await alerts()).find((a) => a.title === 'Down')?.ticket
    for (const except of [own?.id, own?.number.toLowerCase()])
      expect((await around(except)).map(([title]) => title)).toEqual(['Late ticks'])
  })
})

describe('alerts of one service', () => {
  it('within five minutes are one incident, which ends with the last of them', async () => {
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    await house.later(4)
    await send({ title: 'B', dedup_key: 'b', service: 'order-entry' })
    const [b, a] = await alerts()
    expect(b?.ticket?.id).toBe(a?.ticket?.id)
    expect(await marks(a?.ticket?.id)).toEqual({ alerts: { firing: 2, total: 2 } })
    expect((await detail()).timeline.map((e) => e.text)).toContain(
      `B was added to ${a?.ticket?.number}: the same service, within 5 minutes`,
    )
    await send({ status: 'resolved', dedup_key: 'a' })
    expect((await newest()).ticket?.state).toBe('new')
    await send({ status: 'resolved', dedup_key: 'b' })
    expect((await newest()).ticket?.state).toBe('resolved')
    expect(await marks(a?.ticket?.id)).toEqual({ alerts: { firing: 0, total: 2 } })
    const [row] = await house.platform.db
      .selectFrom('tickets')
      .select('resolution')
      .where('id', '=', a?.ticket?.id ?? '')
      .execute()
    expect(row?.resolution).toBe('All 2 alerts are over, the last one: B.')
  })

  it('later than that, elsewhere, or of another service are another incident', async () => {
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    await send({ title: 'B', dedup_key: 'b', service: 'order-entry', environment: 'uat' })
    await send({ title: 'C', dedup_key: 'c', service: 'wiki' })
    await house.later(6)
    await send({ title: 'D', dedup_key: 'd', service: 'order-entry' })
    expect(new Set((await alerts()).map((x) => x.ticket?.id)).size).toBe(4)
  })

  it('without a service are one incident by their host, and without a host one each', async () => {
    await send([
      { title: 'A', dedup_key: 'a', host: 'h1' },
      { title: 'B', dedup_key: 'b', host: 'h1' },
      { title: 'C', dedup_key: 'c', host: 'h2' },
      { title: 'D', dedup_key: 'd' },
      { title: 'E', dedup_key: 'e' },
    ])
    const tickets = new Map((await alerts()).map((x) => [x.title, x.ticket?.id]))
    expect(tickets.get('A')).toBe(tickets.get('B'))
    expect(new Set(tickets.values()).size).toBe(4)
  })

  it('open it with their labels, but for what its title says in whole words', async () => {
    const labels = { job: 'EOD_FX', rack: 'core', since: '1 h' }
    await send({ title: 'EOD_FX has dumped core1 for 1 h', dedup_key: 'a', labels })
    const { ticket } = await newest()
    const { description } = await house.platform.db
      .selectFrom('tickets')
      .select('description')
      .where('id', '=', ticket?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(description.split('\n').slice(1)).toEqual(['rack: core', 'since: 1 h'])
  })

  it('that end and begin again at once keep their incident', async () => {
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    const before = await newest()
    await house.later(30)
    await send([
      { status: 'resolved', dedup_key: 'a' },
      { title: 'A', dedup_key: 'a', service: 'order-entry' },
    ])
    const after = await newest()
    expect(after.id).not.toBe(before.id)
    expect(after.ticket).toMatchObject({ id: before.ticket?.id, state: 'new' })
  })

  it('ended at the same time by two workers end their incident', async () => {
    await send(Array.from({ length: 6 }, (_, i) => ({ title: `${i}`, dedup_key: `${i}`, service: 'order-entry' })))
    expect(new Set((await alerts()).map((x) => x.ticket?.id)).size).toBe(1)
    await send(Array.from({ length: 6 }, (_, i) => ({ status: 'resolved', dedup_key: `${i}` })))
    expect((await newest()).ticket?.state).toBe('resolved')
  })

  it('do not open again what a person resolved', async () => {
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    const { ticket } = await newest()
    await house.execute(resolveTicket, house.responder, { id: ticket?.id ?? '', resolution: 'Restarted' })
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    await send({ status: 'resolved', dedup_key: 'a' })
    expect(await newest()).toMatchObject({
      status: 'resolved',
      occurrences: 2,
      ticket: { id: ticket?.id, state: 'resolved' },
    })
  })
})

it.each([
  [
    'slug',
    async () =>
      (await house.platform.db.selectFrom('teams').select('slug').where('id', '=', house.teamId).executeTakeFirst())
        ?.slug,
  ],
  ['name', async () => 'l2 MARKETS'],
  ['id', async () => house.teamId],
])('a team that a signal names by its %s is the team', async (_how, word) => {
  source = await house.addSource({ teamId: null })
  await send({ title: 'A', team: await word() })
  expect((await newest()).team).toEqual({ id: house.teamId, name: 'L2 markets' })
})

describe('what opens no incident', () => {
  it.each([
    ['info', { title: 'A', severity: 'info' }, /severity info open none/],
    ['blind', { title: 'A', status: 'blind' }, /could not look/],
  ])('%s: is shown, with the reason', async (_what, body, why) => {
    await send(body)
    expect(await newest()).toMatchObject({ ticket: null, held: null })
    expect((await detail()).timeline.at(-1)?.text).toMatch(why)
  })

  it('opens one once it is worth it', async () => {
    await send({ title: 'A', dedup_key: 'a', severity: 'info', service: 'wiki' })
    await send({ title: 'A', dedup_key: 'a', severity: 'critical', service: 'wiki' })
    expect(await newest()).toMatchObject({ severity: 'critical', ticket: { state: 'new' }, occurrences: 2 })
    expect((await detail()).timeline.map((e) => e.text)).toContain('The severity went from info to critical: A')
    await send({ title: 'A', dedup_key: 'a', status: 'blind', severity: 'critical' })
    expect(await newest()).toMatchObject({ status: 'blind', ticket: { state: 'new' } })
    await send({ status: 'resolved', dedup_key: 'a' })
    expect(await newest()).toMatchObject({ status: 'resolved', ticket: { state: 'resolved' } })
  })
})

describe('ended by hand', () => {
  it('goes the way of a signal: the next report is a new alert', async () => {
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    const { id } = await newest()
    const over = await house.execute(resolveAlert, house.responder, { id, reason: 'The tool never says so' })
    expect(over).toMatchObject({ status: 'resolved' })
    await house.settle()
    expect((await newest()).ticket?.state).toBe('resolved')
    expect((await detail()).timeline.map((e) => e.text)).toContain(
      'Priya Nair ended it by hand: A. The tool never says so',
    )
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    expect(await alerts()).toHaveLength(2)
    expect((await detail()).previous).toMatchObject([{ id }])
  })
})

describe('the list', () => {
  it('filters and pages', async () => {
    const severities = ['critical', 'high', 'low'] as const
    for (let i = 0; i < 9; i++) {
      await house.advance({ seconds: 1 })
      await send({
        title: `Disk ${i} 100%`,
        dedup_key: `${i}`,
        severity: severities[i % 3],
        host: i < 4 ? 'ldn-app-01' : 'par-db-02',
      })
    }
    const ask = async (more: object) =>
      (await house.ask(listAlerts, house.responder, { view: 'all', sourceId: source.id, ...more })).items.map(
        (a) => a.title,
      )
    expect(await ask({ severity: 'high' })).toHaveLength(6)
    expect(await ask({ q: 'disk 7' })).toEqual(['Disk 7 100%'])
    expect(await ask({ q: '100%' })).toHaveLength(9)
    expect(await ask({ q: 'ldn-' })).toHaveLength(4)
    expect(await ask({ environment: 'uat' })).toEqual([])
    const first = await house.ask(listAlerts, house.responder, { view: 'all', sourceId: source.id, limit: 5 })
    const second = await house.ask(listAlerts, house.responder, {
      view: 'all',
      sourceId: source.id,
      limit: 5,
      cursor: first.next ?? '',
    })
    expect([...first.items, ...second.items].map((a) => a.title)).toEqual(await ask({}))
    expect(second.next).toBeNull()
    await expect(ask({ cursor: Buffer.from('["x","y"]').toString('base64url') })).rejects.toThrow('cursor')
  })

  it('counts what fires and what is held back', async () => {
    const before = await house.ask(countAlerts, house.responder, {})
    await send([
      { title: 'A', severity: 'info' },
      { title: 'B', status: 'blind' },
    ])
    const after = await house.ask(countAlerts, house.responder, {})
    expect({ firing: after.firing - before.firing, blind: after.blind - before.blind }).toEqual({ firing: 1, blind: 1 })
  })

  it('and its acts go over the API', async () => {
    await send({ title: 'A', dedup_key: 'a', severity: 'info', links: ['https://x.example'] })
    const { id } = await newest()
    const read = await house.api(house.responder, 'GET', `/alerts/${id}`)
    expect(read).toMatchObject({
      status: 200,
      body: { title: 'A', dedupKey: 'a', links: [{ url: 'https://x.example' }], can: { acknowledge: null } },
    })
    expect((await house.api(house.responder, 'POST', `/alerts/${id}/acknowledgement`, {})).body).toMatchObject({
      acknowledgedBy: 'Priya Nair',
    })
    expect((await house.api(house.responder, 'DELETE', `/alerts/${id}/acknowledgement`)).body).toMatchObject({
      acknowledgedBy: null,
    })
    const silenced = await house.api(house.responder, 'POST', `/alerts/${id}/silence`, {
      endsAt: house.clock.now().add({ minutes: 5 }).toString(),
      reason: 'Known',
    })
    expect(silenced).toMatchObject({ status: 201, body: { holding: 1 } })
    expect((await house.api(house.responder, 'GET', '/alerts?view=held&severity=low')).status).toBe(200)
    expect((await house.api(house.responder, 'GET', '/alert-counts')).body).toMatchObject({ held: 1 })
    expect((await house.api(house.responder, 'GET', '/service-health')).status).toBe(200)
    expect((await house.api(house.lead, 'GET', '/alerts')).status).toBe(200)
    expect((await house.api(house.responder, 'GET', '/alerts/0198c1f0-0000-7000-8000-000000000009')).status).toBe(404)
  })
})

describe('our own monitors', () => {
  const report = (signals: Partial<Signal>[]) =>
    transact(house.platform, { actor: system, scope: requireScope(system, 'system') }, async (ctx) => {
      const id = await monitorSource(ctx)
      await reportSignals(
        ctx,
        id,
        signals.map((s) => ({
          kind: 'firing',
          dedupKey: 'm1',
          at: ctx.now(),
          severity: 'high',
          summary: 'Gateway is down',
          service: 'order-entry',
          labels: {},
          links: [],
          ...s,
        })),
      )
      return id
    })

  it('report in their own transaction, without a journal', async () => {
    const id = await report([{ summary: 'Down\u0000 \ud800' }])
    await house.settle()
    const [alert] = (await house.ask(listAlerts, house.responder, { view: 'firing', sourceId: id })).items
    expect(alert).toMatchObject({ title: 'Down\ufffd \ufffd', ticket: { state: 'new' }, source: { kind: 'monitors' } })
    await expect(house.execute(resolveAlert, house.responder, { id: alert?.id ?? '', reason: 'x' })).rejects.toThrow(
      'ends by itself',
    )
    await report([{ kind: 'resolved' }])
    await house.settle()
    expect((await house.ask(listAlerts, house.responder, { view: 'firing', sourceId: id })).items).toEqual([])
    expect(await house.platform.db.selectFrom('journal').selectAll().where('source_id', '=', id).execute()).toEqual([])
  })

  it('leave nothing when their transaction does not come through', async () => {
    const failing = transact(house.platform, { actor: system, scope: requireScope(system, 'system') }, async (ctx) => {
      await reportSignals(ctx, await monitorSource(ctx), [
        { kind: 'firing', dedupKey: 'gone', at: null, severity: 'high', summary: 'x', labels: {}, links: [] },
      ])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(
      await house.platform.db.selectFrom('alert_keys').selectAll().where('dedup_key', '=', 'gone').execute(),
    ).toEqual([])
    await report([{ dedupKey: 'gone' }])
    expect(
      await house.platform.db.selectFrom('alert_keys').selectAll().where('dedup_key', '=', 'gone').execute(),
    ).toHaveLength(1)
  })
})
