import type { Context } from '../../platform/context.ts'
import { eventInput, ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { unitDeleted } from '../catalog/index.ts'
import { slaPolicyChanged, slaPolicyDeleted } from './events.ts'
import type { SlaPolicy } from './policy.ts'
import { lockPolicies, policyColumns } from './policy-rows.ts'

/**
 * A business unit was deleted: no policy names it any more. One that was for that unit alone fits nothing now and is
 * deleted; without any unit it would be for all of them.
 */
export const forgetUnit = verb('sla.forget_unit', {
  permission: 'system',
  input: eventInput(unitDeleted),
  async run(ctx) {
    const policies = await lockPolicies(ctx)
    const there = new Set((await ctx.db.selectFrom('business_units').select('id').execute()).map((u) => u.id))
    let mended = 0
    for (const policy of policies) {
      const businessUnitIds = policy.appliesTo.businessUnitIds.filter((id) => there.has(id))
      if (businessUnitIds.length === policy.appliesTo.businessUnitIds.length) continue
      mended += 1
      if (businessUnitIds.length > 0) await narrow(ctx, policy, { ...policy.appliesTo, businessUnitIds })
      else await remove(ctx, policy)
    }
    return mended === 0 ? ctx.unchanged(null) : null
  },
})

const narrow = async (ctx: Context, policy: SlaPolicy, appliesTo: SlaPolicy['appliesTo']): Promise<void> => {
  await ctx.db
    .updateTable('sla_policies')
    .set({ ...policyColumns({ ...policy, appliesTo }), updated_at: ctx.now(), version: policy.version + 1 })
    .where('id', '=', policy.id)
    .execute()
  const data = { name: policy.name, before: { appliesTo: policy.appliesTo }, after: { appliesTo } }
  ctx.record(slaPolicyChanged, { subject: ref('sla', policy.id), data })
}

const remove = async (ctx: Context, policy: SlaPolicy): Promise<void> => {
  await ctx.db.deleteFrom('sla_policies').where('id', '=', policy.id).execute()
  ctx.record(slaPolicyDeleted, { subject: ref('sla', policy.id), data: { name: policy.name, before: policy } })
}
