import { movePolicyInput } from '../../../contract/sla/index.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { slaPolicyMoved } from './events.ts'
import { allPolicies } from './policy.ts'
import { lockPolicy } from './policy-rows.ts'
import { showPolicy } from './policy-views.ts'

/** Has a policy tried earlier or later. */
export const movePolicy = verb('sla.move_policy', {
  permission: 'sla.write',
  input: movePolicyInput,
  async run(ctx, { id, before }) {
    const policy = await lockPolicy(ctx, id)
    if (policy.isDefault) throw conflict(`${policy.name} is the default and always comes last.`)
    const was = (await allPolicies(ctx.db)).filter((p) => !p.isDefault).map((p) => p.id)
    const others = was.filter((o) => o !== id)
    const place = before === null || before === id ? others.length : others.indexOf(before)
    if (place < 0) throw notFound('The SLA policy before which it comes')
    const order = before === id ? was : others.toSpliced(place, 0, id)
    if (order.every((o, i) => o === was[i])) return ctx.unchanged(await showPolicy(ctx.db, id))
    for (const [i, one] of order.entries())
      await ctx.db
        .updateTable('sla_policies')
        .set({ position: i + 1 })
        .where('id', '=', one)
        .execute()
    ctx.record(slaPolicyMoved, { subject: ref('sla', id), data: { name: policy.name, place: order.indexOf(id) + 1 } })
    return showPolicy(ctx.db, id)
  },
})
