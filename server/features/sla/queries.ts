import { z } from 'zod'
import { query } from '../../platform/query.ts'
import { policyOf } from './policy.ts'

export const listSlaPolicies = query('sla.list', {
  permission: 'sla.read',
  input: z.object({}),
  async run(ctx) {
    const rows = await ctx.db
      .selectFrom('sla_policies')
      .selectAll()
      .orderBy('is_default', 'desc')
      .orderBy('name')
      .execute()
    return { items: rows.map(policyOf) }
  },
})
