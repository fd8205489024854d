import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse, type TestSource, tellOf } from '../../../test/harness/alerts.ts'
import { getTicket } from '../desk/get.ts'
import { respondToPage } from '../oncall/respond.ts'
import { acknowledgeAlert, unacknowledgeAlert } from './acknowledge.ts'
import { resolveAlert } from './resolve-by-hand.ts'

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

describe('an acknowledgement', () => {
  it('by hand, once, and taken back', async () => {
    await send({ title: 'A', dedup_key: 'a', severity: 'info' })
    const { id } = await newest()
    expect(await house.execute(acknowledgeAlert, house.responder, { id })).toMatchObject({
      acknowledgedBy: 'Priya Nair',
    })
    await house.execute(acknowledgeAlert, house.responder, { id })
    expect((await detail()).timeline.filter((e) => e.type === 'alert.acknowledged')).toHaveLength(1)
    expect(await house.execute(unacknowledgeAlert, house.responder, { id })).toMatchObject({ acknowledgedAt: null })
    await send({ status: 'resolved', dedup_key: 'a' })
    await expect(house.execute(acknowledgeAlert, house.responder, { id })).rejects.toThrow('"A" is over')
  })

  it('of the page is one of its alerts', async () => {
    await send({ title: 'A', dedup_key: 'a', service: 'order-entry' })
    const { ticket } = await newest()
    const [page] = await house.platform.db
      .selectFrom('pages')
      .select('id')
      .where('subject', '=', `ticket:${ticket?.id}`)
      .execute()
    await house.execute(respondToPage, house.responder, { pageId: page?.id ?? '' })
    await house.settle()
    expect(await newest()).toMatchObject({ acknowledgedBy: 'Priya Nair' })
  })

  describe('of an incident that pages', () => {
    const page = async () => {
      const { ticket } = await newest()
      const rows = await house.platform.db
        .selectFrom('pages')
        .select('state')
        .where('subject', '=', `ticket:${ticket?.id}`)
        .execute()
      return rows.map(({ state }) => state)
    }
    const fire = (dedup_key: string) => send({ title: 'A', dedup_key, service: 'order-entry', severity: 'critical' })
    afterEach(async () => {
      for (const { id } of await alerts('firing'))
        await house.execute(resolveAlert, house.responder, { id, reason: 'Tried' })
      await house.settle()
    })

    it('by hand ends the paging, and taken back starts it again', async () => {
      await fire('a')
      expect(await page()).toEqual(['paging'])
      const { id } = await newest()
      await house.execute(acknowledgeAlert, house.responder, { id })
      await house.settle()
      expect(await page()).toEqual(['acknowledged'])
      const ticket = (await newest()).ticket?.id ?? ''
      expect(await house.ask(getTicket, house.responder, { id: ticket })).toMatchObject({
        assignee: { name: 'Priya Nair' },
      })
      await fire('a')
      expect(await page()).toEqual(['acknowledged'])
      await house.execute(unacknowledgeAlert, house.responder, { id })
      expect(await page()).toEqual(['paging'])
    })

    it('taken back of one of two leaves him with the other', async () => {
      await fire('a')
      await fire('b')
      const [b, a] = await alerts()
      await house.execute(acknowledgeAlert, house.responder, { id: a?.id ?? '' })
      await house.settle()
      expect((await alerts()).map((one) => one.acknowledgedBy)).toEqual(['Priya Nair', 'Priya Nair'])
      await house.execute(unacknowledgeAlert, house.responder, { id: a?.id ?? '' })
      expect(await page()).toEqual(['acknowledged'])
      await house.execute(unacknowledgeAlert, house.responder, { id: b?.id ?? '' })
      expect(await page()).toEqual(['paging'])
    })

    it('by the tool ends it once nothing of the incident is left that nobody has', async () => {
      await fire('a')
      await fire('b')
      expect(new Set((await alerts()).map((a) => a.ticket?.id)).size).toBe(1)
      await send({ status: 'ack', dedup_key: 'a' })
      expect(await page()).toEqual(['paging'])
      await send({ status: 'ack', dedup_key: 'b' })
      expect(await page()).toEqual(['acknowledged'])
    })
  })

  it('by the sender counts while the alert is open', async () => {
    await send({ title: 'A', dedup_key: 'a', severity: 'info' })
    await send({ status: 'ack', dedup_key: 'a' })
    expect((await newest()).acknowledgedBy).toMatch(/^Tool/)
    await send({ status: 'ack', dedup_key: 'nothing' })
    expect(await alerts()).toHaveLength(1)
  })
})
