import type { JobWaits } from '../../../../contract/jobs/waits.ts'

/**
 * What a prediction is made of: the jobs of one business date, and what is known of them now. All instants are
 * milliseconds since 1970, all dates are business dates such as 2026-11-30.
 */

/** A job as the graph knows it. It changes with its definition, not with its runs. */
export type ChainNode = {
  id: string
  name: string
  /** Which scheduler it is of, and what that calls it: conditions of the same origin may name it so. */
  origin: string | null
  key: string | null
  waits: JobWaits
  zone: string
  /** When its schedule lets it start on this date, in order; empty: not on this date; null: it has no schedule. */
  gates: readonly number[] | null
  /** So long before a gate it may begin, and is the one of that time: a file is expected by it, and comes sooner. */
  aheadMs?: number
  /** What it is slow together with, such as `host:prdbat01` and `database:RISK`. */
  shares: readonly string[]
}

export type RunFact = {
  date: string
  startedAt: number
  /** Null while it runs. */
  endedAt: number | null
  outcome: 'running' | 'succeeded' | 'failed' | 'terminated'
  exit: number | null
  /** 1 for the first try, more for what its scheduler starts again. */
  attempt: number
  /** It stands for the times up to this one, though it began sooner: else one that began before its time runs again. */
  covers?: number
}

/** What is known of a job now. */
export type NodeState = {
  /** Its last runs, the newest first; at least the last one, the last of this date and the last of the date before. */
  runs: readonly RunFact[]
  hold: JobWaits['hold']
  /** Somebody says that it will not start before this. */
  notBefore: number | null
  /** Somebody starts it then, whatever it waits for; also when it has failed or is held. */
  startAt: number | null
}

export type NightState = {
  now: number
  date: string
  previousDate: string
  /** As many as the graph has nodes, in its order. */
  nodes: readonly NodeState[]
  /** Units of each resource; what is not named has no limit. */
  units: ReadonlyMap<string, number>
  /** Variables of schedulers, and files that are known to be there (or not). What is not named is not known. */
  globals: ReadonlyMap<string, string>
  files: ReadonlyMap<string, boolean>
}
