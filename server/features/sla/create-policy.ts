import { createPolicyInput } from '../../../contract/sla/index.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { slaPolicyCreated } from './events.ts'
import { lockPolicies, policyColumns, refuseUnusable } from './policy-rows.ts'
import { showPolicy } from './policy-views.ts'

/** Adds a policy, tried after the others and before the default. */
export const createPolicy = verb('sla.create_policy', {
  permission: 'sla.write',
  input: createPolicyInput,
  async run(ctx, input) {
    const others = await lockPolicies(ctx)
    await refuseUnusable(ctx, input, null)
    const id = newId()
    await ctx.db
      .insertInto('sla_policies')
      .values({
        id,
        ...policyColumns({ ...input }),
        position: Math.max(0, ...others.map((p) => p.position)) + 1,
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .execute()
    ctx.record(slaPolicyCreated, { subject: ref('sla', id), data: { name: input.name, after: input } })
    return showPolicy(ctx.db, id)
  },
})
