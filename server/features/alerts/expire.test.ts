import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse, type TestSource } from '../../../test/harness/alerts.ts'

let house: AlertHouse
let source: TestSource
beforeAll(async () => {
  house = await alertHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  source = await house.addSource({ name: `Zabbix ${Math.random()}`, expiresMinutes: 15, serviceId: house.orders })
  // Alerts of an earlier test are not of the same group.
  house.clock.step(house.clock.now().add({ minutes: 6 }))
})

const send = (body: object) => house.send(body, { authorization: `Bearer ${source.key}` })
const repeat = (key = 'disk') => send({ title: 'Disk is full', severity: 'high', dedup_key: key })
const alerts = async () => {
  await house.settle()
  return house.platform.db
    .selectFrom('alerts as a')
    .leftJoin('tickets as t', 't.id', 'a.ticket_id')
    .select(['a.id', 'a.status', 't.number', 't.state'])
    .where('a.source_id', '=', source.id)
    .orderBy('a.started_at')
    .execute()
}
const statuses = async () => (await alerts()).map((a) => a.status)

describe('an alert of a source that repeats what still fires', () => {
  it('expires when it was not repeated for as long as the source says, and its incident stays open', async () => {
    await repeat()
    await house.advance({ minutes: 14 })
    await repeat()
    await house.advance({ minutes: 14 })
    expect(await statuses()).toEqual(['firing'])
    await house.advance({ minutes: 3 })
    const [alert] = await alerts()
    expect(alert).toMatchObject({ status: 'expired', state: 'new' })
    const { body } = await house.api(house.responder, 'GET', `/alerts/${alert?.id}`)
    expect(JSON.stringify(body)).toContain('has not repeated it for 15 min.')
    const counted = await house.api(house.admin, 'GET', `/sources/${source.id}`)
    expect(counted.body.signals).toBe(2)
  })

  it('that comes again is a new alert of the same incident, which ends with it', async () => {
    await repeat()
    await house.advance({ minutes: 20 })
    await repeat()
    const [first, second] = await alerts()
    expect([first?.status, second?.status]).toEqual(['expired', 'firing'])
    expect(second?.number).toBe(first?.number)
    await send({ title: 'Disk is full', status: 'resolved', dedup_key: 'disk' })
    expect(await alerts()).toMatchObject([{ status: 'expired' }, { status: 'resolved', state: 'resolved' }])
  })

  it('ends as resolved when its sender says so, however long that took', async () => {
    await repeat()
    await house.advance({ minutes: 10 })
    await send({ title: 'Disk is full', status: 'resolved', dedup_key: 'disk' })
    await house.advance({ minutes: 30 })
    expect(await alerts()).toMatchObject([{ status: 'resolved', state: 'resolved' }])
  })

  it('does not expire in time in which we were not running', async () => {
    await repeat()
    await house.later(120)
    await house.advance({ minutes: 10 })
    expect(await statuses()).toEqual(['firing'])
    await house.advance({ minutes: 10 })
    expect(await statuses()).toEqual(['expired'])
  })

  it('stays open without end where the source does not say', async () => {
    source = await house.addSource({ name: 'Says both' })
    await repeat()
    await house.advance({ minutes: 30 })
    expect(await statuses()).toEqual(['firing'])
  })

  it.each([0, 43_201, 1.5])('is refused %s minutes, at the field', async (expiresMinutes) => {
    const { status, body } = await house.api(house.admin, 'PATCH', `/sources/${source.id}`, { expiresMinutes })
    expect(status).toBe(422)
    expect(body.fields).toMatchObject([{ field: 'expiresMinutes' }])
  })
})
