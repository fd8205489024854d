import type { Instant } from './time.ts'

/** `blind`: we could not look; `unobserved`: Watchfloor itself was not running; `none`: before its time. */
export type StripState = 'ok' | 'warn' | 'down' | 'blind' | 'unobserved' | 'none'
export type StripCell = { from: Instant; to: Instant; state: StripState; words?: string }

export const stripWords: Record<StripState, string> = {
  ok: 'up',
  warn: 'degraded',
  down: 'down',
  blind: 'unknown',
  unobserved: 'not observed',
  none: 'no data',
}
const worst: readonly StripState[] = ['down', 'warn', 'blind', 'unobserved', 'ok', 'none']

/** 'down 2, degraded 1, up 87 of 90 cells; now down': what a reader who does not see the strip is told. */
export const summary = (cells: readonly StripCell[]): string => {
  const counts = worst
    .map((state) => ({ state, count: cells.filter((cell) => cell.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${stripWords[state]} ${count}`)
  const last = cells.at(-1)
  return last ? `${counts.join(', ')} of ${cells.length} cells; now ${stripWords[last.state]}` : 'no data'
}
