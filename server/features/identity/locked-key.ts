import type { Context } from '../../platform/context.ts'
import { AppError, notFound } from '../../platform/errors.ts'

/** A key's row, locked until the verb ends: of two who rotate it at once, one sees the other's secret. Throws `not_found`, `stale`. */
export const lockKey = async (ctx: Context, id: string) => {
  const row = await ctx.db
    .selectFrom('api_keys')
    .select(['id', 'name', 'scopes', 'revoked_at', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('This key')
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `The key ${row.name} was changed since you looked. Read again, then make your change.`)
  return row
}

/** Counts a change of the key or of its secrets. */
export const touchKey = async (ctx: Context, id: string): Promise<void> => {
  await ctx.db
    .updateTable('api_keys')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
