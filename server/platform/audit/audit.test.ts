import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { toy } from '../../../test/harness/toy.ts'
import { system } from '../access.ts'
import { seal } from './seal.ts'
import { verifyLog } from './verify.ts'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse(toy)
})
afterAll(() => house.close())

let written = 0
const write = async (count: number) => {
  for (let n = 0; n < count; n++)
    await house.platform.db
      .insertInto('events')
      .values({
        id: crypto.randomUUID(),
        at: house.clock.now(),
        type: 'jar.filled',
        actor_kind: 'user',
        actor_id: 'u1',
        actor_name: 'Priya N.',
        subject: `jar:${++written}`,
        about: [`jar:${written}`],
        audience: 'internal',
        data: JSON.stringify({ of: written }),
      })
      .execute()
}
const unsealed = async () => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from events e where not exists
      (select from event_seals s where (s.upto_xid, s.upto_seq) >= (e.xid, e.seq) and s.number >= coalesce((select max(number) from event_seals where events = 0), 0))`.execute(
    house.platform.db,
  )
  return rows[0]?.n
}
/** What is written elsewhere on the same PostgreSQL may hold it up for a moment. */
const sealNow = () =>
  expect
    .poll(async () => {
      await house.execute(seal.verb, system, {})
      return unsealed()
    })
    .toBe(0)
const verify = async () => {
  const seen = []
  for (let after: number | null = 0; after !== null; ) {
    const found: Awaited<ReturnType<typeof once>> = await once(after)
    seen.push(found)
    after = found.next
  }
  return {
    seals: seen.reduce((sum, s) => sum + s.seals, 0),
    events: seen.reduce((sum, s) => sum + s.events, 0),
    broken: seen.at(-1)?.broken ?? null,
  }
}
const once = (after: number) => house.ask(verifyLog, system, { after })
const spoil = (statement: string) => sql.raw(statement).execute(house.platform.db)

describe('the sealed log', () => {
  it('is right as it was written, seal by seal', async () => {
    expect(await verify()).toEqual({ seals: 0, events: 0, broken: null })
    await write(3)
    await sealNow()
    await write(2)
    await sealNow()
    await write(1)
    const found = await verify()
    expect(found).toMatchObject({ broken: null })
    expect(found.seals).toBeGreaterThanOrEqual(2)
    expect(found.events).toBeGreaterThanOrEqual(5)
  })

  it.each([
    [
      'an event was changed',
      `update events set data = '{"of": 99}' where subject = 'jar:2'`,
      'An event under this seal, or a seal, was changed.',
    ],
    [
      'another is said to have done it',
      `update events set actor_id = 'u2' where subject = 'jar:4'`,
      'An event under this seal, or a seal, was changed.',
    ],
    [
      'an event was taken out',
      `delete from events where subject = 'jar:5'`,
      '^1 of \\d+ events under this seal are missing',
    ],
    [
      'an event was put in',
      `insert into events (id, xid, seq, at, type, actor_kind, actor_name, subject, about, audience, data)
        select gen_random_uuid(), xid, -1, at, type, actor_kind, actor_name, 'jar:0', about, audience, data from events where subject = 'jar:3'`,
      'were not there when it was made',
    ],
    [
      'a seal was written anew',
      `update event_seals set hash = repeat('0', 64) where number = (select max(number) from event_seals)`,
      'was changed',
    ],
  ])('tells that %s', async (_what, statement, why) => {
    await write(2)
    await sealNow()
    const tables = ['events', 'event_seals']
    for (const table of tables) await spoil(`create table kept_${table} as table ${table}`)
    await spoil(statement)
    const { broken } = await verify()
    expect(broken?.why).toMatch(new RegExp(why))
    expect(broken?.to).toBeDefined()
    for (const table of tables) {
      await spoil(`delete from ${table}`)
      await spoil(
        `insert into ${table} ${table === 'event_seals' ? 'overriding system value' : ''} select * from kept_${table}`,
      )
      await spoil(`drop table kept_${table}`)
    }
    expect((await verify()).broken).toBeNull()
  })

  it('goes by the numbers of transactions, not by their digits', async () => {
    await write(3)
    // As if the next digit had come: 999, 1000.
    await spoil(`update events set xid = '8'::xid8 where subject = 'jar:${written - 2}'`)
    await spoil(`update events set xid = '9'::xid8 where subject = 'jar:${written - 1}'`)
    await spoil(`update events set xid = '10'::xid8 where subject = 'jar:${written}'`)
    await spoil(`delete from events where xid > '10'::xid8`)
    await spoil('truncate event_seals')
    await house.execute(seal.verb, system, {})
    expect(await verify()).toEqual({ seals: 1, events: 3, broken: null })
    await write(2)
    await sealNow()
    // One more, where something else on this PostgreSQL held the first one up.
    const { seals, ...found } = await verify()
    expect(found).toEqual({ events: 5, broken: null })
    expect(seals).toBeGreaterThanOrEqual(2)
  })

  it('begins anew where a backup was restored: with new numbers of transactions, on top of the hash before', async () => {
    await spoil(`insert into event_seals (at, upto_xid, upto_seq, events, hash)
      select now(), '0', 0, 0, hash from event_seals order by number desc limit 1`)
    await spoil(`update events set xid = pg_current_xact_id()`)
    expect(await verify()).toEqual({ seals: 0, events: 0, broken: null })
    await write(1)
    await sealNow()
    const found = await verify()
    expect(found.broken).toBeNull()
    expect(found.seals).toBeGreaterThanOrEqual(1)
    expect(found.events).toBeGreaterThan(4)
  })

  it('is asked for seal by seal; a number that is none is refused', async () => {
    await expect(once(1_000_000)).rejects.toThrow('after')
  })
})
