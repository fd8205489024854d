import { type SlaTargets, slaAppliesTo, slaCutOff, slaPolicy, slaTargets } from '../../../contract/sla/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { PolicyRules } from './policy-rules.ts'

export type SlaPolicy = PolicyRules & {
  id: string
  isDefault: boolean
  position: number
  appliesTo: ReturnType<typeof slaAppliesTo.parse>
  calendarId: string | null
  updatedAt: Instant
}

type Row = {
  id: string
  name: string
  is_default: boolean
  position: number
  targets: unknown
  rules: unknown
  calendar_id: string | null
  updated_at: Instant
  version: number
}

const { warnPercent, onReopen, onReclass, pauseReasons } = slaPolicy.shape

/** What of a policy stands in its JSON column. */
export const storedRules = slaPolicy
  .pick({ warnPercent: true, onReopen: true, onReclass: true, pauseReasons: true, cutOffs: true })
  .extend({ appliesTo: slaAppliesTo, cutOffs: slaCutOff.array(), warnPercent, onReopen, onReclass, pauseReasons })

/** A row as a policy. */
export const policyOf = (row: Row): SlaPolicy => ({
  id: row.id,
  name: row.name,
  isDefault: row.is_default,
  position: row.position,
  targets: slaTargets.parse(row.targets) satisfies SlaTargets,
  ...storedRules.parse(row.rules),
  calendarId: row.calendar_id,
  updatedAt: row.updated_at,
  version: row.version,
})

/** All policies in the order in which they are tried; the default, which a migration made and none deletes, is last. */
export const allPolicies = async (db: Db): Promise<SlaPolicy[]> =>
  (
    await db.selectFrom('sla_policies').selectAll().orderBy('is_default').orderBy('position').orderBy('id').execute()
  ).map(policyOf)
