import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import type { Log } from '../../platform/log.ts'

export const SHARDS = 64

/** `eagerMs`: between beats while there is less to look after than the fair share, or the database is away. */
export type LeaseTimes = { leaseMs: number; beatMs: number; eagerMs: number }
const usual: LeaseTimes = { leaseMs: 10_000, beatMs: 3_000, eagerMs: 1_000 }

export type Leases = {
  /** Takes a fair share of the shards and goes on doing so. */
  start(): Promise<void>
  /** One sign of life: renews, gives back what is too much, takes what is free. Rejects when the database is away. */
  beat(): Promise<void>
  /** A sign of life, if the last one is older than half a lease. */
  refresh(): Promise<void>
  /** Shards of this process. */
  held(): number[]
  /** The term under which a shard is held, or null when it is not, or may not be any more. */
  term(shard: number): number | null
  /** Gives everything back at once, so that the others need not wait. */
  stop(): Promise<void>
}

/**
 * Leases on the shards of the monitors, on the database server's real time, which all processes share. A process that
 * cannot renew knows by its own steady clock when its leases may have run out, and stops looking before another starts.
 *
 * @param onLost shards that this process no longer looks after
 */
export const createLeases = (
  db: Db,
  process: string,
  log: Log,
  onLost: (shards: number[]) => void,
  times = usual,
): Leases => {
  const statements = statementsOf(process, times.leaseMs)
  let terms = new Map<number, number>()
  let validUntil = 0
  let alive = 1
  let timer: NodeJS.Timeout | null = null
  let beating: Promise<void> | null = null
  let stopped = false
  let isAway = false

  const beatOnce = async () => {
    const started = performance.now()
    const before = [...terms.keys()]
    const next = await db.transaction().execute(async (tx) => {
      alive = await statements.countAlive(tx)
      const fair = Math.ceil(SHARDS / alive)
      const renewed = await statements.renew(tx)
      const surplus = renewed.slice(fair)
      // Before they are given back: nobody looks twice.
      for (const { shard } of surplus) terms.delete(shard)
      await statements.giveBack(tx, surplus)
      const taken = renewed.length < fair ? await statements.takeFree(tx, fair - renewed.length) : []
      return [...renewed.slice(0, fair), ...taken]
    })
    terms = new Map(next.map((l) => [l.shard, l.term]))
    // Counted from before the question was asked: never longer than the database counts.
    validUntil = started + times.leaseMs
    const lost = before.filter((shard) => !terms.has(shard))
    if (lost.length > 0) onLost(lost)
  }

  const beat = () => {
    beating ??= beatOnce().finally(() => {
      beating = null
    })
    return beating
  }

  const schedule = () => {
    if (stopped) return
    const wait = isAway || terms.size < Math.floor(SHARDS / alive) ? times.eagerMs : times.beatMs
    timer = setTimeout(async () => {
      try {
        await beat()
        if (isAway) log.info({ shards: terms.size }, 'leases on the monitors are renewed again')
        isAway = false
      } catch (error) {
        if (!isAway) log.warn({ err: (error as Error).message }, 'cannot renew the leases on the monitors')
        isAway = true
      }
      schedule()
    }, wait)
  }

  return {
    async start() {
      await beat()
      schedule()
    },
    beat,
    refresh: () => (performance.now() > validUntil - times.leaseMs / 2 ? beat() : Promise.resolve()),
    held: () => [...terms.keys()],
    term: (shard) => (performance.now() < validUntil ? (terms.get(shard) ?? null) : null),
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await beating?.catch(() => undefined)
      terms = new Map()
      await statements.leave(db).catch(() => undefined)
    },
  }
}

type Lease = { shard: number; term: number }

const statementsOf = (process: string, leaseMs: number) => {
  const until = sql`clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'`
  return {
    /** Says that this process is there, and counts all that are. */
    async countAlive(db: Db): Promise<number> {
      await sql`
        insert into monitor_processes (process, lease_until) values (${process}, ${until})
        on conflict (process) do update set lease_until = excluded.lease_until`.execute(db)
      await sql`delete from monitor_processes where lease_until < clock_timestamp() - interval '1 minute'`.execute(db)
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from monitor_processes where lease_until > clock_timestamp()`.execute(db)
      return Math.max(1, rows[0]?.n ?? 1)
    },
    async renew(db: Db): Promise<Lease[]> {
      const { rows } = await sql<Lease>`
        update shard_leases set lease_until = ${until} where process = ${process} returning shard, term`.execute(db)
      return rows.sort((a, b) => a.shard - b.shard)
    },
    async giveBack(db: Db, surplus: Lease[]): Promise<void> {
      if (surplus.length === 0) return
      await sql`
        update shard_leases set process = null, lease_until = null
        where process = ${process} and shard = any(${surplus.map((l) => l.shard)}::int[])`.execute(db)
    },
    async takeFree(db: Db, most: number): Promise<Lease[]> {
      const { rows } = await sql<Lease>`
        update shard_leases set process = ${process}, lease_until = ${until}, term = term + 1
        where shard in (
          select shard from shard_leases where process is null or lease_until < clock_timestamp()
          order by shard limit ${most} for update skip locked)
        returning shard, term`.execute(db)
      return rows
    },
    leave: (db: Db): Promise<void> =>
      db.transaction().execute(async (tx) => {
        await sql`update shard_leases set process = null, lease_until = null where process = ${process}`.execute(tx)
        await sql`delete from monitor_processes where process = ${process}`.execute(tx)
      }),
  }
}
