import { type RawBuilder, sql } from 'kysely'
import { sha256 } from '../crypto.ts'
import type { Db } from '../db/pool.ts'
import { periodic } from '../periodic.ts'

/** So many events at most under one seal. */
const BATCH = 10_000

/** How far a seal reaches: the last event under it, in the order of the readers of the log. */
export type Reach = { xid: string; seq: number }
export const start: Reach = { xid: '0', seq: 0 }

type SealedRow = Reach & { row: string }

/**
 * Events `e` after a place, as the text that is hashed. All that an event says is in it, so none of it can be changed unseen.
 * Their order is that of `e.xid`: `xid` alone would be the text that is given back, in which 1000 comes before 999.
 */
export const rowsAfter = async (db: Db, after: Reach, rest: RawBuilder<unknown>): Promise<SealedRow[]> => {
  const { rows } = await sql<SealedRow>`
    select e.xid::text as xid, seq, jsonb_build_array(seq, id, at, type, actor_kind, actor_id, subject, about, team_id, audience, data, cause)::text as row
    from events e where (e.xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint) ${rest}`.execute(db)
  return rows
}

export const hashOf = (before: string, rows: readonly SealedRow[]): string =>
  sha256([before, ...rows.map((r) => r.row)].join('\n'))

/**
 * Seals the log in a hash chain, in batches, so that no write waits for another's hash: a changed or removed event
 * breaks the chain from there on.
 */
export const seal = periodic('events.seal', 300, 'Seals the log in a hash chain', async (ctx) => {
  const last = await ctx.db
    .selectFrom('event_seals')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  const after = last ? { xid: last.upto_xid, seq: last.upto_seq } : start
  const settled = sql`and e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.xid, seq limit ${BATCH}`
  const rows = await rowsAfter(ctx.db, after, settled)
  const end = rows.at(-1)
  if (!end) return
  await ctx.db
    .insertInto('event_seals')
    .values({
      at: ctx.now(),
      upto_xid: end.xid,
      upto_seq: end.seq,
      events: rows.length,
      hash: hashOf(last?.hash ?? '', rows),
    })
    .execute()
})
