import type { CheckResult } from '../../../checks/lib/result.ts'

export type Timing = { timeoutSeconds: number; slowMs?: number | undefined }

/**
 * What a look says once the time is taken off in which this process itself stood still (frozen, or too busy to read
 * an answer that had come): a target that was not given its time was neither too slow nor silent, and we are blind.
 *
 * @param stalledMs how long the process stood still during the look
 */
export const honest = (seen: CheckResult, stalledMs: number, timing: Timing): CheckResult => {
  const own = seen.ms - stalledMs
  const unfair =
    (seen.code === 'timeout' && own < timing.timeoutSeconds * 500) ||
    (seen.code === 'slow' && own <= (timing.slowMs ?? 0))
  if (!unfair) return seen
  const message = `Watchfloor itself stood still for ${Math.round(stalledMs)} ms while it looked`
  return { outcome: 'blind', code: 'stalled', message, facts: seen.facts, ms: seen.ms }
}

const TICK_MS = 100
const NOTABLE_MS = 100
const KEPT_MS = 150_000

export type StallWatch = {
  /** Milliseconds between two `performance.now()` in which this process stood still. */
  between(from: number, to: number): number
  stop(): void
}

/** Notices by a ticking timer when the process was frozen or its event loop blocked. */
export const createStallWatch = (now: () => number = () => performance.now()): StallWatch => {
  let last = now()
  let stalls: { from: number; to: number }[] = []
  const notice = () => {
    const at = now()
    // A tick that was due and did not come: still time from then to now.
    if (at - last > TICK_MS + NOTABLE_MS) stalls.push({ from: last + TICK_MS, to: at })
    if (stalls.length > 0) stalls = stalls.filter((s) => s.to > at - KEPT_MS)
    last = at
  }
  const timer = setInterval(notice, TICK_MS)
  timer.unref()
  return {
    between(from, to) {
      // Timers that came due together run in turn: the tick itself may not have had its turn yet.
      if (now() - last > TICK_MS + NOTABLE_MS) notice()
      return stalls.reduce((sum, s) => sum + Math.max(0, Math.min(s.to, to) - Math.max(s.from, from)), 0)
    },
    stop: () => clearInterval(timer),
  }
}
