/** Where a page is in its policy, and what comes next. Pure. */

export type Target = { kind: 'schedule' | 'user' | 'team'; id: string }
export type Step = { delayMinutes: number; targets: Target[] }
/** A policy as it stood when the page began. */
export type Snapshot = { name: string; steps: Step[]; repeats: number; ackTimeoutMinutes: number | null }
/** Both count from 0. */
export type Position = { round: number; step: number }

/** Minutes to wait after the last step of a round when the policy's own delays say nothing longer. */
const LEAST_WAIT_MINUTES = 5

/** The next step, or null when the policy has run out; `afterMinutes` counts from the present step. */
export const nextStep = (policy: Snapshot, at: Position): (Position & { afterMinutes: number }) | null => {
  const following = policy.steps[at.step + 1]
  if (following) return { round: at.round, step: at.step + 1, afterMinutes: following.delayMinutes }
  if (at.round < policy.repeats) return { round: at.round + 1, step: 0, afterMinutes: lastWait(policy) }
  return null
}

/** How long the last step of a round is given before the round starts again or the page is exhausted. */
export const lastWait = (policy: Snapshot): number =>
  Math.max(LEAST_WAIT_MINUTES, ...policy.steps.slice(1).map((s) => s.delayMinutes))

/** Minutes until what follows a step: at once when it reached nobody and the round has another, else as the policy says. */
export const waitAfter = (policy: Snapshot, at: Position, reached: boolean): number => {
  const next = nextStep(policy, at)
  if (reached) return next?.afterMinutes ?? lastWait(policy)
  return next?.round === at.round ? 0 : lastWait(policy)
}

/** When each step would be taken, in minutes from the start, if nobody answered; `reached`: does this step reach anybody? */
export const rehearse = (
  policy: Snapshot,
  reached: readonly boolean[],
): { steps: (Position & { atMinutes: number })[]; endsAtMinutes: number } => {
  const steps: (Position & { atMinutes: number })[] = []
  let at: Position | null = { round: 0, step: 0 }
  let atMinutes = 0
  while (at) {
    steps.push({ ...at, atMinutes })
    atMinutes += waitAfter(policy, at, reached[at.step] ?? false)
    const next = nextStep(policy, at)
    at = next && { round: next.round, step: next.step }
  }
  return { steps, endsAtMinutes: atMinutes }
}

/** Is `b` after `a`? A step that is not after the newest one taken does nothing: it was taken already. */
export const isAfter = (a: Position, b: Position): boolean =>
  b.round > a.round || (b.round === a.round && b.step > a.step)
