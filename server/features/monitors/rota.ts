import type { Clock } from '../../platform/clock.ts'
import { nextTurn } from './phase.ts'
import { createWheel, SLOT } from './wheel.ts'

type Turning = { id: string; intervalSeconds: number }

/** Looks under way at once in a process. Far above what hangs in a bad hour, far below what a process may open. */
const MOST_AT_ONCE = 2_000
const STEPPED_BACK_MS = 1_000

export type Rota<T> = {
  put(item: T, now: boolean): void
  remove(item: T): void
  /** Starts what is due. Called by its own timer, and now and then in case the clock was stepped. */
  tick(): void
  /** Resolves when nothing is under way or waits. */
  idle(): Promise<void>
  stop(): void
  state(): { watched: number; underWay: number; waiting: number }
}

/**
 * Whose turn it is: drives the wheel by the platform's clock, which it asks for a timer only at the next due instant.
 * What hangs holds one place of many and delays nobody; an item that is still under way at its next turn misses it.
 *
 * @param run must not reject
 * @param on `late`: milliseconds between the turn and its start; `missed`: it was still under way
 */
export const createRota = <T extends Turning>(
  clock: Clock,
  run: (item: T) => Promise<void>,
  on: { late(ms: number): void; missed(): void },
  mostAtOnce = MOST_AT_ONCE,
): Rota<T> => {
  const wheel = createWheel<T>()
  const items = new Set<T>()
  const busy = new Set<T>()
  let waiting: { item: T; due: number }[] = []
  let armed: { at: number; cancel(): void } | null = null
  let lastNow = 0
  let underWay = 0
  let stopped = false
  const idlers: (() => void)[] = []

  const nowMs = () => clock.ms()

  const arm = () => {
    const next = stopped ? null : wheel.next()
    if (armed?.at === next) return
    armed?.cancel()
    armed = null
    if (next === null) return
    const cancel = clock.timer(Temporal.Instant.fromEpochMilliseconds(next), () => {
      armed = null
      tick()
    })
    armed = { at: next, cancel }
  }

  const start = ({ item, due }: { item: T; due: number }) => {
    underWay++
    on.late(Math.max(0, nowMs() - due))
    run(item).finally(() => {
      underWay--
      busy.delete(item)
      pump()
    })
  }

  const pump = () => {
    const free = waiting.splice(0, Math.max(0, mostAtOnce - underWay))
    for (const turn of free) {
      if (items.has(turn.item)) start(turn)
      else busy.delete(turn.item)
    }
    if (underWay === 0 && waiting.length === 0) for (const done of idlers.splice(0)) done()
  }

  const tick = () => {
    if (stopped) return
    const now = nowMs()
    if (now < lastNow - STEPPED_BACK_MS)
      for (const item of items) wheel.put(item, nextTurn(item.id, item.intervalSeconds, now))
    lastNow = now
    for (const turn of wheel.take(now)) {
      wheel.put(turn.item, nextTurn(turn.item.id, turn.item.intervalSeconds, now))
      if (busy.has(turn.item)) {
        on.missed()
        continue
      }
      busy.add(turn.item)
      waiting.push(turn)
    }
    pump()
    arm()
  }

  return {
    put(item, atOnce) {
      items.add(item)
      const now = nowMs()
      wheel.put(item, atOnce ? now - SLOT + 1 : nextTurn(item.id, item.intervalSeconds, now))
      arm()
    },
    remove(item) {
      items.delete(item)
      wheel.remove(item)
      arm()
    },
    tick,
    idle: () =>
      underWay === 0 && waiting.length === 0 ? Promise.resolve() : new Promise<void>((done) => idlers.push(done)),
    stop() {
      stopped = true
      waiting = []
      arm()
    },
    state: () => ({ watched: items.size, underWay, waiting: waiting.length }),
  }
}
