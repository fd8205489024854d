import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { readBacktest } from './backtest-input.ts'
import { inTurn } from './backtest-turn.ts'
import { loadDeadlines } from './deadline-rows.ts'
import { compared, replayAll } from './predict/backtest.ts'

/** The nights on record played again, over HTTP on a real database. Monday, 07:00 in London. */

let house: MonitorHouse
let [pnl, young] = ['', '']
beforeAll(async () => {
  house = await monitorHouse()
  const job = async (name: string, more: object) =>
    (await api('POST', '/jobs', { name, serviceId: house.orders, ...more })).id as string
  const feed = await job('FEED', { schedule: { kind: 'cron', expression: '0 22 * * 1-5', zone } })
  const waits = { condition: { kind: 'job', job: feed, is: 'succeeded', within: 'same-date' } }
  const report = await job('REPORT', { schedule: { kind: 'waits', zone }, waits })
  const fresh = await job('FRESH', { schedule: { kind: 'cron', expression: '0 22 * * 1-5', zone } })
  pnl = await deadline('EOD P&L', report, '23:10')
  young = await deadline('New one', fresh, '23:30')
  const night = async (back: number, feedTakes: number, reportTakes: number) => {
    const date = Temporal.PlainDate.from('2026-11-23').subtract({ days: back })
    if (date.dayOfWeek > 5) return
    const begun = date.toZonedDateTime({ timeZone: zone, plainTime: '22:00' }).toInstant()
    const at = (minutes: number) => begun.add({ minutes })
    const run = (job_id: string, from: number, to: number) => ({
      ...{ job_id, at: at(to), ended_at: at(to), started_at: at(from), run_id: randomUUID() },
      outcome: 'succeeded',
      host: 'prdbat01',
    })
    const rows = [run(feed, 0, feedTakes), run(report, feedTakes, feedTakes + reportTakes)]
    if (back < 8) rows.push(run(fresh, 0, 20))
    await house.platform.db.insertInto('chain_runs').values(rows).execute()
  }
  for (let back = 100; back > 0; back--) {
    const isMonday = back % 7 === 0
    await night(back, (isMonday ? 40 : 20) + (back % 3), (isMonday ? 35 : 25) + (back % 4))
  }
  await house.settle()
})
afterAll(() => house.close())

const zone = 'Europe/London'
type Who = MonitorHouse['responder']
const api = async (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object, who: Who = house.responder) => {
  const answer = await house.api(who, method, url, body)
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const deadline = async (name: string, jobId: string, time: string) =>
  (await api('POST', '/deadlines', { name, jobId, due: { kind: 'by', time, days: 0, zone } })).id as string

describe('a back-test', () => {
  it('says of the nights on record what a replay of them says', async () => {
    const found = await api('GET', `/chains/backtest?deadlineId=${pnl}`)
    expect(found).toMatchObject({ from: '2026-08-24', until: '2026-11-21', learn: 10, more: false })
    const [own] = await loadDeadlines(house.platform.db, [pnl])
    const asked = { from: found.from, until: found.until, now: house.clock.now().epochMilliseconds, room: 1_000_000 }
    const { input } = own ? await readBacktest(house.platform.db, own, asked) : { input: null }
    const replayed = input && replayAll(input)
    if (!replayed) throw new Error('Nothing was played again.')
    const { ours, baselines } = compared(replayed)
    expect(found.ours.pinball.p50).toBeCloseTo(ours.pinball.p50, 1)
    expect(found).toMatchObject({
      nights: ours.nights,
      misses: ours.misses,
      ours: { warned: ours.warned, falseAlarms: ours.falseAlarms },
      calibration: ours.calibration,
    })
    expect(found.baselines.map((one: { name: string }) => one.name)).toEqual(baselines.map((one) => one.name))
    // It is late on each Monday. Of the first ones nobody knew.
    expect([ours.nights, ours.misses]).toEqual([60, 12])
    expect(ours.warned).toBeGreaterThan(9)
    const missed = found.troubled.filter((one: { missed: boolean }) => one.missed)
    expect(missed).toHaveLength(ours.misses)
    expect(missed[0]).toMatchObject({ deadline: { name: 'EOD P&L' }, date: '2026-11-16' })
    expect(missed[0].warning.ours).toBeGreaterThan(missed[0].warning.lastTen ?? 0)
    // The lower the limit, the more alarms.
    const alarms = found.limits.map((one: { falseAlarms: number }) => one.falseAlarms)
    expect(alarms).toEqual(alarms.toSorted((a: number, b: number) => b - a))
  })

  it('judges the dates alone that were asked for, by its limit', async () => {
    await api('PATCH', `/deadlines/${pnl}`, { oddsLimit: 0.05 })
    const found = await api('GET', `/chains/backtest?deadlineId=${pnl}&from=2026-10-01&until=2026-10-31`)
    expect(found.deadlines).toMatchObject([{ limit: 0.05, nights: 22, misses: 4, leftOut: { unknown: 0, early: 0 } }])
    expect(found.ours.falseAlarms).toBe(found.limits[0].falseAlarms)
    await api('PATCH', `/deadlines/${pnl}`, { oddsLimit: null })
    const answers = [
      await house.api(house.responder, 'GET', '/chains/backtest?from=2026-11-01&until=2026-10-01'),
      await house.api(house.responder, 'GET', '/chains/backtest?from=2024-11-01&until=2026-10-01'),
      await house.api(house.responder, 'PATCH', `/deadlines/${pnl}`, { oddsLimit: 1 }),
    ]
    expect(answers.map((one) => [one.status, one.body.detail])).toEqual([
      [422, expect.stringContaining('must not be before from')],
      [422, expect.stringContaining('at most 400 days')],
      [422, expect.stringContaining('must be at most 0.95')],
    ])
  })

  it('says of too little history how much more it takes, and plays the others of a team', async () => {
    const found = await api('GET', `/chains/backtest?teamId=${house.teamId}`)
    const [first, second] = found.deadlines
    expect([first.deadline.name, first.why]).toEqual(['EOD P&L', null])
    expect(second).toMatchObject({ deadline: { id: young }, nights: 0 })
    expect(second.why).toBe(
      'Its last job ran on 5 nights so far. 10 are learnt from before any is judged, and 5 must be judged before anything can be said: that takes 10 more.',
    )
    expect(found.nights).toBe(first.nights)
  })

  it('of nothing is nothing, and what is not there is not found', async () => {
    const none = await api('GET', `/chains/backtest?teamId=${randomUUID()}`)
    expect(none).toMatchObject({ deadlines: [], nights: 0, baselines: [], limits: [], troubled: [] })
    expect((await house.api(house.responder, 'GET', `/chains/backtest?deadlineId=${randomUUID()}`)).status).toBe(404)
    expect((await house.api(house.stranger, 'GET', `/chains/backtest?deadlineId=${pnl}`)).status).toBe(200)
  })
})

describe('the turn of a back-test', () => {
  const who = (id: string) => ({ kind: 'key' as const, id, name: id, scopes: [] })
  const endless = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

  it('comes after that of others, and what somebody asks anew takes the place of what he asked before', async () => {
    const first = inTurn(who('a'), endless)
    const other = inTurn(who('b'), async () => 'b')
    const again = inTurn(who('a'), async () => 'a')
    await expect(first).rejects.toThrow('you asked for another back-test')
    expect(await Promise.all([other, again])).toEqual(['b', 'a'])
  })

  it('is refused where too many wait, until some have had theirs', async () => {
    const some = ['a', 'b', 'c', 'd'].map((id) => inTurn(who(id), endless))
    const ended = Promise.allSettled(some)
    await expect(inTurn(who('e'), async () => 'e')).rejects.toThrow('Ask again in a minute')
    const again = ['a', 'b', 'c', 'd'].map((id) => inTurn(who(id), async () => id))
    expect(await Promise.all(again)).toEqual(['a', 'b', 'c', 'd'])
    expect((await ended).map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
    expect(await inTurn(who('e'), async () => 'e')).toBe('e')
  })
})
