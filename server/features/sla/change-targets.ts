import { isDeepStrictEqual } from 'node:util'
import { changeTargetsInput, slaTargets } from '../../../contract/sla/index.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { slaTargetsChanged } from './events.ts'
import { policyOf } from './policy.ts'

/** Changes the targets of the priorities that are given. */
export const changeTargets = verb('sla.change_targets', {
  permission: 'sla.write',
  input: changeTargetsInput,
  async run(ctx, { id, targets }) {
    const row = await ctx.db.selectFrom('sla_policies').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw notFound('The SLA policy')
    if (ctx.expected !== null && ctx.expected !== row.version) {
      throw new AppError(
        'stale',
        'Somebody changed these targets since you read them. Load them again and repeat your change.',
      )
    }
    const stored = policyOf(row)
    const after = slaTargets.parse({ ...stored.targets, ...targets })
    if (isDeepStrictEqual(after, stored.targets)) return ctx.unchanged(stored)
    const updated = await ctx.db
      .updateTable('sla_policies')
      .set((eb) => ({ targets: JSON.stringify(after), updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    ctx.record(slaTargetsChanged, {
      subject: ref('sla', id),
      data: { name: stored.name, before: stored.targets, after },
    })
    return policyOf(updated)
  },
})
