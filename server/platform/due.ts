import { sql } from 'kysely'
import type { Instant } from './clock.ts'
import type { Db } from './db/pool.ts'
import { prepared } from './db/prepared.ts'
import { withoutNul } from './text.ts'

/** 0 reaches a person, 1 is ordinary, 2 is part of a flood. */
export type Priority = 0 | 1 | 2

/** A thing that can be due: a verb or an effect, known by its name. */
export type Doable = { name: string }

export type DueInput = {
  /** Names the work: written again, it replaces what was there. */
  key: string
  at: Instant
  run: Doable
  input: unknown
  /** Work on one subject runs one at a time within a process. Correctness never rests on it. */
  subject?: string
  priority?: Priority
  cause?: string | null
}

export type DueRow = {
  priority: Priority
  key: string
  at: Instant
  verb: string
  input: unknown
  subject: string | null
  cause: string | null
  attempts: number
}

/** A worker's claim on one row. */
export type Claim = { key: string; lease: string }

export class LeaseLost extends Error {
  constructor(key: string) {
    super(`The claim on ${key} was lost; another process has it.`)
  }
}

const asRow = (w: DueInput) => ({
  key: w.key,
  at: w.at,
  verb: w.run.name,
  input: w.input ?? {},
  subject: w.subject ?? null,
  priority: w.priority ?? 1,
  cause: w.cause ?? null,
})

const insert = (db: Db, work: DueInput[], onConflict: ReturnType<typeof sql>) =>
  sql`${prepared}
  insert into due (key, at, verb, input, subject, priority, cause)
  select key, at, verb, input, subject, priority, cause from jsonb_to_recordset(${withoutNul(JSON.stringify(work.map(asRow)))}::jsonb)
    as r(key text, at timestamptz, verb text, input jsonb, subject text, priority smallint, cause uuid)
  on conflict (key) ${onConflict}`.execute(db)

const replace = sql`do update set at = excluded.at, verb = excluded.verb, input = excluded.input, subject = excluded.subject,
  priority = excluded.priority, cause = excluded.cause, attempts = 0, lease = null, lease_until = null, last_error = null`

/** Writes what a transaction left to do. Keys are sorted, so that two transactions cannot deadlock over them. */
export const writeDue = async (db: Db, due: ReadonlyMap<string, DueInput | null>): Promise<void> => {
  const cancelled = [...due]
    .filter(([, work]) => work === null)
    .map(([key]) => key)
    .sort()
  if (cancelled.length > 0) await db.deleteFrom('due').where('key', 'in', cancelled).execute()
  const work = [...due.values()].filter((w): w is DueInput => w !== null).sort((a, b) => (a.key < b.key ? -1 : 1))
  if (work.length > 0) await insert(db, work, replace)
}

export const insertIfAbsent = async (db: Db, work: DueInput[]): Promise<void> => {
  if (work.length > 0) await insert(db, work, sql`do nothing`)
}

/** How many rows may be claimed: of a flood (priority 2), and of all else, of which so many may be ordinary. */
export type Room = { flood: number; ordinary: number; rest: number }

/**
 * Claims rows that are due at `now`: what reaches a person first, then by time. The lease of 10 s is on the database
 * server's real time, which all processes share. `next` is when something comes due after `now`, to set an alarm by.
 * One statement, because a look follows each commit.
 */
export const claimDue = async (
  db: Db,
  now: Instant,
  lease: string,
  room: Room,
): Promise<{ rows: DueRow[]; next: Instant | null }> => {
  const free = sql`at <= ${now} and (lease_until is null or lease_until < clock_timestamp())`
  const { rows } = await sql<(DueRow | { key: null }) & { next: Instant | null }>`${prepared}
    with rest as (
      select d.key from unnest('{0,1}'::smallint[]) p(priority)
      cross join lateral (
        select key, at, due.priority from due where due.priority = p.priority and ${free}
        order by at limit case p.priority when 0 then ${room.rest}::int else ${room.ordinary}::int end for update skip locked) d
      order by d.priority, d.at limit ${room.rest}),
    flood as (
      select key from due where priority = 2 and ${free} order by at limit ${room.flood} for update skip locked),
    claimed as (
      update due set lease = ${lease}::uuid, lease_until = clock_timestamp() + interval '10 seconds', attempts = attempts + 1
      from (select key from rest union all select key from flood) f where due.key = f.key
      returning due.key, due.at, due.priority, due.verb, due.input, due.subject, due.cause, due.attempts)
    select c.*, n.next
    from (select (select at from due where lease_until is null and at > ${now} order by at limit 1) as next) n
    left join claimed c on true
    order by c.priority, c.at`.execute(db)
  return { rows: rows.filter((r) => r.key !== null), next: rows[0]?.next ?? null }
}

/** The transaction that does the work takes the row away; if it is not ours any more, everything rolls back. */
export const takeClaim = async (db: Db, claim: Claim): Promise<void> => {
  const { numAffectedRows } = await sql`${prepared}
    delete from due where key = ${claim.key} and lease = ${claim.lease}::uuid`.execute(db)
  if (numAffectedRows !== 1n) throw new LeaseLost(claim.key)
}

/** Looks whether the claim still stands, and holds the row against other claimers until the transaction ends. */
export const holdClaim = async (db: Db, claim: Claim): Promise<void> => {
  const { rows } = await sql`${prepared}
    select key from due where key = ${claim.key} and lease = ${claim.lease}::uuid for update`.execute(db)
  if (rows.length === 0) throw new LeaseLost(claim.key)
}

/**
 * Signs of life: pushes the leases of work that is still running 10 s ahead. A row that is locked is left out: its own
 * transaction holds it against other claimers, and to wait for that would let the leases of all the others run out.
 */
export const extendLeases = async (db: Db, claims: readonly Claim[]): Promise<void> => {
  if (claims.length === 0) return
  const keys = claims.map(({ key }) => key)
  const leases = claims.map(({ lease }) => lease)
  await sql`${prepared}
    update due set lease_until = clock_timestamp() + interval '10 seconds'
    where key in (
      select key from due where key = any(${keys}::text[]) and lease = any(${leases}::uuid[]) for update skip locked)`.execute(
    db,
  )
}

/** Gives failed work back, to be tried again at `at`. */
export const releaseFailed = async (db: Db, claim: Claim, at: Instant, error: string): Promise<void> => {
  await db
    .updateTable('due')
    .set({ at, lease: null, lease_until: null, last_error: error.slice(0, 500) })
    .where('key', '=', claim.key)
    .where('lease', '=', claim.lease)
    .execute()
}

/** Gives back work that a stop has interrupted, as if it had not been begun. */
export const giveBack = async (db: Db, claim: Claim): Promise<void> => {
  await db
    .updateTable('due')
    .set((eb) => ({ lease: null, lease_until: null, attempts: eb('attempts', '-', 1) }))
    .where('key', '=', claim.key)
    .where('lease', '=', claim.lease)
    .execute()
}

/** The time of the next row that is due after `now`, to set an alarm by. */
export const nextDueAt = async (db: Db): Promise<Instant | null> => {
  const row = await db
    .selectFrom('due')
    .select('at')
    .where('lease_until', 'is', null)
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}

/** Seconds before the n-th retry of work that failed inside: 1, 2, 4 … 300. It never gives up; the floor shows what is stuck. */
export const retryDelay = (attempts: number): number => Math.min(300, 2 ** Math.max(0, attempts - 1))
