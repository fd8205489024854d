import { describe, expect, it } from 'vitest'
import { plusMillis, pushedClock } from '../../platform/clock.ts'
import { createRota } from './rota.ts'

const start = Temporal.Instant.from('2026-11-23T07:00:00Z')
const item = (id: string, intervalSeconds = 10) => ({ id, intervalSeconds })
type Item = ReturnType<typeof item>

const setUp = (mostAtOnce?: number) => {
  const clock = pushedClock(start)
  const begun: { id: string; at: number }[] = []
  const ends = new Map<string, () => void>()
  let missed = 0
  const late: number[] = []
  const rota = createRota<Item>(
    clock,
    (i) => {
      begun.push({ id: i.id, at: clock.now().epochMilliseconds - start.epochMilliseconds })
      return i.id.startsWith('hangs') ? new Promise<void>((end) => ends.set(i.id, end)) : Promise.resolve()
    },
    { late: (ms) => late.push(ms), missed: () => missed++ },
    mostAtOnce,
  )
  /** Pushes the clock from timer to timer. */
  const pass = async (seconds: number) => {
    const target = plusMillis(clock.now(), seconds * 1000)
    for (let next = clock.next(); next && Temporal.Instant.compare(next, target) <= 0; next = clock.next()) {
      clock.set(next)
      await new Promise((done) => setImmediate(done))
    }
    clock.set(target)
    await new Promise((done) => setImmediate(done))
  }
  return { clock, rota, begun, ends, late, pass, missed: () => missed }
}
const of = (begun: { id: string; at: number }[], id: string) => begun.filter((b) => b.id === id).map((b) => b.at)

describe('whose turn it is', () => {
  it('comes round exactly every interval, and the clock is asked for nothing between', async () => {
    const { clock, rota, begun, late, pass } = setUp()
    rota.put(item('a'), false)
    const first = clock.next()
    await pass(60)
    const turns = of(begun, 'a')
    expect(turns).toHaveLength(6)
    expect(turns[0]).toBe((first?.epochMilliseconds ?? 0) - start.epochMilliseconds)
    for (const [i, at] of turns.entries()) if (i > 0) expect(at - (turns[i - 1] ?? 0)).toBe(10_000)
    expect(Math.max(...late)).toBe(0)
  })

  it('is now for a new one, and never for one that was taken away', async () => {
    const { rota, begun, pass } = setUp()
    const [a, b] = [item('a'), item('b')]
    rota.put(a, true)
    rota.put(b, true)
    rota.remove(b)
    rota.tick()
    await pass(0)
    expect(begun).toEqual([{ id: 'a', at: 0 }])
    rota.remove(a)
    await pass(60)
    expect(begun).toHaveLength(1)
  })

  it('is missed by what hangs, and delayed for nobody else', async () => {
    const { rota, begun, ends, pass, missed } = setUp()
    rota.put(item('hangs'), true)
    rota.put(item('b'), true)
    rota.tick()
    await pass(0)
    await pass(30)
    expect(of(begun, 'hangs')).toEqual([0])
    expect(of(begun, 'b')).toHaveLength(4)
    expect(missed()).toBe(3)
    ends.get('hangs')?.()
    await pass(10)
    expect(of(begun, 'hangs')).toHaveLength(2)
  })

  it('waits in line when too many are under way', async () => {
    const { rota, begun, ends, pass } = setUp(2)
    for (const id of ['hangs 1', 'hangs 2', 'hangs 3', 'd']) rota.put(item(id), true)
    rota.tick()
    expect(begun.map((b) => b.id)).toEqual(['hangs 1', 'hangs 2'])
    expect(rota.state()).toMatchObject({ underWay: 2, waiting: 2 })
    ends.get('hangs 1')?.()
    await pass(0)
    expect(begun.map((b) => b.id)).toEqual(['hangs 1', 'hangs 2', 'hangs 3'])
    ends.get('hangs 2')?.()
    await pass(0)
    expect(begun.at(-1)?.id).toBe('d')
    ends.get('hangs 3')?.()
    await rota.idle()
    expect(rota.state()).toMatchObject({ underWay: 0, waiting: 0 })
  })

  it('goes on after the clock was stepped back', async () => {
    const { clock, rota, begun, pass } = setUp()
    rota.put(item('a'), false)
    await pass(30)
    clock.step(plusMillis(clock.now(), -3_600_000))
    rota.tick()
    const before = begun.length
    await pass(30)
    expect(begun.length - before).toBe(3)
  })

  it('never comes again once it was stopped', async () => {
    const { clock, rota, begun, pass } = setUp()
    rota.put(item('a'), false)
    rota.stop()
    expect(clock.next()).toBeNull()
    await pass(60)
    expect(begun).toEqual([])
  })
})
