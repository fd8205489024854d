import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse } from '../../../test/harness/alerts.ts'
import { getAlert, listAlerts } from './alert-queries.ts'

let house: AlertHouse
beforeAll(async () => {
  house = await alertHouse()
})
afterAll(() => house.close())

const firing = async () => (await house.ask(listAlerts, house.responder, { view: 'firing' })).items
const detail = (id: string) => house.ask(getAlert, house.responder, { id })

describe('a server that dies', () => {
  it('becomes an alert, an incident and a page, and all end when it is back', async () => {
    const sent = await house.send({
      title: 'Order gateway is down',
      severity: 'critical',
      service: 'order-entry',
      host: 'ldn-app-01',
    })
    expect(sent).toMatchObject({
      status: 202,
      body: { accepted: 1, dedup_keys: ['order-entry · ldn-app-01 · Order gateway is down'] },
    })
    await house.settle()
    const [alert] = await firing()
    expect(alert).toMatchObject({
      title: 'Order gateway is down',
      severity: 'critical',
      service: { name: 'Equities order entry' },
      team: { id: house.teamId },
      host: 'ldn-app-01',
      priority: 2,
      occurrences: 1,
      held: null,
      ticket: { number: expect.stringMatching(/^INC-\d+$/), state: 'new' },
    })
    const seen = await detail(alert?.id ?? '')
    expect(seen.route).toEqual([
      'Service Equities order entry: the signal names it.',
      'Environment prod: what the source Nagios is set to.',
      expect.stringMatching(/^Team L2 markets: it owns Equities order entry\.$/),
    ])
    expect(seen.timeline.map((e) => e.type)).toEqual(
      expect.arrayContaining(['alert.opened', 'ticket.opened', 'page.started']),
    )
    await house.advance({ minutes: 4 })
    await house.send({ status: 'resolved', dedup_key: 'order-entry · ldn-app-01 · Order gateway is down' })
    await house.settle()
    expect(await firing()).toEqual([])
    const over = await detail(alert?.id ?? '')
    expect(over).toMatchObject({ status: 'resolved', ticket: { state: 'resolved' } })
    expect(over.timeline.map((e) => e.text)).toContain('It is over: Order gateway is down')
  })
})
