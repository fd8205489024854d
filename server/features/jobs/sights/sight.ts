import type { Observed } from '../overdue.ts'

/** How far something that tells of a job by itself has told all. Epoch milliseconds. */
export type Sight = { name: string; beforeTo: number | null; from: number; to: number; blindSince: number | null }

/** What is not known yet is looked at again so soon, and so late while nothing can be read. */
const AGAIN_MS = 15_000
const BLIND_AGAIN_MS = 60_000

type Judged = { now: number; spans: readonly Observed[]; notBefore: number }

/**
 * As of when a job is judged of which a sight tells, and by what was observed: nothing is held against it that the sight
 * cannot have told yet, and what lies in a gap of it is not known.
 */
export const judgedBy = ({ beforeTo, from, to, blindSince }: Sight, now: number): Judged => ({
  now: Math.min(now, to),
  spans: [
    { from: 0, to: beforeTo ?? 0 },
    { from, to },
  ],
  notBefore: now + (blindSince === null ? AGAIN_MS : BLIND_AGAIN_MS),
})
