import { type Kysely, sql } from 'kysely'
import type { Instant } from '../clock.ts'
import type { DB } from './schema.gen.ts'

export type Partitioned = {
  table: string
  unit: 'day' | 'month'
  /** Partitions made ahead of now, in units. */
  ahead: number
  /** Days after which whole partitions are dropped; null keeps them for ever. */
  keepDays: number | null
}

export type Range = { name: string; from: string; to: string }

const PARTITION_LOCK = 928_200_003

/** The partitions that should exist around `now`: the current one, one before (late writers, clock steps) and `ahead`. */
export const wantedPartitions = (p: Partitioned, now: Instant): Range[] => {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const start = p.unit === 'day' ? today : today.with({ day: 1 })
  const step = p.unit === 'day' ? { days: 1 } : { months: 1 }
  return Array.from({ length: p.ahead + 2 }, (_, i) => {
    const from = times(start, step, i - 1)
    const suffix = from
      .toString()
      .slice(0, p.unit === 'day' ? 10 : 7)
      .replaceAll('-', '')
    return { name: `${p.table}_p${suffix}`, from: `${from}T00:00:00Z`, to: `${from.add(step)}T00:00:00Z` }
  })
}

const times = (start: Temporal.PlainDate, step: { days?: number; months?: number }, n: number) =>
  start.add({ days: (step.days ?? 0) * n, months: (step.months ?? 0) * n })

/**
 * Makes what is missing and drops what is past its retention, in the caller's transaction and under a lock, so that
 * processes do it in turn. Rows that landed in the default partition, because the clock had jumped, are moved home.
 */
export const maintainPartitions = async (db: Kysely<DB>, tables: Partitioned[], now: Instant) => {
  await sql`select pg_advisory_xact_lock(${sql.lit(PARTITION_LOCK)})`.execute(db)
  const made: string[] = []
  const dropped: string[] = []
  for (const p of tables) {
    const existing = await existingPartitions(db, p.table)
    for (const range of wantedPartitions(p, now)) {
      if (existing.includes(range.name)) continue
      await makePartition(db, p.table, range)
      made.push(range.name)
    }
    for (const name of expired(p, existing, now)) {
      await sql`drop table if exists ${sql.id(name)}`.execute(db)
      dropped.push(name)
    }
  }
  return { made, dropped }
}

const existingPartitions = async (db: Kysely<DB>, table: string): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${table}::regclass`.execute(db)
  return rows.map((r) => r.name)
}

const makePartition = async (db: Kysely<DB>, table: string, range: Range) => {
  const fallback = sql.id(`${table}_default`)
  const moved = sql.id(`moved_${range.name}`)
  const inRange = sql`at >= ${range.from}::timestamptz and at < ${range.to}::timestamptz`
  await sql`create temporary table ${moved} on commit drop as select * from ${fallback} where ${inRange}`.execute(db)
  await sql`delete from ${fallback} where ${inRange}`.execute(db)
  await sql`create table if not exists ${sql.id(range.name)} partition of ${sql.id(table)}
    for values from (${sql.lit(range.from)}) to (${sql.lit(range.to)})`.execute(db)
  await sql`insert into ${sql.id(table)} select * from ${moved}`.execute(db)
}

const expired = (p: Partitioned, existing: string[], now: Instant): string[] => {
  if (p.keepDays === null) return []
  const oldest = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: p.keepDays })
  const edge = p.unit === 'day' ? oldest : oldest.with({ day: 1 })
  const suffix = edge
    .toString()
    .slice(0, p.unit === 'day' ? 10 : 7)
    .replaceAll('-', '')
  return existing.filter((name) => name.startsWith(`${p.table}_p`) && name.slice(p.table.length + 2) < suffix)
}
