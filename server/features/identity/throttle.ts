import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import { type Instant, millisBetween, plusMinutes } from '../../platform/clock.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Db } from '../../platform/db/pool.ts'

const WINDOW_MINUTES = 15
const TRIES_PER_ACCOUNT = 10
const TRIES_PER_ADDRESS = 100

export type Tried = { address: string; email: string; device: string | null }
export type Turn = { allowed: true } | { allowed: false; retryAfterSeconds: number; first: boolean }

/**
 * Counters that one try counts against. No counter is of an account alone, so nobody can lock others out: strangers are
 * counted by (address, account) and by address; a browser that has signed in to this account before has a counter of its
 * own and is not held up by what others do from the same address.
 */
export const countersOf = ({ address, email, device }: Tried): { key: string; limit: number }[] => {
  const network = networkOf(address)
  if (device) return [{ key: sha256(`device ${device} ${email}`), limit: TRIES_PER_ACCOUNT }]
  return [
    { key: sha256(`account ${network} ${email}`), limit: TRIES_PER_ACCOUNT },
    { key: sha256(`address ${network}`), limit: TRIES_PER_ADDRESS },
  ]
}

/** An IPv4 address, or the /64 of an IPv6 one: a single machine has all of that. */
export const networkOf = (address: string): string => {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : (parsed as ipaddr.IPv6).parts
        .slice(0, 4)
        .map((p) => p.toString(16))
        .join(':')
}

/**
 * Counts a try before the password is looked at, so that many at once cannot slip through. `first` is true for the try
 * that reaches a limit, and only for that one.
 */
export const takeTurn = (db: Db, tried: Tried, now: Instant): Promise<Turn> => count(db, countersOf(tried), now)

const codesOf = (userId: string) => ({ key: sha256(`code ${userId}`), limit: TRIES_PER_ACCOUNT })

/**
 * Counts a code that is tried after a right password: these are counted by account, from wherever they come, for only
 * who knows the password comes so far. Returns null, or the seconds to wait.
 */
export const takeCodeTurn = async (db: Db, userId: string, now: Instant): Promise<number | null> => {
  const turn = await count(db, [codesOf(userId)], now)
  return turn.allowed ? null : turn.retryAfterSeconds
}
export const forgiveCodes = async (db: Db, userId: string): Promise<void> => {
  await db.deleteFrom('sign_in_tries').where('key', '=', codesOf(userId).key).execute()
}

const count = async (db: Db, counters: { key: string; limit: number }[], now: Instant): Promise<Turn> => {
  const keys = counters.map((c) => c.key).sort()
  const { rows } = await sql<{ key: string; tries: number; resets_at: Instant }>`
    insert into sign_in_tries (key, tries, resets_at)
    select key, 1, ${plusMinutes(now, WINDOW_MINUTES)} from unnest(${keys}::text[]) as k(key)
    on conflict (key) do update set
      tries = case when sign_in_tries.resets_at <= ${now} then 1 else sign_in_tries.tries + 1 end,
      resets_at = case when sign_in_tries.resets_at <= ${now} then excluded.resets_at else sign_in_tries.resets_at end
    returning key, tries, resets_at`.execute(db)
  const limitOf = new Map(counters.map((c) => [c.key, c.limit]))
  const over = rows.filter((r) => r.tries > (limitOf.get(r.key) ?? 0))
  if (over.length === 0) return { allowed: true }
  const wait = Math.max(...over.map((r) => millisBetween(now, r.resets_at)))
  return {
    allowed: false,
    retryAfterSeconds: Math.ceil(wait / 1000),
    first: over.some((r) => r.tries === (limitOf.get(r.key) ?? 0) + 1),
  }
}

/** Takes a try back: the password was right. Failures before it from this place are forgotten for this account. */
export const forgiveTries = async (db: Db, tried: Tried): Promise<void> => {
  const [own, address] = countersOf(tried)
  await db
    .deleteFrom('sign_in_tries')
    .where('key', '=', own?.key ?? '')
    .execute()
  if (address)
    await db
      .updateTable('sign_in_tries')
      .set((eb) => ({ tries: eb('tries', '-', 1) }))
      .where('key', '=', address.key)
      .where('tries', '>', 0)
      .execute()
}
