import { type Assumption, type Blocked, knownOf, type Looking, truthOf } from './evaluate.ts'
import type { Resolved } from './graph.ts'

/** A condition with all that is settled taken out: what is left to wait for. */
export type Term =
  /** Settled. `slot`: the job whose end on this date settled it, if it was one, so that its slack can be told. */
  | { is: 'met'; slot: number }
  /** At the end of a slot. `soft`: holds already, until that job begins its next run. */
  | { is: 'at'; slot: number; soft: boolean }
  | { is: 'never'; because: Blocked }
  | { is: 'all' | 'any'; of: Term[] }

export const ALWAYS: Term = { is: 'met', slot: -1 }

/** What `who` still waits for, if it could start at `from`. `ends`: what is known of the ends of jobs so far. */
export const termOf = (
  who: number,
  part: Resolved | null,
  from: number,
  looking: Looking,
  ends: readonly (Term | undefined)[],
  assume: (assumption: Assumption) => void,
): Term => {
  if (part === null) return ALWAYS
  switch (part.kind) {
    case 'all':
      return allOf(part.of.map((one) => termOf(who, one, from, looking, ends, assume)))
    case 'any':
      return anyOf(part.of.map((one) => termOf(who, one, from, looking, ends, assume)))
    case 'unknown':
      return { is: 'never', because: { why: 'unknown-job', by: who } }
    case 'global':
    case 'file': {
      const known = knownOf(part, looking.state)
      if (known === null) assume({ node: who, kind: part.kind, name: part.kind === 'file' ? part.path : part.name })
      const why = part.kind === 'file' ? 'file' : 'variable'
      return known === false ? { is: 'never', because: { why, by: who } } : ALWAYS
    }
    default: {
      const truth = truthOf(who, part, from, looking)
      if (truth.is === 'never') return { is: 'never', because: { why: truth.why, by: truth.by } }
      if (truth.is === 'met') {
        const ranTonight = looking.phases[part.node]?.kind === 'done' && part.within !== 'previous-date'
        return { is: 'met', slot: ranTonight ? part.node : -1 }
      }
      const end = ends[part.node]
      if (end?.is === 'never') return truth.soft ? ALWAYS : end
      return { is: 'at', slot: part.node, soft: truth.soft }
    }
  }
}

/** The latest of some. */
export const allOf = (terms: readonly Term[]): Term => {
  const nevers = terms.filter((term) => term.is === 'never')
  // What waits for a failure that nobody expects is not blocked by what else it waits for.
  const never = nevers.find((term) => term.because.why === 'unexpected') ?? nevers[0]
  if (never) return never
  const left = terms.filter((term) => term.is !== 'met' || term.slot >= 0)
  const [only] = left
  if (!only) return ALWAYS
  return left.length === 1 ? only : { is: 'all', of: left }
}

/** The earliest of some. */
export const anyOf = (terms: readonly Term[]): Term => {
  const met = terms.find((term) => term.is === 'met' || (term.is === 'all' && term.of.every((one) => one.is === 'met')))
  if (met) return met
  const left = terms.filter((term) => term.is !== 'never')
  const [only] = left
  if (only) return left.length === 1 ? only : { is: 'any', of: left }
  const nevers = terms.filter((term) => term.is === 'never')
  return nevers.find((term) => term.because.why !== 'unexpected') ?? nevers[0] ?? ALWAYS
}
