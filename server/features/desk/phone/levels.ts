import {
  type Level,
  levels,
  type PriorityMatrix,
  type PriorityNumber,
  priorityOf,
} from '../../../../contract/desk/index.ts'

type Two = { impact: Level; urgency: Level }

/**
 * Impact and urgency that give a priority which somebody said, as near as can be to what the rules propose; of two that
 * are as near, the one that keeps the impact, which the catalogue knows better than a caller. What was said of either
 * stays. Null when the matrix has no such pair.
 */
export const levelsFor = (
  wanted: PriorityNumber,
  proposed: Two,
  fixed: Partial<Two>,
  matrix: PriorityMatrix,
): Two | null => {
  const pairs = levels.flatMap((impact) => levels.map((urgency) => ({ impact, urgency })))
  const [best] = pairs
    .filter((p) => priorityOf(p.impact, p.urgency, matrix) === wanted)
    .filter((p) => p.impact === (fixed.impact ?? p.impact) && p.urgency === (fixed.urgency ?? p.urgency))
    .map((p) => ({ p, far: steps(p.impact, proposed.impact) * 1.5 + steps(p.urgency, proposed.urgency) }))
    .toSorted((a, b) => a.far - b.far)
  return best?.p ?? null
}

const steps = (a: Level, b: Level) => Math.abs(levels.indexOf(a) - levels.indexOf(b))
