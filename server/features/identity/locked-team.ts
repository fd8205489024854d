import type { Context } from '../../platform/context.ts'
import { AppError, notFound } from '../../platform/errors.ts'

/**
 * A team's row under the row scope, locked until the verb ends. Throws `not_found`, `stale`, and `forbidden` for a team
 * that the actor does not lead.
 */
export const lockTeam = async (ctx: Context, id: string) => {
  const row = await ctx.db
    .selectFrom('teams')
    .select(['id', 'name', 'slug', 'kind', 'zone', 'description', 'archived_at', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('This team')
  const { rows, teamIds } = ctx.scope
  if (rows !== 'all' && !teamIds.includes(id))
    throw new AppError('forbidden', `Only a lead of ${row.name} or an administrator may change it.`)
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `${row.name} was changed since you looked. Read again, then make your change.`)
  return row
}

/** Counts a change of the team or of its members: a reader's ETag then tells that something is new. */
export const touchTeam = async (ctx: Context, id: string, set: Record<string, unknown> = {}): Promise<void> => {
  await ctx.db
    .updateTable('teams')
    .set({ ...set, updated_at: ctx.now() })
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
