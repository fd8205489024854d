import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Actor, Scope } from './access.ts'
import { scopeFor } from './access.ts'
import type { Instant } from './clock.ts'
import type { Db } from './db/pool.ts'
import { prepared } from './db/prepared.ts'
import { ref } from './events.ts'
import type { Log } from './log.ts'

/** A place in the log: transaction and sequence number. Order of commits is not order of numbers, hence both. */
export type Place = { xid: string; seq: number }

export type FeedEvent = Place & {
  id: string
  at: Instant
  type: string
  actor_kind: string
  actor_id: string | null
  actor_name: string
  subject: string
  about: string[]
  team_id: string | null
  audience: 'internal' | 'requester' | 'public'
  data: unknown
  cause: string | null
}

export const placeText = (p: Place): string => `${p.xid}.${p.seq}`

export const parsePlace = (text: string): Place | null => {
  const match = /^(\d{1,20})\.(\d{1,16})$/.exec(text)
  return match ? { xid: match[1] ?? '0', seq: Number(match[2]) } : null
}

/** Events after a place, only below the oldest running transaction: nothing that commits later can land before them. */
// By `e.xid`: `xid` alone is the text that is given back, in which 1000 comes before 999.
export const readAfter = async (db: Db, place: Place, limit: number): Promise<FeedEvent[]> => {
  const { rows } = await sql<FeedEvent>`${prepared}
    select e.xid::text as xid, seq, id, at, type, actor_kind, actor_id, actor_name, subject, about, team_id, audience, data, cause
    from events e
    where (e.xid, seq) > (${place.xid}::xid8, ${place.seq}::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, seq limit ${limit}`.execute(db)
  return rows
}

/** The present end of the log: everything before it is committed and readable. */
export const endOfLog = async (db: Db): Promise<Place> => {
  const { rows } = await sql<{ xid: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db)
  // Nothing below xmin is still to come, so a reader that starts at (xmin, 0) sees all that commits from here on.
  return { xid: rows[0]?.xid ?? '0', seq: 0 }
}

/** May this actor see this event? The same rule for the live feed, timelines and webhooks. */
export const maySee = (scope: Scope, e: Pick<FeedEvent, 'audience' | 'about' | 'team_id'>): boolean => {
  if (e.audience === 'internal' && !scope.internal) return false
  if (scope.rows === 'all') return true
  if (scope.rows === 'ids') return e.about.some((a) => scope.ids.includes(a))
  if (scope.userId && e.about.includes(ref('user', scope.userId))) return true
  return scope.rows === 'team' && e.team_id !== null && scope.teamIds.includes(e.team_id)
}

export type Subscriber = {
  actor: Actor
  take(events: FeedEvent[]): void
  /** What is shown of these subjects is old, though nothing was recorded: a run began, for one. */
  moved(subjects: readonly string[]): void
}
export type Feed = {
  start(): Promise<void>
  wake(): void
  subscribe(subscriber: Subscriber): () => void
  /** Hands on what has moved, to those within the house; it is not kept, and who was not there reads by himself. */
  tell(subjects: readonly string[]): void
  place(): Place
  /** Reads all that is committed now, waiting for older transactions that still run. */
  catchUp(): Promise<void>
  stop(): Promise<void>
}

const BATCH = 500
/** A storm of commits is read in gulps; nobody sees 20 ms. */
const READ_AT_MOST_EVERY_MS = 20
/** An event that was committed while an older transaction ran can be read when that one has ended, which tells nobody. */
const READ_AGAIN_AFTER_MS = 60
const CATCH_UP_PAUSE_MS = 5

const newestTransaction = async (db: Db): Promise<string> => {
  const { rows } = await sql<{
    xid: string
  }>`select e.xid::text as xid from events e order by e.xid desc, seq desc limit 1`.execute(db)
  return rows[0]?.xid ?? '0'
}

const isReadable = async (db: Db, xid: string): Promise<boolean> => {
  const { rows } = await sql<{
    ok: boolean
  }>`select ${xid}::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as ok`.execute(db)
  return rows[0]?.ok ?? false
}

/** Whether all that is committed now can be read: no older transaction still runs. */
export const isReadableToItsEnd = async (db: Db): Promise<boolean> => isReadable(db, await newestTransaction(db))

/** Reads the log once for all browsers of this process and hands each what it may see. */
export const createFeed = (db: Db, log: Log): Feed => {
  const subscribers = new Set<Subscriber>()
  let place: Place | null = null
  let reading: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | null = null
  let waiting: NodeJS.Timeout | null = null
  let lastRead = 0
  let following: NodeJS.Timeout | null = null
  let stopped = false

  const hand = (events: FeedEvent[]) => {
    for (const s of subscribers) {
      const scope = scopeFor(s.actor, 'event.read')
      const visible = scope ? events.filter((e) => maySee(scope, e)) : []
      if (visible.length > 0) s.take(visible)
    }
  }

  const read = async () => {
    place ??= await endOfLog(db)
    do {
      again = false
      const events = await readAfter(db, place, BATCH)
      const last = events.at(-1)
      if (last) place = { xid: last.xid, seq: last.seq }
      hand(events)
      again ||= events.length === BATCH
    } while (again && !stopped)
  }

  const readNow = () => {
    if (waiting) clearTimeout(waiting)
    waiting = null
    lastRead = performance.now()
    if (stopped) return
    if (reading) {
      again = true
      return
    }
    reading = read()
      .catch((error) => log.warn({ err: (error as Error).message }, 'the live feed cannot read the log'))
      .finally(() => {
        reading = null
      })
  }

  const wake = () => {
    if (stopped || waiting) return
    const wait = lastRead + READ_AT_MOST_EVERY_MS - performance.now()
    if (wait <= 0) readNow()
    else waiting = setTimeout(readNow, wait)
    following ??= setTimeout(() => {
      following = null
      readNow()
    }, READ_AGAIN_AFTER_MS)
  }

  return {
    async start() {
      place = await endOfLog(db)
      timer = setInterval(wake, 1_000)
    },
    wake,
    subscribe(s) {
      subscribers.add(s)
      return () => subscribers.delete(s)
    },
    tell(subjects) {
      for (const s of subscribers) if (scopeFor(s.actor, 'event.read')?.internal) s.moved(subjects)
    },
    place: () => place ?? { xid: '0', seq: 0 },
    async catchUp() {
      const newest = await newestTransaction(db)
      let settled = false
      for (;;) {
        readNow()
        while (reading) await reading
        if (settled) return
        settled = await isReadable(db, newest)
        if (settled) continue
        await pause(CATCH_UP_PAUSE_MS)
      }
    },
    async stop() {
      stopped = true
      if (timer) clearInterval(timer)
      if (waiting) clearTimeout(waiting)
      if (following) clearTimeout(following)
      await reading
    },
  }
}
