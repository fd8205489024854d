import { sql } from 'kysely'
import { verificationInput } from '../../../contract/system.ts'
import type { ReadContext } from '../context.ts'
import { invalid } from '../errors.ts'
import { query } from '../query.ts'
import { hashOf, rowsAfter, start } from './seal.ts'

/** So many events are hashed for one answer; whoever asks goes on from there. */
const MOST_EVENTS = 50_000

type Seal = { number: number; at: Temporal.Instant; upto_xid: string; upto_seq: number; events: number; hash: string }

/** A restored database has new numbers of transactions: there the chain begins anew, on top of the hash before. */
const firstNumber = async (ctx: ReadContext): Promise<number> => {
  const marker = await ctx.db
    .selectFrom('event_seals')
    .select('number')
    .where('events', '=', 0)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return marker?.number ?? 0
}

const sealsFrom = (ctx: ReadContext, number: number) =>
  ctx.db.selectFrom('event_seals').selectAll().where('number', '>=', number).orderBy('number').limit(50).execute()

/** What is wrong with the events under a seal, or null. */
const faultOf = async (ctx: ReadContext, before: Seal | undefined, seal: Seal): Promise<string | null> => {
  const after = before ? { xid: before.upto_xid, seq: before.upto_seq } : start
  const reach = sql`and (e.xid, seq) <= (${seal.upto_xid}::xid8, ${seal.upto_seq}::bigint) order by e.xid, seq limit ${seal.events + 1}`
  const rows = await rowsAfter(ctx.db, after, reach)
  if (rows.length < seal.events)
    return `${seal.events - rows.length} of ${seal.events} events under this seal are missing.`
  if (rows.length > seal.events) return 'There are events under this seal that were not there when it was made.'
  return hashOf(before?.hash ?? '', rows) === seal.hash ? null : 'An event under this seal, or a seal, was changed.'
}

/**
 * Hashes the log again, some seals at a time, and compares. `after` is the number of the last seal that was found right.
 * The first that is wrong ends it: whatever comes after stands on it.
 */
export const verifyLog = query('audit.verify', {
  permission: 'audit.read',
  input: verificationInput,
  async run(ctx, { after }) {
    const first = await firstNumber(ctx)
    const found: Seal[] = await sealsFrom(ctx, Math.max(after, first))
    // The one before is where the first to be hashed begins; the very first has none, and a marker is none itself.
    const hasBefore = after > 0 || first > 0
    if (after > 0 && found[0]?.number !== Math.max(after, first)) throw invalid('after', 'must be the number of a seal')
    let before = hasBefore ? found.shift() : undefined
    const from = before?.at ?? null
    let events = 0
    let seals = 0
    for (const seal of found) {
      const why = await faultOf(ctx, before, seal)
      if (why)
        return {
          from,
          seals,
          events,
          next: null,
          broken: { number: seal.number, from: before?.at ?? null, to: seal.at, why },
        }
      before = seal
      seals++
      events += seal.events
      if (events >= MOST_EVENTS) break
    }
    const more = before !== undefined && (await sealsFrom(ctx, before.number + 1)).length > 0
    return { from, seals, events, next: more ? (before?.number ?? null) : null, broken: null }
  },
})
