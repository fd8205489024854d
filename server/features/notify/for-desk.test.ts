import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Person, person } from '../../../test/harness/people.ts'
import { plan } from '../../app.ts'
import { addMethod } from './add-method.ts'
import { listChannels } from './queries.ts'

let house: TestHouse
let analyst: Person
let trader: Person
beforeAll(async () => {
  house = await testHouse(plan)
  analyst = await person(house, 'Priya Nair')
  trader = await person(house, 'Marc Laurent', 'requester')
})
afterAll(() => house.close())

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const hook = { channel: 'webhook', config: { url: 'http://10.0.0.7/hook', secret } }
const offered = async (who: Person) => (await house.ask(listChannels, who, {})).items.map(({ kind }) => kind).sort()

test('a way that leads where its owner says is for those who are paged, and offered to no one else', async () => {
  await expect(house.execute(addMethod, trader, hook)).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('Webhook is for those who are paged'),
  })
  expect(await offered(trader)).toEqual(['mail'])
  expect(await offered(analyst)).toEqual(['mail', 'push', 'webhook'])
  expect(await house.execute(addMethod, analyst, hook)).toMatchObject({ channel: 'webhook' })
})
