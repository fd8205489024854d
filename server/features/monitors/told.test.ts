import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHttpTarget } from '../../../test/harness/http-target.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())

type Similar = { ticket: { number: string }; because: string }

it('what monitors say of two things is not alike because we say it in the same sentence', async () => {
  const [dies, moody] = [await startHttpTarget(), await startHttpTarget()]
  const curve = await house.monitor({ address: moody.url }, { name: 'Curve builder', environment: 'uat' })
  const login = await house.monitor({ address: dies.url }, { name: 'Order gateway login', serviceId: house.orders })
  await house.settle()
  moody.fail(503)
  await dies.kill()
  await house.advance({ seconds: 40 })
  const ticketOf = async (id: string) => {
    const { body } = await house.api(house.responder, 'GET', `/monitors/${id}`)
    return (await house.api(house.responder, 'GET', `/tickets/${body.alert.ticket.number}`)).body
  }
  const [one, other] = [await ticketOf(curve), await ticketOf(login)]
  expect(one.title).toMatch(/^Curve builder is down: 3 of 3 looks failed, last: HTTP 503/)
  expect(one.told).toMatch(/^Curve builder\nHTTP 503/)
  const similar = async (text: string, except: string): Promise<Similar[]> => {
    const query = new URLSearchParams({ text, except })
    return (await house.api(house.responder, 'GET', `/tickets/similar?${query}`)).body.items
  }
  expect(await similar(one.told, one.number)).toEqual([])
  expect(await similar(other.told, other.number)).toEqual([])
  // Nor is it like what a person writes with such words; it is like what he says of the thing itself.
  expect(await similar('The last looks failed, monitor reported it down', one.number)).toEqual([])
  expect(await similar('Nobody gets past the login of the order gateway', one.number)).toMatchObject([
    { ticket: { number: other.number }, because: 'words: login, order, gateway' },
  ])
  await moody.stop()
})
