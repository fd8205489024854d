import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ScratchDatabase, scratchDatabase } from '../../../test/harness/database.ts'
import { partitioned } from '../housekeeping.ts'
import { createLog } from '../log.ts'
import { maintainPartitions, type Partitioned, wantedPartitions } from './partitions.ts'
import { createDb, createPool, type Db } from './pool.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const days: Partitioned = { table: 'journal', unit: 'day', ahead: 2, keepDays: 14 }
const months: Partitioned = { table: 'events', unit: 'month', ahead: 2, keepDays: null }

describe('the partitions that should be there', () => {
  it.each<[string, Partitioned, string[]]>([
    [
      '2026-11-23T07:00:00Z',
      days,
      ['journal_p20261122', 'journal_p20261123', 'journal_p20261124', 'journal_p20261125'],
    ],
    [
      '2026-12-31T23:59:59Z',
      days,
      ['journal_p20261230', 'journal_p20261231', 'journal_p20270101', 'journal_p20270102'],
    ],
    ['2028-02-29T00:00:00Z', months, ['events_p202801', 'events_p202802', 'events_p202803', 'events_p202804']],
    ['2026-12-31T23:59:59Z', months, ['events_p202611', 'events_p202612', 'events_p202701', 'events_p202702']],
  ])('at %s', (now, of, names) => {
    const wanted = wantedPartitions(of, instant(now))
    expect(wanted.map((r) => r.name)).toEqual(names)
    // Without a gap between them.
    for (const [i, range] of wanted.entries()) if (i > 0) expect(range.from).toBe(wanted[i - 1]?.to)
  })
})

describe('keeping them', () => {
  let database: ScratchDatabase
  let db: Db
  beforeAll(async () => {
    database = await scratchDatabase()
    db = createDb(createPool(database.url, 4, createLog('silent')))
  })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })
  const keep = (now: string) => db.transaction().execute((tx) => maintainPartitions(tx, partitioned, instant(now)))
  const record = (at: string) =>
    sql`insert into events (id, at, type, actor_kind, actor_name, subject, about, audience, data)
      values (${randomUUID()}, ${at}, 'jar.filled', 'system', 'Watchfloor', 'jar:a', '{}', 'internal', '{}')`.execute(
      db,
    )
  const journal = (at: string) =>
    sql`insert into journal (source_id, at, id, content_type, headers, body, outcome, signals)
      values (${randomUUID()}, ${at}, ${randomUUID()}, '', '{}', '{}', 'read', 0)`.execute(db)
  const where = async (table: 'events' | 'journal') => {
    const { rows } = await sql<{ at: Temporal.Instant; place: string }>`
      select at, tableoid::regclass::text as place from ${sql.table(table)} order by at`.execute(db)
    return rows.map(({ at, place }) => `${at.toString().slice(0, 10)} ${place}`)
  }

  it('makes those of now and ahead once, whoever asks, and two at the same time', async () => {
    const answers = await Promise.all([keep('2026-11-23T07:00:00Z'), keep('2026-11-23T07:00:00Z')])
    const made = answers.flatMap((a) => a.made)
    expect(new Set(made).size).toBe(made.length)
    expect(made).toContain('journal_p20261130')
    expect(await keep('2026-11-23T08:00:00Z')).toEqual({ made: [], dropped: [] })
    await record('2026-11-23T07:00:00Z')
    // What comes in over midnight finds its place, and so does what comes in late.
    for (const at of ['2026-11-22T23:59:59.999Z', '2026-11-23T23:59:59.999Z', '2026-11-24T00:00:00Z']) await journal(at)
    expect(await where('journal')).toEqual([
      '2026-11-22 journal_p20261122',
      '2026-11-23 journal_p20261123',
      '2026-11-24 journal_p20261124',
    ])
  })

  it('drops facts whole once they are past their time, and keeps events', async () => {
    expect((await keep('2026-12-06T12:00:00Z')).dropped).toEqual([])
    expect((await keep('2026-12-07T12:00:00Z')).dropped).toEqual(['journal_p20261122'])
    expect(await where('journal')).toEqual(['2026-11-23 journal_p20261123', '2026-11-24 journal_p20261124'])
    const { dropped } = await keep('2029-01-01T00:00:00Z')
    expect(dropped).toContain('journal_p20261124')
    expect(dropped.filter((name) => name.startsWith('event'))).toEqual([])
    expect(await where('events')).toEqual(['2026-11-23 events_p202611'])
  })

  it('takes what came when no partition was there, because a clock had jumped, and moves it home', async () => {
    await record('2031-06-15T12:00:00Z')
    await record('2031-07-15T12:00:00Z')
    expect((await where('events')).slice(1)).toEqual(['2031-06-15 events_default', '2031-07-15 events_default'])
    await keep('2031-06-15T12:00:00Z')
    expect((await where('events')).slice(1)).toEqual(['2031-06-15 events_p203106', '2031-07-15 events_p203107'])
  })

  it('is of tables that a cluster could spread: whose it is leads the key, the time is in it, nothing refers out', async () => {
    const facts = partitioned.filter((p) => p.keepDays !== null).map((p) => p.table)
    const { rows } = await sql<{ name: string; key: string[]; foreign: number }>`
      select c.relname as name,
        (select array_agg(a.attname::text order by k.i) from pg_constraint p
           cross join unnest(p.conkey) with ordinality as k(n, i)
           join pg_attribute a on a.attrelid = p.conrelid and a.attnum = k.n
           where p.conrelid = c.oid and p.contype = 'p') as key,
        (select count(*)::int from pg_constraint f where f.conrelid = c.oid and f.contype = 'f') as "foreign"
      from pg_class c where c.relname = any(${facts}::text[])`.execute(db)
    expect(rows).toHaveLength(facts.length)
    for (const { name, key, foreign } of rows) {
      expect(key, name).toContain('at')
      expect(key[0], name).toMatch(/^(source|monitor|job|deadline)_id$/)
      expect(foreign, name).toBe(0)
    }
  })
})
