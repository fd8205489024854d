import { sql } from 'kysely'
import { backupTaken, noteBackup } from './backup/http.ts'
import { plusSeconds } from './clock.ts'
import { sha256 } from './crypto.ts'
import { maintainPartitions, type Partitioned } from './db/partitions.ts'
import { applyDeclarations, declarationsApplied } from './declare/apply.ts'
import { periodic } from './periodic.ts'
import type { FeatureParts } from './registry-of-work.ts'

/** Tables partitioned by time. Events are kept; facts are dropped by whole partitions. */
export const partitioned: Partitioned[] = [
  { table: 'events', unit: 'month', ahead: 3, keepDays: null },
  { table: 'event_about', unit: 'month', ahead: 3, keepDays: null },
  { table: 'journal', unit: 'day', ahead: 7, keepDays: 14 },
  { table: 'signals', unit: 'day', ahead: 7, keepDays: 90 },
  { table: 'results', unit: 'day', ahead: 7, keepDays: 35 },
  { table: 'pings', unit: 'month', ahead: 3, keepDays: 100 },
  { table: 'result_hours', unit: 'month', ahead: 3, keepDays: 400 },
]

const DAY = 86_400

const partitions = periodic(
  'partitions.maintain',
  6 * 3600,
  'Makes partitions ahead of time and drops those past their retention',
  async (ctx) => {
    await maintainPartitions(ctx.db, partitioned, ctx.now())
  },
)

/**
 * Seals the log in a hash chain, in batches, so that no write waits for another's hash: a changed or removed event
 * breaks the chain from there on.
 */
const seal = periodic('events.seal', 300, 'Seals the log in a hash chain', async (ctx) => {
  const last = await ctx.db
    .selectFrom('event_seals')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  const { rows } = await sql<{ xid: string; seq: number; row: string }>`
    select xid::text as xid, seq, jsonb_build_array(seq, id, at, type, actor_kind, actor_id, subject, about, team_id, audience, data, cause)::text as row
    from events where (xid, seq) > (${last?.upto_xid ?? '0'}::xid8, ${last?.upto_seq ?? 0}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, seq limit 10000`.execute(ctx.db)
  const end = rows.at(-1)
  if (!end) return
  const hash = sha256([last?.hash ?? '', ...rows.map((r) => r.row)].join('\n'))
  await ctx.db
    .insertInto('event_seals')
    .values({ at: ctx.now(), upto_xid: end.xid, upto_seq: end.seq, events: rows.length, hash })
    .execute()
})

const sweep = periodic(
  'platform.sweep',
  3600,
  'Forgets answers to repeated requests after a day, and signed links a month after they ran out',
  async (ctx) => {
    await ctx.db.deleteFrom('idempotency_keys').where('created_at', '<', plusSeconds(ctx.now(), -DAY)).execute()
    await ctx.db
      .deleteFrom('signed_links')
      .where('expires_at', '<', plusSeconds(ctx.now(), -30 * DAY))
      .execute()
  },
)

export const housekeeping: FeatureParts = {
  name: 'platform',
  verbs: [applyDeclarations, noteBackup],
  events: [declarationsApplied, backupTaken],
  schedule: [partitions, seal, sweep],
}
