import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { requireVersion } from './guard.ts'

export type UnitFields = { name: string; site: string; people: number | null }

/** Business units with the number of services that they use. */
export const selectUnits = (db: Db) =>
  db
    .selectFrom('business_units as u')
    .select(['u.id', 'u.slug', 'u.name', 'u.site', 'u.people', 'u.version', 'u.updated_at as updatedAt'])
    .select(
      sql<number>`(select count(*)::int from service_business_units b where b.business_unit_id = u.id)`.as('services'),
    )

export const showUnit = async (db: Db, id: string) => {
  const unit = await selectUnits(db).where('u.id', '=', id).executeTakeFirst()
  if (!unit) throw notFound('The business unit')
  return unit
}

/** Business units belong to no team, so that only those who may touch all rows may change them. */
export const requireAllRows = (ctx: Context): void => {
  if (ctx.scope.rows !== 'all') {
    throw new AppError('forbidden', 'Business units belong to no team: only administrators may change them.')
  }
}

/** Takes the row of a business unit for this transaction, after the row scope and the version the caller read. */
export const lockUnit = async (ctx: Context, id: string) => {
  requireAllRows(ctx)
  const row = await ctx.db.selectFrom('business_units').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The business unit')
  requireVersion(ctx, row.name, row.version)
  return row
}
