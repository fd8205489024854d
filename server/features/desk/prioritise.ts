import {
  type Level,
  type PriorityMatrix,
  type PriorityNumber,
  priorityName,
  priorityOf,
} from '../../../contract/desk/index.ts'
import type { Proposal } from './propose.ts'

/** Where impact or urgency comes from. */
type Source = { by: 'rule' | 'person'; because: string }
export type Basis = { impact: Source; urgency: Source; override?: { by: string; reason: string } }

export type Prioritised = {
  impact: Level
  urgency: Level
  priority: PriorityNumber
  overridden: boolean
  /** "Impact high (tier 1 service, 2 business units) × urgency high (cut-off 07:45 London in 33 min) = P1" */
  reason: string
  basis: Basis
}

export type Chosen = {
  /** Set by a person, with who it was; null where the rule's proposal counts. */
  impact: Proposal | null
  urgency: Proposal | null
  override: { priority: PriorityNumber; by: string; reason: string } | null
}

const source = (chosen: Proposal | null, proposed: Proposal): Source & { level: Level } =>
  chosen ? { by: 'person', ...chosen } : { by: 'rule', ...proposed }

/** Impact × urgency = priority, with the reason in words. What a person chose counts before what the rule proposes. */
export const prioritise = (
  proposed: { impact: Proposal; urgency: Proposal },
  chosen: Chosen,
  matrix: PriorityMatrix,
): Prioritised => {
  const impact = source(chosen.impact, proposed.impact)
  const urgency = source(chosen.urgency, proposed.urgency)
  const priority = priorityOf(impact.level, urgency.level, matrix)
  const because = `Impact ${impact.level} (${impact.because}) × urgency ${urgency.level} (${urgency.because}) = ${priorityName(priority)}`
  const basis: Basis = {
    impact: { by: impact.by, because: impact.because },
    urgency: { by: urgency.by, because: urgency.because },
  }
  const levels = { impact: impact.level, urgency: urgency.level }
  if (!chosen.override) return { ...levels, priority, overridden: false, reason: because, basis }
  const { by, reason } = chosen.override
  return {
    ...levels,
    priority: chosen.override.priority,
    overridden: true,
    reason: `${priorityName(chosen.override.priority)} set by ${by}${reason && `: ${reason}`}. Without that: ${because}`,
    basis: { ...basis, override: { by, reason } },
  }
}
