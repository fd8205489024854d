import { policyInput } from '../../../contract/sla/index.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { slaPolicyDeleted } from './events.ts'
import { lockPolicy } from './policy-rows.ts'

/** Deletes a policy. Open clocks that ran by it are computed anew by another one; closed ones stay. */
export const deletePolicy = verb('sla.delete_policy', {
  permission: 'sla.write',
  input: policyInput,
  async run(ctx, { id }) {
    const policy = await lockPolicy(ctx, id)
    if (policy.isDefault)
      throw conflict(`${policy.name} is the default, for whatever no other policy is for: change it instead.`)
    await ctx.db.deleteFrom('sla_policies').where('id', '=', id).execute()
    ctx.record(slaPolicyDeleted, { subject: ref('sla', id), data: { name: policy.name, before: policy } })
    return { ok: true as const }
  },
})
