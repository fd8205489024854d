import type { Comparison, Graph, JobAtom, Resolved } from './graph.ts'
import type { NightState, RunFact } from './night.ts'
import { comesAgain, type Phase } from './phase.ts'

/** Why something cannot come to pass on this date unless somebody acts. */
export type Why =
  | 'held'
  | 'failed'
  /** What is waited for does not run on this date, and no earlier run counts. */
  | 'not-today'
  /** What is waited for ran, but too long ago to count. */
  | 'stale'
  | 'unknown-job'
  | 'variable'
  | 'file'
  | 'window'
  | 'resource'
  | 'circle'
  /** It waits for a failure or an exit status that nobody expects: that it does not start is well. */
  | 'unexpected'

/** `by`: the place of the job that is to blame. */
export type Blocked = { why: Why; by: number }

/** What a part of a condition says now. `soft`: it holds by an earlier run, until the next run of that job begins. */
export type Truth = { is: 'met' } | { is: 'wait'; soft: boolean } | { is: 'never'; why: Why; by: number }

/** Something that is taken to be so, because nobody knows. */
export type Assumption = { node: number; kind: 'global' | 'file'; name: string }

export type Looking = { graph: Graph; state: NightState; phases: readonly Phase[]; began: Float64Array }

const MET: Truth = { is: 'met' }
const WAIT: Truth = { is: 'wait', soft: false }

/** What job `who` sees of another, if it could start at `from`. */
export const truthOf = (who: number, atom: JobAtom, from: number, looking: Looking): Truth => {
  const { phases, state } = looking
  const phase = phases[atom.node] as Phase
  if (phase.kind === 'iced') return MET
  if (atom.kind === 'job' && atom.is === 'not-running') return phase.kind === 'running' ? WAIT : MET
  const run = countedRun(atom, phase, state)
  const counts = run !== undefined && inTime(who, atom, run, from, looking)
  // What ran on a date that is over stays so, whatever runs tonight.
  if (counts && matches(atom, run))
    return comesAgain(phase) && atom.within !== 'previous-date' ? { is: 'wait', soft: true } : MET
  // A date that is over does not come again, but one of its runs may still be under way.
  if (comesAgain(phase) && (atom.within !== 'previous-date' || phase.kind === 'running'))
    return matches(atom, success) ? WAIT : { is: 'never', why: 'unexpected', by: atom.node }
  if (phase.kind === 'failed' && !counts && run) return { is: 'never', why: 'stale', by: atom.node }
  if (phase.kind === 'failed') return { is: 'never', why: 'failed', by: atom.node }
  if (!run || phase.kind === 'absent') return { is: 'never', why: 'not-today', by: atom.node }
  return { is: 'never', why: counts ? 'unexpected' : 'stale', by: atom.node }
}

const success = { outcome: 'succeeded', exit: 0 } as const

const countedRun = (atom: JobAtom, phase: Phase, state: NightState): RunFact | undefined => {
  const runs = state.nodes[atom.node]?.runs ?? []
  if (atom.within === 'previous-date') return ended(runs.find((run) => run.date === state.previousDate))
  return phase.kind === 'retry' ? undefined : ended(runs[0])
}

const ended = (run: RunFact | undefined) => (run?.endedAt === null ? undefined : run)

const inTime = (who: number, atom: JobAtom, run: RunFact, from: number, looking: Looking): boolean => {
  const { graph, state, began } = looking
  const { within } = atom
  if (within === 'previous-date') return true
  if (within === 'same-date') return run.date === state.date
  for (let box = graph.boxOf[atom.node] as number; box >= 0; box = graph.boxOf[box] as number) {
    // When a box begins, what its members did before counts no more.
    if (run.startedAt < (began[box] as number)) return false
    if (run.date !== state.date && contains(graph, box, who)) return false
  }
  if (within === 'ever') return true
  const end = run.endedAt as number
  if (within === 'own-last-run') return end >= (state.nodes[who]?.runs[0]?.startedAt ?? Number.NEGATIVE_INFINITY)
  return end >= from - within.seconds * 1000
}

const contains = ({ boxOf }: Graph, box: number, who: number): boolean => {
  for (let up = boxOf[who] as number; up >= 0; up = boxOf[up] as number) if (up === box) return true
  return false
}

const matches = (atom: JobAtom, run: Pick<RunFact, 'outcome' | 'exit'>): boolean => {
  if (atom.kind === 'exit') return run.exit !== null && compares(run.exit, atom.compare, atom.code)
  return atom.is === 'done' ? run.outcome !== 'running' : atom.is === run.outcome
}

const compares = <T extends number | string>(a: T, how: Comparison, b: T): boolean => {
  if (how === '=') return a === b
  if (how === '!=') return a !== b
  if (how === '<') return a < b
  if (how === '<=') return a <= b
  return how === '>' ? a > b : a >= b
}

/** A variable or a file, as far as it is known; null where it is not. */
export const knownOf = (
  part: Extract<Resolved, { kind: 'global' | 'file' }>,
  { globals, files }: NightState,
): boolean | null => {
  if (part.kind === 'file') return files.get(part.path) ?? null
  const value = globals.get(part.name)
  if (value === undefined) return null
  const [a, b] = [Number(value), Number(part.value)]
  const numbers = value.trim() !== '' && part.value.trim() !== '' && !Number.isNaN(a) && !Number.isNaN(b)
  return numbers ? compares(a, part.compare, b) : compares(value, part.compare, part.value)
}
