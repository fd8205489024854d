import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { responder, toy } from '../../../test/harness/toy.ts'
import { diskWords } from '../disk.ts'
import { AppError } from '../errors.ts'
import type { HealthItem } from '../health.ts'
import { timeWords } from '../health.ts'
import { verb } from '../verb.ts'
import { connectionWords } from './own-health.ts'
import { showHealth } from './queries.ts'

let broken = true
const failing = verb('test.fail', {
  permission: 'system',
  input: z.object({}),
  run: async (ctx) => {
    if (broken) throw new Error('the moon is in the way')
    return ctx.unchanged(null)
  },
})

let house: TestHouse
let item: HealthItem | Error | null = null
beforeAll(async () => {
  house = await testHouse({
    ...toy,
    features: [
      ...toy.features,
      {
        name: 'weather',
        verbs: [failing],
        health: async () => {
          if (item instanceof Error) throw item
          return item ? [item] : []
        },
      },
    ],
  })
})
afterAll(() => house.close())

const items = async () => (await house.ask(showHealth, responder, {})).items
const about = async (what: string) => (await items()).filter((i) => i.what.startsWith(what))
const queue = (key: string, at: Temporal.Instant, name = failing.name) =>
  house.platform.db.insertInto('due').values({ key, at, verb: name, input: '{}' }).execute()

describe('what is told on the floor', () => {
  it('when nothing is wrong: the work and the database', async () => {
    const found = await items()
    expect(found.filter((i) => i.state !== 'ok')).toEqual([])
    expect(found.map((i) => i.what)).toEqual(expect.arrayContaining(['Due work', 'Database']))
  })

  it('work that is late, and since when', async () => {
    await queue('late', house.clock.now().subtract({ seconds: 40 }), 'page.advance')
    expect(await about('Due work')).toEqual([
      {
        what: 'Due work',
        state: 'bad',
        detail: expect.stringMatching(/^The oldest \(page\.advance\) is 40 s late: .*role worker/),
        since: house.clock.now().subtract({ seconds: 40 }),
      },
    ])
    await house.platform.db.deleteFrom('due').where('key', '=', 'late').execute()
  })

  it('work that fails again and again, by what it is, until it is done', async () => {
    for (const key of ['a', 'b']) await queue(key, house.clock.now())
    await house.advance({ seconds: 20 })
    expect(await about('Due work test.fail')).toEqual([
      expect.objectContaining({ state: 'bad', detail: expect.stringMatching(/^2 are stuck after \d tries.*moon/) }),
    ])
    broken = false
    await house.advance({ minutes: 1 })
    expect(await about('Due work test.fail')).toEqual([])
  })

  it('a clock that was set back', async () => {
    await house.platform.db
      .insertInto('events')
      .values({
        id: crypto.randomUUID(),
        at: house.clock.now(),
        type: 'jar.filled',
        actor_kind: 'system',
        actor_name: 'x',
        subject: 'jar:1',
        about: ['jar:1'],
        audience: 'internal',
        data: '{}',
      })
      .execute()
    const was = house.clock.now()
    house.clock.step(was.subtract({ hours: 1 }))
    expect(await about('Clock')).toEqual([
      expect.objectContaining({
        state: 'warn',
        detail: expect.stringMatching(/60 min from now: the clock .* set back/),
      }),
    ])
    house.clock.step(was)
    expect(await about('Clock')).toEqual([])
  })

  it('what a feature has to say, and that it could not say it', async () => {
    item = { what: 'Rain', state: 'warn', detail: 'It rains in.', since: house.clock.now() }
    expect(await about('Rain')).toEqual([item])
    item = new Error('the barometer broke')
    expect(await about('Self-check of weather')).toEqual([
      {
        what: 'Self-check of weather',
        state: 'unknown',
        detail: 'It could not be made: the barometer broke',
        since: null,
      },
    ])
    expect(await about('Database')).toHaveLength(1)
    item = Object.assign(new Error('no connection'), { code: '57P01' })
    await expect(items()).rejects.toMatchObject({ code: '57P01' })
    item = null
  })

  it('to everybody at the desk, and to nobody else', async () => {
    const ask = (bearer: string) =>
      house.ask(
        showHealth,
        bearer === 'nobody' ? { kind: 'nobody' } : ({ ...responder, role: 'requester' } as never),
        {},
      )
    for (const who of ['nobody', 'requester']) await expect(ask(who)).rejects.toBeInstanceOf(AppError)
  })
})

describe('connections of PostgreSQL', () => {
  it.each([
    [33, 97, null],
    [77, 97, null],
    [78, 97, /^78 of the 97 connections .* takes up to 33: raise max_connections, or run fewer processes\.$/],
  ])('%d of %d', (used, most, says) => {
    const found = connectionWords(used, most)
    if (says) expect(found).toMatchObject({ state: 'warn', detail: expect.stringMatching(says) })
    else expect(found).toBeNull()
  })
})

describe('a disk', () => {
  const at = (free: number) => diskWords({ folder: 'data', free, size: 250e9 })
  it.each([
    [100e9, 'ok', '100.0 GB of 250.0 GB are free on the disk of the data folder.'],
    [1.5e9, 'warn', '1.5 GB of 250.0 GB are free on the disk of the data folder.'],
    [300e6, 'bad', '300 MB of 250.0 GB are free on the disk of the data folder. Make room before it is full.'],
    [
      1e6,
      'bad',
      'The disk of the data folder (data) is full: nothing more can be kept. Make room; Watchfloor goes on by itself.',
    ],
  ])('with %d bytes free is %s', (free, state, detail) => expect(at(free)).toEqual({ state, detail }))
})

it('a time within a sentence has its zone, and its day when that is another', () => {
  const now = Temporal.Instant.from('2026-11-23T07:12:30Z')
  expect(timeWords(Temporal.Instant.from('2026-11-23T07:02:59Z'), now)).toBe('07:02 UTC')
  expect(timeWords(Temporal.Instant.from('2026-11-22T23:59:00Z'), now)).toBe('22 Nov 23:59 UTC')
})
