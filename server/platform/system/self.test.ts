import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { responder, toy } from '../../../test/harness/toy.ts'
import { system } from '../access.ts'
import { AppError } from '../errors.ts'
import { showStorage } from './storage.ts'
import { showWork } from './work.ts'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse(toy)
})
afterAll(() => house.close())

describe('what an administrator sees of Watchfloor itself', () => {
  it('the tables with what they hold, their size with partitions, and how long they stay; the largest first', async () => {
    const { bytes, tables } = await house.ask(showStorage, system, {})
    const table = (name: string) => tables.find((t) => t.name === name)
    expect(table('events')).toMatchObject({ keepDays: null, what: expect.stringMatching(/^All that has happened/) })
    expect(table('results')?.keepDays).toBe(35)
    expect(table('chain_runs')?.keepDays).toBe(800)
    expect(table('results')?.partitions).toBeGreaterThan(5)
    expect(tables.filter((t) => /_p\d+$|_default$/.test(t.name))).toEqual([])
    expect(tables.filter((t) => t.what === '').map((t) => t.name)).toEqual([])
    expect(tables.map((t) => t.bytes)).toEqual(tables.map((t) => t.bytes).sort((a, b) => b - a))
    expect(bytes).toBeGreaterThan(tables.reduce((sum, t) => sum + t.bytes, 0))
  })

  it('what is due, what is late and since when, what fails', async () => {
    const { waiting } = await house.ask(showWork, system, {})
    const row = { verb: 'page.advance', input: '{}' }
    await house.platform.db
      .insertInto('due')
      .values([
        { ...row, key: 'later', at: house.clock.now().add({ hours: 1 }) },
        { ...row, key: 'late', at: house.clock.now().subtract({ minutes: 2 }) },
        { ...row, key: 'fails', at: house.clock.now().subtract({ minutes: 1 }), attempts: 3, last_error: 'no' },
      ])
      .execute()
    expect(await house.ask(showWork, system, {})).toEqual({
      waiting: waiting + 1,
      late: 2,
      failing: 1,
      oldestAt: house.clock.now().subtract({ minutes: 2 }),
    })
  })

  it('and nobody else', async () => {
    await expect(house.ask(showStorage, responder, {})).rejects.toBeInstanceOf(AppError)
    await expect(house.ask(showWork, responder, {})).rejects.toBeInstanceOf(AppError)
  })
})
