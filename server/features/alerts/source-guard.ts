import type { SourceState } from '../../../contract/alerts/can.ts'
import type { Context } from '../../platform/context.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { requireCovered, requireVersion } from './guard.ts'
import { newIntakeKey } from './intake-key.ts'
import { knownKind } from './source-kinds.ts'
import type { SourceRow } from './source-rows.ts'

/** Takes a source for an act: existence, row scope and version are checked. */
export const lockSource = async (ctx: Context, id: string): Promise<{ row: SourceRow; state: SourceState }> => {
  const row = await ctx.db.selectFrom('sources').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The source')
  requireCovered(ctx, row.name, row.team_id)
  requireVersion(ctx, row.name, row.version)
  const keys = await ctx.db
    .selectFrom('source_keys')
    .select('id')
    .where('source_id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  return { row, state: { name: row.name, kind: row.kind, enabled: row.enabled, validKeys: keys.length } }
}

/** Makes a key of a source; it is in the answer, and nowhere else. */
export const giveKey = async (ctx: Context, sourceId: string, kind: string): Promise<{ key: string; hint: string }> => {
  const { key, hash, hint } = newIntakeKey(knownKind(kind)?.dialect)
  await ctx.db
    .insertInto('source_keys')
    .values({ id: newId(), source_id: sourceId, hash, hint, created_at: ctx.now() })
    .execute()
  return { key, hint }
}

/** Counts a change of the source or of its keys. */
export const touchSource = async (ctx: Context, id: string): Promise<void> => {
  await ctx.db
    .updateTable('sources')
    .set((eb) => ({ updated_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** A service that a source is set to must be there and not archived. */
export const refuseBadService = async (ctx: Context, serviceId: string | null): Promise<void> => {
  if (serviceId === null) return
  const service = await ctx.db
    .selectFrom('services')
    .select('archived_at')
    .where('id', '=', serviceId)
    .executeTakeFirst()
  if (!service) throw invalid('serviceId', 'there is no such service; choose one from the list of services.')
  if (service.archived_at) throw invalid('serviceId', 'this service is archived; choose another.')
}
