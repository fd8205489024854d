import { afterAll, beforeAll, expect, test } from 'vitest'
import { plan } from '../server/app.ts'
import { namesOf } from '../server/platform/names.ts'
import { type TestHouse, testHouse } from './harness/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse(plan)
})
afterAll(() => house.close())

test('each kind of thing that the log names has a name to read', async () => {
  const { registry, db } = house.platform
  const nobody = registry.names.map(({ kind }) => `${kind}:${crypto.randomUUID()}`)
  expect(nobody.length).toBeGreaterThan(10)
  expect([...(await namesOf({ registry, db } as never, [...nobody, 'system:', 'ticket:7']))]).toEqual([])
})
