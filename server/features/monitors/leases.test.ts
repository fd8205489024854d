import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { scratchDatabase } from '../../../test/harness/database.ts'
import { wireTo } from '../../../test/harness/wire.ts'
import { createDb, createPool, type Db } from '../../platform/db/pool.ts'
import { createLog } from '../../platform/log.ts'
import { createLeases, type Leases, SHARDS } from './leases.ts'

const log = createLog('silent')
const times = { leaseMs: 1_000, beatMs: 150, eagerMs: 50 }
let database: Awaited<ReturnType<typeof scratchDatabase>>
let db: Db
const open: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  database = await scratchDatabase()
  db = createDb(createPool(database.url, 4, log))
})
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const join = async (via = db) => {
  const lost: number[] = []
  const leases = createLeases(via, randomUUID(), log, (shards) => lost.push(...shards), times)
  open.push(leases.stop)
  await leases.start()
  return Object.assign(leases, { lost })
}
const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 20 })
const sizes = (...all: Leases[]) => all.map((l) => l.held().length)
/** No shard in two hands, none in nobody's. */
const isWhole = (...all: Leases[]) =>
  expect(all.flatMap((l) => l.held()).sort((a, b) => a - b)).toEqual([...Array(SHARDS).keys()])

describe('shards of the monitors', () => {
  it('all belong to the only process, and are shared fairly with each that comes', async () => {
    const a = await join()
    expect(sizes(a)).toEqual([64])
    const b = await join()
    await until(() => expect(sizes(a, b)).toEqual([32, 32]))
    isWhole(a, b)
    expect(a.lost).toHaveLength(32)
    const c = await join()
    await until(() => {
      isWhole(a, b, c)
      expect(sizes(a, b, c).toSorted()).toEqual([20, 22, 22])
    })
  })

  it('go over at once when a process stops, under a new term', async () => {
    const a = await join()
    const b = await join()
    await until(() => expect(sizes(a, b)).toEqual([32, 32]))
    const [shard = 0] = a.held()
    const before = a.term(shard) ?? 0
    await a.stop()
    expect(a.term(shard)).toBeNull()
    await until(() => expect(sizes(b)).toEqual([64]))
    expect(b.term(shard)).toBeGreaterThan(before)
  })

  it('go over when a process is cut off, and not before it has stopped looking by itself', async () => {
    const proxy = await wireTo(database.url)
    open.push(proxy.stop)
    const pool = createPool(proxy.url, 4, log)
    const apart = createDb(pool)
    open.push(() => apart.destroy())
    const a = await join(apart)
    const b = await join()
    await until(() => expect(sizes(a, b)).toEqual([32, 32]))
    const theirs = a.held()
    await proxy.cut()
    const seen: string[] = []
    await until(() => {
      const own = theirs.filter((s) => a.term(s) !== null).length
      const other = theirs.filter((s) => b.term(s) !== null).length
      if (own > 0 && other > 0) seen.push(`${own} and ${other}`)
      expect([own, other]).toEqual([0, 32])
    })
    expect(seen).toEqual([])
    await proxy.restore()
    await until(() => isWhole(a, b))
    expect(a.lost.length).toBeGreaterThanOrEqual(32)
  })
})
