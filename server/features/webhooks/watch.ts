import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { insertIfAbsent } from '../../platform/due.ts'
import { isReadableToItsEnd } from '../../platform/feed.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Running } from '../../platform/registry-of-work.ts'
import { deliveryDue, deliveryKey } from './deliver.ts'

const POLL_MS = 1_000
const READ_AGAIN_MS = 5

/**
 * Each second: which webhooks have not read the log to its end. A reaction for each event would be a row of work for every
 * job that fails in a night, whether or not there is a webhook.
 */
export const startWatch = async (platform: Platform): Promise<Running> => {
  const { db, clock, log } = platform
  let looking: Promise<void> | null = null

  const look = async () => {
    const rows = await db.selectFrom('webhooks').select(['id', 'place_xid', 'place_seq']).execute()
    if (rows.length === 0) return
    const newest = await newestOf(db)
    const behind = rows.filter((row) => newest !== null && isBefore(row, newest))
    const planned = await plannedOf(
      db,
      behind.map(({ id }) => deliveryKey(id)),
    )
    const due = behind.filter(({ id }) => !planned.has(deliveryKey(id))).map(({ id }) => deliveryDue(id, clock.now()))
    if (due.length === 0) return
    await insertIfAbsent(db, due)
    platform.committed()
  }
  const turn = (): Promise<void> => {
    looking ??= look()
      .catch((error) => log.debug({ err: (error as Error).message }, 'could not look what webhooks have to be told'))
      .finally(() => {
        looking = null
      })
    return looking
  }

  const timer = setInterval(turn, POLL_MS)
  return {
    async idle() {
      // While the database is away there is nothing to wait for.
      while (!(await isReadableToItsEnd(db).catch(() => true))) await pause(READ_AGAIN_MS)
      await looking
      await turn()
    },
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}

/** Under way, or waiting to be tried again. */
const plannedOf = async (db: Platform['db'], keys: readonly string[]): Promise<ReadonlySet<string>> => {
  if (keys.length === 0) return new Set()
  const rows = await db.selectFrom('due').select('key').where('key', 'in', keys).execute()
  return new Set(rows.map(({ key }) => key))
}

/** The last event that can be read: below the oldest transaction that still runs. */
const newestOf = async (db: Platform['db']): Promise<{ xid: bigint; seq: number } | null> => {
  const { rows } = await sql<{ xid: string; seq: number }>`
    select e.xid::text as xid, e.seq from events e where e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid desc, e.seq desc limit 1`.execute(db)
  const [row] = rows
  return row ? { xid: BigInt(row.xid), seq: Number(row.seq) } : null
}

const isBefore = (row: { place_xid: string; place_seq: number }, newest: { xid: bigint; seq: number }): boolean => {
  const xid = BigInt(row.place_xid)
  return xid < newest.xid || (xid === newest.xid && row.place_seq < newest.seq)
}
