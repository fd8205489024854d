import { sql } from 'kysely'
import type { CheckContext } from '../../../checks/lib/define.ts'
import type { CheckResult } from '../../../checks/lib/result.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Crypto } from '../../platform/crypto.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { openConfig } from './config.ts'
import type { Timing } from './honest.ts'
import { checks } from './kinds.ts'

/** A monitor as the process that looks after it holds it. */
export type Watched = {
  id: string
  version: number
  shard: number
  kind: string
  intervalSeconds: number
  timing: Timing
  /** Never rejects; what hinders us is blind. */
  look(context: CheckContext): Promise<CheckResult>
}

/** `isNew`: it was never looked at, or not since it was changed, or its turn was missed while nobody looked: look at once. */
export type Roster = {
  /** Loads what was changed in these shards since the last time. */
  reload(shards: number[]): Promise<void>
  /** Forgets the monitors of these shards. */
  drop(shards: number[]): void
  size(): number
}

type Row = {
  id: string
  version: number
  shard: number
  kind: string
  config: unknown
  secrets: string | null
  interval_seconds: number
  looked: boolean
}

/** Holds the monitors of this process's shards, and tells which came and went. Changes are seen by a counter per shard. */
export const createRoster = (
  db: Db,
  crypto: Crypto,
  now: () => Instant,
  on: { put(watched: Watched, isNew: boolean): void; remove(watched: Watched): void },
): Roster => {
  const shards = new Map<number, { changes: number; monitors: Map<string, Watched> }>()

  const load = async (stale: { shard: number; changes: number }[]) => {
    const { rows } = await sql<Row>`
      select m.id, m.version, m.shard, m.kind, m.config, m.secrets, m.interval_seconds, ${looked(now())} as looked
      from monitors m join monitor_states s on s.monitor_id = m.id
      where m.enabled and m.shard = any(${stale.map((s) => s.shard)}::int[])`.execute(db)
    const byShard = Map.groupBy(rows, (r) => r.shard)
    for (const { shard, changes } of stale) {
      const before = shards.get(shard)?.monitors ?? new Map<string, Watched>()
      const now = new Map<string, Watched>()
      for (const row of byShard.get(shard) ?? []) {
        const known = before.get(row.id)
        before.delete(row.id)
        if (known?.version === row.version) {
          now.set(row.id, known)
          continue
        }
        if (known) on.remove(known)
        const watched = watchedOf(row, crypto)
        now.set(row.id, watched)
        on.put(watched, known !== undefined || !row.looked)
      }
      for (const gone of before.values()) on.remove(gone)
      shards.set(shard, { changes, monitors: now })
    }
  }

  return {
    async reload(held) {
      if (held.length === 0) return
      // Read before the monitors: what is changed in between raises the counter once more.
      const { rows } = await sql<{ shard: number; changes: number }>`${prepared}
        select shard, changes from monitor_shards where shard = any(${held}::int[])`.execute(db)
      const stale = rows.filter((r) => shards.get(r.shard)?.changes !== r.changes)
      if (stale.length > 0) await load(stale)
    },
    drop(lost) {
      for (const shard of lost) {
        for (const watched of shards.get(shard)?.monitors.values() ?? []) on.remove(watched)
        shards.delete(shard)
      }
    },
    size: () => [...shards.values()].reduce((sum, s) => sum + s.monitors.size, 0),
  }
}

/** The turn of whoever is looked at each minute comes soon by itself, and with all the others' not in one moment. */
const SOON_SECONDS = 60
const looked = (now: Instant) =>
  sql`s.watched_until is not null and (s.watched_until >= ${now} or m.interval_seconds <= ${SOON_SECONDS})`

const watchedOf = (row: Row, crypto: Crypto): Watched => ({
  id: row.id,
  version: row.version,
  shard: row.shard,
  kind: row.kind,
  intervalSeconds: row.interval_seconds,
  ...lookOf(row, crypto),
})

type Looking = Pick<Watched, 'look' | 'timing'>

const lookOf = (row: Row, crypto: Crypto): Looking => {
  const check = checks.get(row.kind)
  if (!check) return blind('kind', `this Watchfloor does not know the check "${row.kind}"; a newer one made it`)
  let config: Record<string, unknown>
  try {
    config = openConfig(row, crypto)
  } catch {
    return blind('secrets', 'its secrets cannot be read: SECRET_KEY is another one now. Enter them again')
  }
  const parsed = check.config.safeParse(config)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return blind(
      'config',
      `its settings no longer fit the check (${issue?.path.join('.')} ${issue?.message}). Save it again`,
    )
  }
  return { timing: parsed.data as Timing, look: (context) => check.run(parsed.data, context) }
}

const blind = (code: string, message: string): Looking => ({
  timing: { timeoutSeconds: 1 },
  look: async () => ({ outcome: 'blind', code, message, facts: [], ms: 0 }),
})
