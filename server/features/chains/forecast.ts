import { drawer, predictor } from './drawer.ts'
import { dueOf, type NightInput } from './night-input.ts'
import { type Predicted, predictNight } from './predict/forward.ts'
import { lookAhead } from './predict/look.ts'
import type { Odds } from './predict/odds.ts'
import type { Outlook } from './predict/outlook.ts'
import type { Night } from './predict/what-if.ts'

/** What is expected of a chain on one business date. Instants are epoch milliseconds, places those of the night. */
export type Forecast = {
  night: Night
  predicted: Predicted
  outlook: Outlook
  due: number | null
  doneAt: number | null
  /** Nothing starts its last job on this date. */
  absent: boolean
  /** Of jobs that have still to end, where it was asked for. */
  bands: ReadonlyMap<number, Odds>
}

/** When its first job, or the last one alone, began on this date, or is expected to. */
const beginOf = (
  { graph, state, target, deadline, begunAt }: NightInput,
  { times, phases }: Predicted,
): number | null => {
  const own = deadline.due.kind === 'in' && deadline.due.from === 'job'
  let first = (own ? null : begunAt) ?? Number.POSITIVE_INFINITY
  graph.nodes.forEach((node, i) => {
    if (own ? i !== target : node.waits.isBox) return
    for (const run of state.nodes[i]?.runs ?? []) if (run.date === state.date) first = Math.min(first, run.startedAt)
    const phase = phases[i]
    if (phase?.kind === 'running' || phase?.kind === 'done') first = Math.min(first, phase.startedAt)
    // The beginning of a box is a slot of its own, after the ends of all.
    const slot = node.waits.isBox ? graph.nodes.length + i : i
    if (phase?.kind === 'waiting') first = Math.min(first, times.begin[slot] as number)
  })
  return Number.isFinite(first) ? first : null
}

/** The night with its one target. A deadline that counts from the start of its chain is known once that is. */
export const withTarget = (input: NightInput, extended: number | null): Night => {
  const { graph, state, models, target } = input
  const begins = input.deadline.due.kind === 'in' ? beginOf(input, predictNight(graph, state, models)) : null
  return { graph, state, models, targets: [{ node: target, due: dueOf(input, extended, begins) }] }
}

/**
 * The pass over the night, and its odds by draws in a thread of their own. `bands`: for each job that has still to end.
 * The same night gives the same odds. `signal`: of due work, which whoever looks at a page does not wait for.
 */
export const forecastNight = async (
  input: NightInput,
  given: { extended: number | null; bands?: boolean; signal?: AbortSignal },
): Promise<Forecast> => {
  const night = withTarget(input, given.extended)
  const { predicted, outlooks, bands } = await lookAhead(given.signal ? predictor : drawer, night, {
    ...(given.signal && { signal: given.signal }),
    ...(given.bands && { bandsOf: openOnes }),
  })
  const phase = predicted.phases[input.target]
  return {
    night,
    predicted,
    outlook: outlooks[0] as Outlook,
    due: night.targets[0]?.due ?? null,
    doneAt: phase?.kind === 'done' ? phase.endedAt : null,
    absent: phase?.kind === 'absent' || phase?.kind === 'iced',
    bands: new Map(bands.map((one) => [one.node, one])),
  }
}

const openOnes = (predicted: Predicted) =>
  predicted.phases.flatMap((_, node) => (isOpen(predicted, node) ? [{ node, due: null }] : []))

const isOpen = ({ phases, times }: Predicted, i: number): boolean =>
  ['waiting', 'running', 'retry', 'mending'].includes(phases[i]?.kind ?? '') && Number.isFinite(times.end[i] as number)
