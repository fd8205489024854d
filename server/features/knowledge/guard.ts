import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import type { Content } from './content.ts'

/** What the shape of the input cannot know. */
export const refuseBad = async (ctx: Context, kind: string, c: Content): Promise<void> => {
  if (kind !== 'article' && c.audience === 'requester')
    throw invalid('audience', 'must be internal: known errors and runbooks are for the support teams; write an article')
  if (kind !== 'runbook' && c.steps.length > 0) throw invalid('steps', 'belong to a runbook; leave them out')
  if (kind !== 'known_error')
    for (const field of ['symptoms', 'cause', 'workaround', 'answer', 'fix'] as const)
      if (c[field]) throw invalid(field, 'belongs to a known error; write it into the text')
  await refuseUnknown(ctx, c)
}

const refuseUnknown = async (ctx: Context, c: Content) => {
  if (c.teamId) {
    const team = await ctx.db.selectFrom('teams').select('id').where('id', '=', c.teamId).executeTakeFirst()
    if (!team) throw invalid('teamId', 'there is no such team; choose one from the list of teams')
  }
  if (c.serviceIds.length === 0) return
  const known = await ctx.db.selectFrom('services').select('id').where('id', 'in', c.serviceIds).execute()
  const ids = new Set(known.map((s) => s.id))
  if (c.serviceIds.some((id) => !ids.has(id)))
    throw invalid('serviceIds', 'one of them is not there; choose from the list of services')
}
