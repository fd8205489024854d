import pg from 'pg'
import { type Connection, connectionSettings } from './db/pool.ts'
import type { Log } from './log.ts'

const CHANNEL = 'watchfloor'
const RING_AT_MOST_EVERY_MS = 20
const RECONNECT_MS = 1_000
/** A message of PostgreSQL takes 8,000 bytes. */
const MOST_TOLD = 100

export type Doorbell = {
  start(): void
  /** Tells the other processes that something was committed; at most one empty NOTIFY in 20 ms. */
  ring(): void
  /** Tells them as well that what they show of these subjects is old; what gets lost costs what a page waits by itself. */
  tell(subjects: readonly string[]): void
  stop(): Promise<void>
}

/**
 * One connection a process on which the others ring. NOTIFY inside the verbs' transactions would serialise their
 * commits (measured: 11,500 transactions/s fall to 4,200), so it is sent apart and after. A ring that gets lost costs
 * a second: everybody also looks by himself.
 */
export const createDoorbell = (
  connection: Connection,
  log: Log,
  onRing: (moved: readonly string[]) => void,
): Doorbell => {
  const untold = new Set<string>()
  let client: pg.Client | null = null
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  let retry: NodeJS.Timeout | null = null
  let lastRing = 0
  let sending = false
  let missed = false

  const connect = async () => {
    const fresh = new pg.Client({ ...connectionSettings(connection), idle_in_transaction_session_timeout: 0 })
    let lost = false
    const onLost = () => {
      if (lost) return
      lost = true
      if (client === fresh) client = null
      if (!stopped) retry = setTimeout(connect, RECONNECT_MS)
    }
    fresh.on('error', onLost)
    fresh.on('end', onLost)
    // Who rings hears it as well, and has looked already.
    fresh.on('notification', ({ processId, payload }) => {
      if (processId !== (fresh as unknown as { processID: number }).processID) onRing(payload ? payload.split(' ') : [])
    })
    try {
      await fresh.connect()
      await fresh.query(`listen ${CHANNEL}`)
      if (stopped) await fresh.end()
      else client = fresh
      onRing([])
    } catch (error) {
      log.debug({ err: (error as Error).message }, 'the doorbell has no connection')
      onLost()
    }
  }

  const ring = () => {
    // What is committed while one is on its way is told by one more: a connection takes one at a time.
    missed = sending
    if (timer || sending || stopped) return
    timer = setTimeout(send, Math.max(0, RING_AT_MOST_EVERY_MS - (performance.now() - lastRing)))
  }

  const send = async () => {
    timer = null
    lastRing = performance.now()
    sending = true
    const told = [...untold].slice(0, MOST_TOLD)
    for (const one of told) untold.delete(one)
    await client?.query('select pg_notify($1, $2)', [CHANNEL, told.join(' ')]).catch(() => undefined)
    sending = false
    if (missed || untold.size > 0) ring()
  }

  return {
    start: () => void connect(),
    ring,
    tell(subjects) {
      for (const one of subjects) untold.add(one)
      ring()
    },
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      if (retry) clearTimeout(retry)
      await client?.end().catch(() => undefined)
    },
  }
}
