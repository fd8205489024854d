import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../test/harness/house.ts'
import { fillJar, responder, step, toy, waits } from '../../test/harness/toy.ts'
import { system } from './access.ts'
import { claimDue, extendLeases, holdClaim, LeaseLost, writeDue } from './due.ts'
import { execute } from './verb.ts'

let house: TestHouse
beforeEach(async () => {
  house = await testHouse(toy)
  // Periodic work would answer the same questions; it is left out here.
  await house.platform.db.deleteFrom('due').execute()
})
afterEach(() => house.close())

const events = (type: string) =>
  house.platform.db.selectFrom('events').selectAll().where('type', '=', type).orderBy('seq').execute()
const all = { rest: 10, ordinary: 10, flood: 10 }
const put = (key: string, at = house.clock.now(), more: object = {}) =>
  writeDue(house.platform.db, new Map([[key, { key, at, run: step, input: { n: 1, of: 1 }, ...more }]]))

describe('due work', () => {
  it('follows the pushed clock: 96 steps over eight hours, each at its own time', async () => {
    await put('jar:step', house.clock.now().add({ minutes: 5 }), { input: { n: 1, of: 96 } })
    await house.advance({ hours: 8 })
    const steps = await events('jar.filled')
    expect(steps).toHaveLength(96)
    expect(steps.map((e) => e.at.toString()).at(-1)).toBe('2026-11-23T15:00:00Z')
    expect(steps[0]?.at.toString()).toBe('2026-11-23T07:05:00Z')
  })

  it('replaces by key, and cancels by key', async () => {
    await put('a', house.clock.now().add({ minutes: 1 }))
    await put('a', house.clock.now().add({ minutes: 10 }))
    await put('b', house.clock.now().add({ minutes: 1 }))
    await writeDue(house.platform.db, new Map([['b', null]]))
    await house.advance({ minutes: 5 })
    expect(await events('jar.filled')).toHaveLength(0)
    await house.advance({ minutes: 6 })
    expect(await events('jar.filled')).toHaveLength(1)
  })

  it('is claimed by one worker alone, those that reach a person first', async () => {
    await put('flood', house.clock.now().subtract({ minutes: 2 }), { priority: 2 })
    await put('ordinary', house.clock.now().subtract({ minutes: 1 }))
    await put('person', house.clock.now(), { priority: 0 })
    await put('later', house.clock.now().add({ minutes: 3 }))
    const claim = async (rest: number, flood: number, ordinary = rest) => {
      const { rows, next } = await claimDue(house.platform.db, house.clock.now(), randomUUID(), {
        rest,
        ordinary,
        flood,
      })
      expect(next).toEqual(house.clock.now().add({ minutes: 3 }))
      return rows.map((r) => r.key)
    }
    // Where ordinary work has all of its room, what reaches a person still has some.
    expect(await claim(2, 0, 0)).toEqual(['person'])
    const [first = [], second = []] = await Promise.all([claim(1, 1), claim(1, 1)])
    expect([...first, ...second].sort()).toEqual(['flood', 'ordinary'])
    expect(await claim(all.rest, all.flood)).toEqual([])
  })

  it('of a process that died is free again when its lease runs out', async () => {
    await put('orphan')
    await claimDue(house.platform.db, house.clock.now(), randomUUID(), all)
    await house.settle()
    expect(await events('jar.filled')).toHaveLength(0)
    await sql`update due set lease_until = clock_timestamp() - interval '1 second'`.execute(house.platform.db)
    await house.settle()
    expect(await events('jar.filled')).toHaveLength(1)
  })

  it('of a process that froze and thaws does no harm: its claim is lost and everything rolls back', async () => {
    await put('frozen')
    const lease = randomUUID()
    await claimDue(house.platform.db, house.clock.now(), lease, all)
    await sql`update due set lease_until = clock_timestamp() - interval '1 second'`.execute(house.platform.db)
    await house.settle()
    expect(await events('jar.filled')).toHaveLength(1)
    const thawed = execute(house.platform, step, {
      actor: system,
      input: { n: 1, of: 1 },
      claim: { key: 'frozen', lease },
    })
    await expect(thawed).rejects.toBeInstanceOf(LeaseLost)
    expect(await events('jar.filled')).toHaveLength(1)
  })

  it('that takes long in its transaction lets the leases of all other work be extended', async () => {
    const db = house.platform.db
    await put('long')
    await put('other')
    const lease = randomUUID()
    await claimDue(db, house.clock.now(), lease, all)
    await sql`update due set lease_until = clock_timestamp() + interval '1 second'`.execute(db)
    await db.transaction().execute(async (tx) => {
      await holdClaim(tx, { key: 'long', lease })
      await extendLeases(
        db,
        ['long', 'other'].map((key) => ({ key, lease })),
      )
    })
    const { rows } = await sql<{ key: string }>`
      select key from due where lease_until > clock_timestamp() + interval '5 seconds'`.execute(db)
    expect(rows).toEqual([{ key: 'other' }])
  })

  it('that waits in the database leaves connections to whoever asks meanwhile', async () => {
    const keys = Array.from({ length: 40 }, (_, n) => `waits ${n}`)
    for (const key of keys) await put(key)
    const other = await house.platform.pool.connect()
    await other.query('begin; lock table events in exclusive mode')
    house.worker.start()
    const waiting = "select 1 from pg_locks where not granted and mode = 'RowExclusiveLock'"
    try {
      // As many as may run at once, none of which has ended.
      await expect.poll(async () => (await other.query(waiting)).rowCount).toBe(16)
      expect((await house.platform.pool.query('select 1 as answer')).rows).toEqual([{ answer: 1 }])
    } finally {
      await other.query('rollback')
      other.release()
    }
    await expect.poll(async () => (await events('jar.filled')).length).toBe(keys.length)
  })

  it('that fails is kept, with the reason, and tried again later', async () => {
    await put('bad', house.clock.now(), { input: { n: 'not a number' } })
    await house.settle()
    const [row] = await house.platform.db.selectFrom('due').selectAll().where('key', '=', 'bad').execute()
    expect(row).toMatchObject({ attempts: 1, lease: null })
    expect(row?.last_error).toContain('n:')
    expect(row?.at.toString()).toBe('2026-11-23T07:00:01Z')
  })

  it('that a stop interrupts has not failed: whoever comes next does it at once', async () => {
    await put('waits', house.clock.now(), { run: waits, input: {} })
    const row = () => house.platform.db.selectFrom('due').selectAll().where('key', '=', 'waits').executeTakeFirst()
    const { at } = (await row()) ?? {}
    house.worker.start()
    await expect.poll(async () => (await row())?.lease).not.toBeNull()
    await house.worker.stop()
    expect(await row()).toMatchObject({ at, attempts: 0, lease: null, lease_until: null, last_error: null })
  })

  it('a reaction left by a killed process runs, and a repeat of it changes nothing for the worse', async () => {
    await house.execute(fillJar, responder, { jar: 'killed' })
    const row = await house.platform.db.selectFrom('due').selectAll().executeTakeFirstOrThrow()
    await house.settle()
    await house.platform.db
      .insertInto('due')
      .values({ key: row.key, at: row.at, verb: row.verb, input: JSON.stringify(row.input) })
      .execute()
    await house.settle()
    expect(
      await house.platform.db.selectFrom('settings').selectAll().where('name', 'like', 'noticed:%').execute(),
    ).toHaveLength(1)
  })
})
