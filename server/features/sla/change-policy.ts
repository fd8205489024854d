import { changePolicyInput, slaTargets } from '../../../contract/sla/index.ts'
import { differences } from '../../platform/differences.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { slaPolicyChanged } from './events.ts'
import { lockPolicy, policyColumns, refuseUnusable } from './policy-rows.ts'
import { showPolicy } from './policy-views.ts'

/** Changes the fields, and the targets of the priorities, that are given. */
export const changePolicy = verb('sla.change_policy', {
  permission: 'sla.write',
  input: changePolicyInput,
  async run(ctx, { id, targets, ...given }) {
    const stored = await lockPolicy(ctx, id)
    const change = differences(stored, {
      ...given,
      ...(targets ? { targets: slaTargets.parse({ ...stored.targets, ...targets }) } : {}),
    })
    if (!change) return ctx.unchanged(await showPolicy(ctx.db, id))
    const { before, after, next } = change
    if (stored.isDefault && after.appliesTo && Object.values(next.appliesTo).some((l) => l.length > 0))
      throw invalid('appliesTo', 'the default policy is for whatever no other is for; leave it empty')
    await refuseUnusable(ctx, next, id)
    await ctx.db
      .updateTable('sla_policies')
      .set({ ...policyColumns(next), updated_at: ctx.now(), version: stored.version + 1 })
      .where('id', '=', id)
      .execute()
    ctx.record(slaPolicyChanged, {
      subject: ref('sla', id),
      data: { name: next.name, before, after },
    })
    return showPolicy(ctx.db, id)
  },
})
