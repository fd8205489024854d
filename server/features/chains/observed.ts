import { unobservedUntil } from '../jobs/index.ts'
import type { NightInput } from './night-input.ts'

/** What senders have kept for us while we were away comes within this, once we listen again. */
const SPOOL_MS = 600_000
/** A look each minute is what is recorded; what was due within it was seen. */
const AROUND_MS = 60_000

type Spans = Parameters<typeof unobservedUntil>[0]

/** When Watchfloor was running; and until when the schedulers that are asked for jobs of the chain have told all. */
type Heard = { spans: Spans; toldUntil: number | null }

/**
 * Whether nobody can say of a deadline that has passed whether it was met: what tells of its jobs has not told so far yet;
 * or Watchfloor was not running then, and either
 * what was kept for us may still come, or nothing that came shows that the chain was not through.
 */
export const isUnobserved = (
  { state }: Pick<NightInput, 'state'>,
  due: number,
  now: number,
  { spans, toldUntil }: Heard,
): boolean => {
  if (now <= due) return false
  if (toldUntil !== null && toldUntil < due) return true
  const back = unobservedUntil(spans, due - AROUND_MS, due, now)
  if (back === null) return false
  return now < back + SPOOL_MS || !wentOnAfter(state, due)
}

/** A run of the chain was under way when it was due, or began after. */
const wentOnAfter = ({ nodes, date }: NightInput['state'], due: number): boolean =>
  nodes.some(({ runs }) => runs.some((run) => run.date === date && (run.endedAt === null || run.endedAt > due)))
