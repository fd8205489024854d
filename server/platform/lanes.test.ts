import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLanes, LANES, laneOf } from './lanes.ts'
import { createLog } from './log.ts'

const log = createLog('silent')
const letThrough = () => new Promise((done) => setImmediate(done))
const conflict = () => Object.assign(new Error('Written by somebody else.'), { code: '40001' })

it.each([
  ['ids', () => crypto.randomUUID()],
  ['numbers', (i: number) => `cpu-${i}`],
  ['what has a word twice', (i: number) => `disk h${i} on h${i}`],
  ['what differs in front alone', (i: number) => `${i}.example.com/disk`],
])('%s are spread over the lanes', (_what, nameOf) => {
  const counts = Array.from({ length: LANES }, () => 0)
  for (let i = 0; i < 2_000; i++) counts[laneOf(nameOf(i))] = (counts[laneOf(nameOf(i))] ?? 0) + 1
  for (const count of counts) expect(count / (2_000 / LANES)).toBeGreaterThan(0.8)
})

it('what is of one thing is written in its order, never by two at once, and some things beside others', async () => {
  let side = 0
  let clashes = 0
  const step = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), turns: fc.nat(3), fails: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const written = new Map<string, number[]>()
      const busy = new Set<string>()
      type Item = { n: number; name: string; turns: number; fails: boolean }
      const write = async (items: Item[], { again }: { again: boolean }) => {
        const names = new Set(items.map((i) => i.name))
        if (busy.size > 0) side++
        for (const name of names) {
          if (busy.has(name)) clashes++
          busy.add(name)
        }
        try {
          for (let i = 0; i < (items[0]?.turns ?? 0); i++) await letThrough()
          if (!again && items.some((i) => i.fails)) throw conflict()
          for (const { name, n } of items) written.set(name, [...(written.get(name) ?? []), n])
          return items.map((i) => i.n)
        } finally {
          for (const name of names) busy.delete(name)
        }
      }
      const lanes = createLanes('test', log, write, 3)
      const answers = await Promise.all(
        steps.map(async (s, n) => {
          if (s.turns === 0) await letThrough()
          return lanes.put(laneOf(s.name), { ...s, n })
        }),
      )
      expect(answers).toEqual(steps.map((_, n) => n))
      const byTurn = (isLater: boolean, name: string) =>
        steps.flatMap((s, n) => (s.name === name && (s.turns === 0) === isLater ? [n] : []))
      for (const [name, ns] of written) expect(ns).toEqual([...byTurn(false, name), ...byTurn(true, name)])
    }),
    { numRuns: 60 },
  )
  expect(clashes).toBe(0)
  expect(side).toBeGreaterThan(0)
})

it('what is in the way for good is told, after some tries', async () => {
  const tries: boolean[] = []
  const lanes = createLanes(
    'test',
    log,
    async (_items: string[], { again }) => {
      tries.push(again)
      throw conflict()
    },
    10,
  )
  await expect(lanes.put(0, 'x')).rejects.toThrow('Written by somebody else.')
  expect(tries).toEqual([false, true, true, true])
  expect(lanes.waiting()).toBe(0)
  await lanes.idle()
})
