import type { HealthState, Severity } from '../../../contract/alerts/words.ts'

/** Health of a service where something watches it. */
export type WatchedState = Exclude<HealthState, 'unobserved'>

const SERIOUS: readonly Severity[] = ['critical', 'high']

/**
 * Health out of the open alerts: down with a firing one that is critical or high, degraded with one that is medium or
 * low, unknown when all we know is that we could not look. Alerts that are held back count as well: a silence changes
 * who is told, not what is true.
 */
export const healthOf = (open: readonly { status: 'firing' | 'blind'; severity: Severity }[]): WatchedState => {
  const firing = open.filter((a) => a.status === 'firing')
  if (firing.some((a) => SERIOUS.includes(a.severity))) return 'down'
  if (firing.some((a) => a.severity !== 'info')) return 'degraded'
  return open.some((a) => a.status === 'blind') ? 'unknown' : 'ok'
}

/** The worst first. Not knowing is worse than fine and better than trouble. */
export const healthOrder = ['down', 'degraded', 'unknown', 'unobserved', 'ok'] as const satisfies readonly HealthState[]

export type HealthSpan = { state: HealthState; from: number; to: number }

/**
 * The strip of a service: the worst state within each cell, as runs. What no span covers was not observed. All times in
 * epoch milliseconds; `spans` in any order.
 */
export const stripOf = (
  spans: readonly HealthSpan[],
  given: { from: number; cellMs: number; cells: number },
): { state: HealthState; cells: number }[] => {
  const runs: { state: HealthState; cells: number }[] = []
  for (let i = 0; i < given.cells; i++) {
    const from = given.from + i * given.cellMs
    const state = worstWithin(spans, from, from + given.cellMs)
    const last = runs.at(-1)
    if (last?.state === state) last.cells++
    else runs.push({ state, cells: 1 })
  }
  return runs
}

const worstWithin = (spans: readonly HealthSpan[], from: number, to: number): HealthState => {
  const inside = spans
    .filter((s) => s.from < to && s.to > from)
    .map((s) => ({ state: s.state, from: Math.max(from, s.from), to: Math.min(to, s.to) }))
    .sort((a, b) => a.from - b.from)
  let reached = from
  const states: HealthState[] = inside.map((s) => {
    const gap: HealthState[] = s.from > reached ? ['unobserved'] : []
    reached = Math.max(reached, s.to)
    return [s.state, ...gap].sort(byBadness)[0] as HealthState
  })
  if (reached < to) states.push('unobserved')
  return states.sort(byBadness)[0] ?? 'unobserved'
}

const byBadness = (a: HealthState, b: HealthState) => healthOrder.indexOf(a) - healthOrder.indexOf(b)
