import { seal } from './audit/seal.ts'
import { backupTaken, noteBackup } from './backup/http.ts'
import { plusSeconds } from './clock.ts'
import { maintainPartitions, type Partitioned } from './db/partitions.ts'
import { deadMan, tellSecondPlace } from './dead-man.ts'
import { applyDeclarations, declarationsApplied } from './declare/apply.ts'
import { periodic } from './periodic.ts'
import type { FeatureParts } from './registry-of-work.ts'
import { reseal } from './reseal.ts'

/** Tables partitioned by time. Events are kept; facts are dropped by whole partitions. */
export const partitioned: Partitioned[] = [
  { table: 'events', unit: 'month', ahead: 3, keepDays: null },
  { table: 'event_about', unit: 'month', ahead: 3, keepDays: null },
  { table: 'journal', unit: 'day', ahead: 7, keepDays: 14 },
  { table: 'signals', unit: 'day', ahead: 7, keepDays: 90 },
  { table: 'results', unit: 'day', ahead: 7, keepDays: 35 },
  { table: 'pings', unit: 'month', ahead: 3, keepDays: 100 },
  { table: 'chain_forecasts', unit: 'month', ahead: 3, keepDays: 400 },
  { table: 'result_hours', unit: 'month', ahead: 3, keepDays: 400 },
]

/** Days after which rows go one by one, by the tidying of the feature that owns the table. */
export const trimmed = { chain_runs: 800, chain_nights: 800, chain_extensions: 800 } as const

const DAY = 86_400

const partitions = periodic(
  'partitions.maintain',
  6 * 3600,
  'Makes partitions ahead of time and drops those past their retention',
  async (ctx) => {
    await maintainPartitions(ctx.db, partitioned, ctx.now())
  },
)

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
  effects: [tellSecondPlace],
  schedule: [partitions, seal, reseal, sweep, deadMan],
}
