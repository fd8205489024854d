import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import type { SeenLook } from './apply-looks.ts'
import { applyLooks } from './apply-looks.ts'
import type { Outcome } from './judge.ts'

let house: MonitorHouse
beforeAll(async () => {
  // Nobody looks by himself here.
  house = await monitorHouse({ env: { ROLES: 'web' } })
})
afterAll(() => house.close())

const start = Temporal.Instant.from('2026-11-23T07:00:00Z').epochMilliseconds
const look = (monitorId: string, seconds: number, outcome: Outcome, more: Partial<SeenLook> = {}): SeenLook => ({
  monitorId,
  version: 1,
  at: start + seconds * 1000,
  outcome,
  ms: 5,
  code: outcome,
  message: `it is ${outcome}`,
  facts: [],
  timings: { connect: 1.5 },
  turn: { term: 1, seq: seconds },
  ...more,
})
const apply = (looks: SeenLook[]) =>
  house.platform.db.transaction().execute((tx) => applyLooks(tx, structuredClone(looks)))
const rows = (id: string) => house.platform.db.selectFrom('results').selectAll().where('monitor_id', '=', id).execute()
const make = () => house.monitor({ address: 'http://127.0.0.1:1/' })

describe('a batch of looks', () => {
  it('flips once, keeps what it saw, and says nothing new when it comes again', async () => {
    const id = await make()
    const batch = [
      look(id, 0, 'ok'),
      look(id, 10, 'failed'),
      look(id, 20, 'failed'),
      look(id, 30, 'failed', { sample: { body: 'no\u0000' } }),
    ]
    const first = await apply(batch)
    expect(first.counted).toEqual([true, true, true, true])
    expect(first.flips.map((f) => [f.flip, f.from, f.state])).toEqual([
      [1, null, 'up'],
      [2, 'up', 'down'],
    ])
    const kept = await house.spansOf(id)
    expect(kept).toEqual(['up 0..30', 'down 30..'])
    expect(await apply(batch)).toEqual({ flips: [], counted: [false, false, false, false] })
    expect(await house.spansOf(id)).toEqual(kept)
    expect(await rows(id)).toHaveLength(4)
    const state = await house.platform.db
      .selectFrom('monitor_states')
      .selectAll()
      .where('monitor_id', '=', id)
      .executeTakeFirst()
    expect(state?.last_failure).toMatchObject({ outcome: 'failed', sample: { body: 'no\ufffd' } })
  })

  it('of several monitors, of which one is gone', async () => {
    const [a, b] = [await make(), await make()]
    const { counted } = await apply([look(a, 0, 'ok'), look(crypto.randomUUID(), 0, 'failed'), look(b, 0, 'failed')])
    expect(counted).toEqual([true, false, true])
    expect(await rows(b)).toMatchObject([{ outcome: 'failed', message: 'it is failed', timings: { connect: 1.5 } }])
  })

  it('that comes late is kept and decides nothing', async () => {
    const id = await make()
    await apply([look(id, 60, 'ok', { turn: { term: 3, seq: 1 } })])
    const late = [10, 20, 30].map((s) => look(id, s, 'failed', { turn: { term: 2, seq: s } }))
    expect(await apply(late)).toEqual({ flips: [], counted: [false, false, false] })
    expect(await rows(id)).toHaveLength(4)
    expect(await house.stateOf(id)).toMatchObject({ state: 'up', looks: [] })
  })

  it('and one by hand in the same millisecond are two', async () => {
    const id = await make()
    await apply([look(id, 0, 'ok')])
    expect((await apply([look(id, 0, 'failed', { turn: null })])).counted).toEqual([true])
    expect(await rows(id)).toHaveLength(2)
  })

  it('and another in the opposite order do not wait for each other in a circle', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, make))
    const batches = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? ids : [...ids].reverse()).map((id) => look(id, n * 10, 'ok', { turn: { term: 1, seq: n + 1 } })),
    )
    await Promise.all(batches.map(apply))
    for (const id of ids) expect(await rows(id)).toHaveLength(20)
  })
})
