import { blockedBy } from './blocked.ts'
import { type DrawOptions, type DrawTarget, drawInput, usualDraws } from './draw-input.ts'
import type { Drawer } from './draws-client.ts'
import { type Predicted, predictNight } from './forward.ts'
import type { Odds } from './odds.ts'
import { type Outlook, outlookOf } from './outlook.ts'
import { repairsOf } from './repairs.ts'
import type { DeadlineState } from './verdict.ts'
import { type Change, type Night, nightIf } from './what-if.ts'

/** `bands`: the ends of what they were asked of. */
export type Looked = { predicted: Predicted; outlooks: Outlook[]; bands: Odds[] }

export type LookOptions = {
  draws?: DrawOptions
  /** The states of the targets that were told last. */
  before?: readonly (DeadlineState | null)[]
  /** Of which others the ends are wanted, as the pass has found them. */
  bandsOf?: (predicted: Predicted) => readonly DrawTarget[]
  signal?: AbortSignal
}

/** Predicts a night: the forward pass here, the draws by the drawer. */
export const lookAhead = async (drawer: Drawer, night: Night, options: LookOptions = {}): Promise<Looked> => {
  const { graph, state, models, targets } = night
  const predicted = predictNight(graph, state, models)
  // What has failed blocks, but by the odds people start it again, as they did on other nights.
  const failed = predicted.phases.some((phase) => phase.kind === 'failed')
  const drawn = failed ? predictNight(graph, state, models, repairsOf(models)) : predicted
  const others = options.bandsOf?.(predicted) ?? []
  // All in one where the pass is the same: to draw it twice takes twice as long.
  const odds = await draw(drawer, { ...night, targets: failed ? targets : [...targets, ...others] }, drawn, options)
  const bands = failed
    ? await draw(drawer, { ...night, targets: [...others] }, predicted, options)
    : odds.slice(targets.length)
  const outlooks = targets.map((target, t) =>
    outlookOf(night, predicted, target, odds[t] as Odds, options.before?.[t] ?? null),
  )
  await Promise.all(
    outlooks.map((outlook) => (outlook.blocked ? addWayOut(drawer, night, outlook, options) : undefined)),
  )
  return { predicted, outlooks, bands }
}

const draw = (drawer: Drawer, night: Night, predicted: Predicted, { draws = usualDraws, signal }: LookOptions) => {
  if (night.targets.length === 0) return Promise.resolve([])
  return drawer.draw(drawInput(night.graph, night.state, night.models, predicted, night.targets, draws), signal)
}

const MOST_CULPRITS = 5

/** What is blocked has one job to act on: the odds as if that, and what else is in the way, were started now. */
const addWayOut = async (drawer: Drawer, night: Night, outlook: Outlook, options: LookOptions): Promise<void> => {
  const culprit = outlook.blocked
  if (!culprit || outlook.due === null) return
  let then = night
  let predicted: Predicted | null = null
  let blocked = outlook.blocked
  for (let n = 0; blocked && n < MOST_CULPRITS; n++) {
    then = nightIf(then, [{ kind: 'start-at', node: blocked.by, at: then.state.now }])
    predicted = predictNight(then.graph, then.state, then.models)
    blocked = blockedBy(predicted.circuit, predicted.times, outlook.node)
  }
  if (blocked || !predicted) return
  const [odds] = await draw(drawer, then, predicted, options)
  const missThen = odds?.miss ?? 1
  outlook.odds = { ...outlook.odds, acts: [{ node: culprit.by, missThen, gain: (outlook.odds.miss ?? 1) - missThen }] }
}

export type SideBySide = {
  base: Outlook[]
  changed: Outlook[]
  /** Jobs whose end would move, those that move most first; null: they would not end, or do not now. */
  moved: { node: number; from: number | null; to: number | null }[]
}

const A_MINUTE = 60_000
const MOST_MOVED = 200

/** A night beside the one that some changes would make of it. The same chances are drawn for both. */
export const whatIf = async (
  drawer: Drawer,
  night: Night,
  changes: readonly Change[],
  options: LookOptions = {},
): Promise<SideBySide> => {
  const [base, changed] = await Promise.all([
    lookAhead(drawer, night, options),
    lookAhead(drawer, nightIf(night, changes), options),
  ])
  const ends = (looked: Looked, i: number) => {
    const end = looked.predicted.times.end[i] as number
    return Number.isFinite(end) ? end : null
  }
  const moved = night.graph.nodes
    .map((_, node) => ({ node, from: ends(base, node), to: ends(changed, node) }))
    .filter(({ from, to }) => (from === null) !== (to === null) || Math.abs((from ?? 0) - (to ?? 0)) >= A_MINUTE)
    .toSorted((a, b) => Math.abs((b.from ?? 0) - (b.to ?? 0)) - Math.abs((a.from ?? 0) - (a.to ?? 0)))
  return { base: base.outlooks, changed: changed.outlooks, moved: moved.slice(0, MOST_MOVED) }
}
