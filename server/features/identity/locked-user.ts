import type { Context } from '../../platform/context.ts'
import { AppError, notFound } from '../../platform/errors.ts'

/** A person's row, locked until the verb ends, so that what the event calls "before" is true. Throws `not_found`, `stale`. */
export const lockUser = async (ctx: Context, id: string) => {
  const row = await ctx.db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'role', 'zone', 'disabled_at', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('This person')
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `${row.name} was changed since you looked. Read again, then make your change.`)
  return row
}
