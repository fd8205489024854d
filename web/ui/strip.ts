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

export type Stretch = { state: StripState; from: Instant; to: Instant }

/**
 * When it was not up, the newest first, to the cell: how it is now is told elsewhere. Before its time there was nothing
 * to be up.
 */
export const stretches = (cells: readonly StripCell[]): Stretch[] => {
  const found: Stretch[] = []
  let before: StripState | undefined
  for (const { state, from, to } of cells) {
    const isTrouble = state !== 'ok' && state !== 'none'
    const last = state === before ? found.at(-1) : undefined
    if (isTrouble && last) last.to = to
    else if (isTrouble) found.push({ state, from, to })
    before = state
  }
  return found.toReversed()
}
