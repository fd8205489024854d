import type { HierarchyRule, TellWhom } from '../../../../contract/desk/index.ts'
import { type Instant, plusMinutes } from '../../../platform/clock.ts'
import { lengthWords } from '../time-words.ts'

/** What the rules look at. Pure: facts and rules in, moments out. */
export type HierarchyFacts = {
  /** 1 to 5. */
  priority: number
  open: boolean
  /** Since when it waits for somebody to take it; null when somebody has. */
  untakenSince: Instant | null
  /** The escalation that waits to be accepted. */
  waiting: { id: string; since: Instant; to: string } | null
  /** When so many percent of the time to the resolution are used; null while that clock stands still. */
  resolutionAt(percent: number): Instant | null
  /** How often it was reopened: then everything counts anew. */
  reopened: number
}

/** `step` names it for ever: what was told under it is not told again. */
export type Moment = { step: string; at: Instant; tell: TellWhom; of: 'team' | 'receiver'; why: string }

const MINUTE = 60_000

const momentOf = (rule: HierarchyRule, f: HierarchyFacts): Moment | null => {
  const { tell } = rule
  if (rule.when === 'not_taken') {
    if (!f.untakenSince) return null
    const why = `P${f.priority}, and nobody has taken it for ${lengthWords(rule.minutes * MINUTE)}.`
    const step = `not_taken:${rule.minutes}:${tell}:${f.reopened}`
    return { step, at: plusMinutes(f.untakenSince, rule.minutes), tell, of: 'team', why }
  }
  if (rule.when === 'not_accepted') {
    if (!f.waiting) return null
    const why = `It was escalated to ${f.waiting.to} and has not been accepted for ${lengthWords(rule.minutes * MINUTE)}.`
    const step = `not_accepted:${f.waiting.id}:${rule.minutes}:${tell}`
    return { step, at: plusMinutes(f.waiting.since, rule.minutes), tell, of: 'receiver', why }
  }
  const at = f.resolutionAt(rule.percent)
  if (!at) return null
  const why =
    rule.percent === 100
      ? 'The time to resolve it is over.'
      : `${rule.percent} % of the time to resolve it ${rule.percent > 100 ? 'have passed' : 'are used'}.`
  return { step: `resolution:${rule.percent}:${tell}:${f.reopened}`, at, tell, of: 'team', why }
}

/** The moments at which somebody is to be told, the earliest first. */
export const momentsOf = (f: HierarchyFacts, rules: readonly HierarchyRule[]): Moment[] => {
  if (!f.open) return []
  const all = rules.filter((r) => f.priority <= r.priority).flatMap((r) => momentOf(r, f) ?? [])
  const once = [...new Map(all.map((m) => [m.step, m])).values()]
  return once.sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}
