import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Condition } from '../../../contract/jobs/waits.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { type Before, mayStart, type Waiting } from './may-start.ts'

/** Jobs with a time and something to wait for beside it. Monday, 07:00 in London. */

describe('a job that is due', () => {
  const HOUR = 3_600_000
  const due = 100 * HOUR
  const now = due + HOUR
  const fresh: Before = {
    outcome: 'success',
    lastAt: due - HOUR,
    lastExit: 0,
    open: [],
    dueAt: due + 23 * HOUR,
    missedAt: null,
    pings: 9,
    paused: false,
    hold: 'none',
  }
  const run = { run: 'r', rid: null, at: due - HOUR, due: null, long: false }
  const s = (job: string, within: Extract<Condition, { kind: 'job' }>['within'] = 'ever'): Condition => ({
    kind: 'job',
    job,
    is: 'succeeded',
    within,
  })
  const is = (job: string, what: Extract<Condition, { kind: 'job' }>['is']): Condition => ({
    kind: 'job',
    job,
    is: what,
    within: 'ever',
  })
  const look = (own: Partial<Waiting>, A: Partial<Before> | null = {}, at = now) => {
    const may = mayStart(
      { due, lastStart: due - 24 * HOUR, hold: 'none', box: null, condition: null, ...own },
      (name) =>
        name === 'A' && A ? { ...fresh, ...A } : name === 'B' ? { ...fresh, lastAt: due + 60_000 } : undefined,
      at,
    )
    return may.is === 'free' ? may.since : may.is
  }
  const ever = Number.NEGATIVE_INFINITY

  it.each<[string, Partial<Waiting>, Partial<Before> | null, number | string]>([
    ['waits for nothing', {}, {}, ever],
    ['waits for what has ended', { condition: s('A') }, {}, due - HOUR],
    ['waits for what runs, though it ran well before', { condition: s('A') }, { open: [run] }, 'blocked'],
    ['waits for what failed', { condition: s('A') }, { outcome: 'fail' }, 'blocked'],
    ['waits for its failure', { condition: is('A', 'failed') }, { outcome: 'fail' }, due - HOUR],
    ['waits for its end', { condition: is('A', 'done') }, { outcome: 'fail' }, due - HOUR],
    ['must not run beside it', { condition: is('A', 'not-running') }, { open: [run] }, 'blocked'],
    ['waits for both', { condition: { kind: 'all', of: [s('A'), s('B')] } }, {}, due + 60_000],
    ['waits for one', { condition: { kind: 'any', of: [s('A'), s('B')] } }, { open: [run] }, due + 60_000],
    [
      'waits for an exit status',
      { condition: { kind: 'exit', job: 'A', compare: '>', code: 4, within: 'ever' } },
      {},
      'blocked',
    ],
    ['waits for one of its date, which is due', { condition: s('A', 'same-date') }, { dueAt: due }, 'blocked'],
    ['waits for one of its date, which is missing', { condition: s('A', 'same-date') }, { missedAt: due }, 'blocked'],
    [
      'waits for one of its date, and the last is of another',
      { condition: s('A', 'same-date') },
      { dueAt: null, lastAt: due - 25 * HOUR },
      'blocked',
    ],
    ['waits for one in the last hour', { condition: s('A', { seconds: 3_600 }) }, {}, 'blocked'],
    ['waits for one since its own', { condition: s('A', 'own-last-run') }, { lastAt: due - 30 * HOUR }, 'blocked'],
    ['waits for what nobody knows', { condition: s('GONE') }, {}, ever],
    ['waits for what never pinged', { condition: s('A') }, { pings: 0, lastAt: null, outcome: null }, ever],
    ['waits for what is paused here', { condition: s('A') }, { paused: true, outcome: 'fail' }, ever],
    ['waits for what is held', { condition: s('A') }, { hold: 'held' }, 'blocked'],
    ['waits for what is on ice', { condition: s('A') }, { hold: 'iced', outcome: 'fail' }, ever],
    ['is held', { hold: 'held' }, {}, 'away'],
    ['is on ice', { hold: 'iced' }, {}, 'away'],
    ['is in a box on ice', { box: 'A' }, { hold: 'iced' }, 'away'],
    ['is in a box that has not begun', { box: 'A' }, {}, 'blocked'],
    ['is in a box that runs', { box: 'A' }, { open: [run] }, run.at],
    ['is in a box that nobody tells of', { box: 'A' }, { pings: 0 }, ever],
  ])('and %s', (_, own, a, expected) => {
    expect(look(own, a)).toBe(expected)
  })

  it('is told after a day, whatever it waits for', () => {
    expect(look({ condition: s('A') }, { outcome: 'fail' }, due + 25 * HOUR)).toBe(ever)
  })
})

describe('on a real database', () => {
  let house: MonitorHouse
  beforeAll(async () => {
    house = await monitorHouse()
  })
  afterAll(() => house.close())
  const zone = 'Europe/London'
  const at = (time: string) => ({ kind: 'cron', expression: `${time} * * *`, zone })
  const job = async (name: string, schedule: object, more: object = {}): Promise<string> => {
    const given = { name, serviceId: house.orders, schedule, graceSeconds: 120, maxRunSeconds: null, ...more }
    const made = await house.api(house.responder, 'POST', '/jobs', given)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    return made.body.id
  }
  const state = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body.state
  const ping = async (path: string) => expect((await house.http.inject({ url: `/ping/${path}` })).statusCode).toBe(200)
  const succeeded = (name: string) => ({
    condition: { kind: 'job', job: name, is: 'succeeded', within: 'same-date' },
  })

  it('a slow predecessor makes nothing missing; when it is done, the grace begins', async () => {
    const prices = await job('Prices', at('5 7'), { slug: 'prices' })
    const calc = await job('Calc', at('10 7'), { waits: succeeded('prices') })
    const alone = await job('Alone', at('10 7'))
    const held = await job('Held', at('10 7'), { waits: { hold: 'held' } })
    // Its members are heard of; of a box itself nobody tells, unless its scheduler does.
    const box = await job('Box', at('10 7'), { waits: { isBox: true } })
    const told = await job('Box that is told of', at('10 7'), { waits: { isBox: true } })
    await ping(told)
    await house.advance({ minutes: 6 })
    await ping(`${prices}/start`)
    await house.advance({ minutes: 24 })
    expect([await state(calc), await state(alone), await state(held)]).toEqual(['late', 'missing', 'new'])
    expect([await state(box), await state(told)]).toEqual(['new', 'missing'])
    await ping(prices)
    await house.advance({ minutes: 1 })
    expect(await state(calc)).toBe('late')
    await house.advance({ minutes: 2 })
    expect(await state(calc)).toBe('missing')
    await ping(calc)
    expect(await state(calc)).toBe('ok')
  })
})
