import { type SlaTargets, slaTargets } from '../../../contract/sla/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'

export type SlaPolicy = {
  id: string
  name: string
  isDefault: boolean
  targets: SlaTargets
  updatedAt: Instant
  version: number
}

/** A row as a policy. */
export const policyOf = (row: {
  id: string
  name: string
  is_default: boolean
  targets: unknown
  updated_at: Instant
  version: number
}): SlaPolicy => ({
  id: row.id,
  name: row.name,
  isDefault: row.is_default,
  targets: slaTargets.parse(row.targets),
  updatedAt: row.updated_at,
  version: row.version,
})

/** The policy of all services; a migration made it, and none deletes it. */
export const defaultPolicy = async (db: Db): Promise<SlaPolicy> =>
  policyOf(await db.selectFrom('sla_policies').selectAll().where('is_default', '=', true).executeTakeFirstOrThrow())
