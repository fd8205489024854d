import { randomUUID } from 'node:crypto'
import { system } from './access.ts'
import { type Instant, plusSeconds } from './clock.ts'
import {
  type Claim,
  claimDue,
  type DueRow,
  extendLeases,
  giveBack,
  LeaseLost,
  releaseFailed,
  retryDelay,
} from './due.ts'
import { perform } from './effect.ts'
import { isDatabaseAway } from './errors.ts'
import type { Platform } from './platform.ts'
import { execute } from './verb.ts'

const CONCURRENCY = 12
/** So many are under way at most, each with a connection of its own while it is in the database. */
export const DUE_AT_ONCE = CONCURRENCY * 2
/** Connections of a process: due work that all waits in the database leaves some to whoever asks, and to the start. */
export const POOL_SIZE = DUE_AT_ONCE + 8
/** A flood of alerts leaves most of the room to what reaches a person. */
const FLOOD_AT_ONCE = 2
/** However slow what it asks is, such as a scheduler, ordinary work leaves this much room to what reaches a person. */
const FOR_PEOPLE = 8
const LOOK_EVERY_MS = 1_000
const HEARTBEAT_MS = 3_000

export type Worker = {
  start(): void
  /** Something may be due: look now. */
  wake(): void
  /** Does all that is due at the clock's present time, and what follows from it. Returns how much there was. */
  drain(): Promise<number>
  /** Takes nothing new and waits for what runs. */
  stop(): Promise<void>
  /** Claims, runs, failures and the age of the last look, for the self-check. */
  state(): { running: number; lastLookMs: number; failing: number }
}

/**
 * Does due work: claims some rows, runs them side by side (one at a time per subject), and looks again when something
 * was committed, when the next row comes due, and each second as the net below.
 */
export const createWorker = (platform: Platform): Worker => {
  const running = new Map<string, { lease: string; priority: number; done: Promise<void> }>()
  const subjects = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  let started = false
  let looking: Promise<void> | null = null
  let lookAgain = false
  /** The last look may have left something that was due. */
  let heldBack = false
  let cancelAlarm = () => {}
  let lastLook = performance.now()
  let failing = 0
  const timers: NodeJS.Timeout[] = []

  const doOne = async (row: DueRow, lease: string) => {
    const claim: Claim = { key: row.key, lease }
    const call = { input: row.input, cause: row.cause, claim }
    const v = platform.registry.verbs.get(row.verb)
    const e = platform.registry.effects.get(row.verb)
    try {
      if (v) await execute(platform, v, { ...call, actor: system })
      else if (e) await perform(platform, e, { ...call, signal: stopping.signal })
      else throw new Error(`Nothing here is called ${row.verb}; a newer process may know it.`)
      platform.metrics.due.inc({ verb: row.verb, outcome: 'done' })
    } catch (error) {
      await failed(row, claim, error)
    }
  }

  const failed = async (row: DueRow, claim: Claim, error: unknown) => {
    if (error instanceof LeaseLost) {
      platform.metrics.due.inc({ verb: row.verb, outcome: 'lost' })
      return
    }
    if (stopping.signal.aborted && error === stopping.signal.reason) {
      await giveBack(platform.db, claim).catch(() => undefined)
      return
    }
    failing++
    platform.metrics.due.inc({ verb: row.verb, outcome: 'failed' })
    const away = isDatabaseAway(error)
    platform.log[away ? 'warn' : 'error'](
      { err: error, key: row.key, verb: row.verb, attempts: row.attempts },
      'due work failed; it will be tried again',
    )
    const at = plusSeconds(platform.clock.now(), retryDelay(row.attempts))
    // With the database away this fails too; then the lease runs out and the row is free again.
    await releaseFailed(platform.db, claim, at, error instanceof Error ? error.message : String(error)).catch(
      () => undefined,
    )
    wake()
  }

  const launch = (row: DueRow, lease: string) => {
    const before = row.subject ? subjects.get(row.subject) : undefined
    const done: Promise<void> = (before ?? Promise.resolve())
      .then(() => doOne(row, lease))
      .finally(() => {
        running.delete(row.key)
        if (row.subject && subjects.get(row.subject) === done) subjects.delete(row.subject)
        if (heldBack || lookAgain) wake()
      })
    running.set(row.key, { lease, priority: row.priority, done })
    if (row.subject) subjects.set(row.subject, done)
  }

  const runningOf = (priority: number) => [...running.values()].filter((r) => r.priority === priority).length
  const floodRunning = () => runningOf(2)

  const look = async () => {
    lastLook = performance.now()
    cancelAlarm()
    const rest = DUE_AT_ONCE - running.size
    const ordinary = Math.max(0, Math.min(rest, DUE_AT_ONCE - FOR_PEOPLE - runningOf(1)))
    const flood = Math.max(0, Math.min(rest, FLOOD_AT_ONCE - floodRunning()))
    heldBack = rest <= 0
    if (heldBack) return
    const lease = randomUUID()
    const { rows, next } = await claimDue(platform.db, platform.clock.now(), lease, { rest, ordinary, flood })
    for (const row of rows) launch(row, lease)
    const ofFlood = rows.filter((row) => row.priority === 2).length
    const ofOrdinary = rows.filter((row) => row.priority === 1).length
    heldBack = ofFlood === flood || ofOrdinary === ordinary || rows.length - ofFlood === rest
    setAlarm(next)
  }

  const setAlarm = (next: Instant | null) => {
    // What is due but not claimed waits for another process or for the look each second.
    if (next && !stopping.signal.aborted) cancelAlarm = platform.clock.timer(next, wake)
  }

  const lookLoop = async () => {
    do {
      lookAgain = false
      await look()
    } while (
      (lookAgain || heldBack) &&
      running.size < CONCURRENCY &&
      floodRunning() < FLOOD_AT_ONCE &&
      !stopping.signal.aborted
    )
  }

  const wake = () => {
    if (!started || stopping.signal.aborted) return
    if (looking) {
      lookAgain = true
      return
    }
    looking = lookLoop()
      .catch((error) => platform.log.warn({ err: (error as Error).message }, 'could not look for due work'))
      .finally(() => {
        looking = null
        if (lookAgain && running.size < CONCURRENCY) wake()
      })
  }

  const drain = async () => {
    let count = 0
    for (;;) {
      while (looking) await looking
      if (running.size > 0) {
        await Promise.all([...running.values()].map((r) => r.done))
        continue
      }
      const lease = randomUUID()
      const { rows } = await claimDue(platform.db, platform.clock.now(), lease, {
        rest: 500,
        ordinary: 500,
        flood: 500,
      })
      if (rows.length === 0) return count
      count += rows.length
      for (const row of rows) launch(row, lease)
    }
  }

  return {
    start() {
      started = true
      timers.push(
        setInterval(wake, LOOK_EVERY_MS),
        setInterval(() => {
          const claims = [...running].map(([key, { lease }]) => ({ key, lease }))
          extendLeases(platform.db, claims).catch((error) =>
            platform.log.warn({ err: (error as Error).message }, 'could not extend leases'),
          )
        }, HEARTBEAT_MS),
      )
      wake()
    },
    wake,
    drain,
    async stop() {
      stopping.abort()
      for (const t of timers) clearInterval(t)
      cancelAlarm()
      await looking
      await Promise.allSettled([...running.values()].map((r) => r.done))
    },
    state: () => ({ running: running.size, lastLookMs: performance.now() - lastLook, failing }),
  }
}
