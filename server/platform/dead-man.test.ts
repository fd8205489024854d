import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../test/harness/house.ts'
import { type HttpTarget, startHttpTarget } from '../../test/harness/http-target.ts'
import { responder, toy } from '../../test/harness/toy.ts'
import { createNet } from './net/index.ts'
import { showHealth } from './system/queries.ts'

let house: TestHouse
let second: HttpTarget
beforeAll(async () => {
  second = await startHttpTarget()
  house = await testHouse(toy, {
    env: { DEAD_MAN_URL: `${second.url}/ping/watchfloor` },
    net: createNet({ allowPrivate: true }),
  })
})
afterAll(async () => {
  await house.close()
  await second.stop()
})
const told = async () => (await house.ask(showHealth, responder, {})).items.find((i) => i.what === 'Dead-man ping')

describe('the second place', () => {
  it('is told each minute that we are alive', async () => {
    expect(await told()).toMatchObject({ state: 'ok', detail: 'The second place has not been told yet.' })
    await house.advance({ minutes: 3 })
    expect(second.paths()).toEqual(Array(3).fill('/ping/watchfloor'))
    expect(await told()).toMatchObject({ state: 'ok', detail: 'The second place was told last at 07:03 UTC.' })
  })

  it('that cannot be told is told of on the floor, loudly once it lasts, until it hears of us again', async () => {
    second.fail(500)
    await house.advance({ minutes: 1 })
    expect(await told()).toMatchObject({ state: 'warn', detail: expect.stringContaining('answered 500') })
    await house.advance({ minutes: 3 })
    expect(await told()).toMatchObject({ state: 'bad', since: Temporal.Instant.from('2026-11-23T07:04:00Z') })
    second.ok()
    await house.advance({ minutes: 1 })
    expect(await told()).toMatchObject({ state: 'ok' })
  })
})
