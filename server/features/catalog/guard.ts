import { canService } from '../../../contract/catalog/can.ts'
import type { Scope } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, conflict, invalid, notFound } from '../../platform/errors.ts'

/** Whether the row scope covers what belongs to this team. What belongs to no team is for those who may touch all. */
const covers = (scope: Scope, teamId: string | null): boolean =>
  scope.rows === 'all' || (scope.rows === 'team' && teamId !== null && scope.teamIds.includes(teamId))

/** A team that something is given to must exist and be one of the actor's own, unless the actor may touch all. */
export const requireOwnTeam = async (ctx: Context, field: string, teamId: string | null): Promise<void> => {
  const { scope } = ctx
  if (!covers(scope, teamId)) {
    const problem = 'choose a team that you lead; only an administrator may choose another, or none.'
    throw new AppError('forbidden', `${field}: ${problem}`, { fields: [{ field, problem }] })
  }
  if (teamId === null) return
  const team = await ctx.db.selectFrom('teams').select('archived_at').where('id', '=', teamId).executeTakeFirst()
  if (!team) throw invalid(field, 'there is no such team; choose one from the list of teams.')
  if (team.archived_at !== null) throw invalid(field, 'this team is archived; choose another.')
}

/** Throws unless the thing is one of the actor's teams'. */
export const requireCovered = async (ctx: Context, name: string, teamId: string | null): Promise<void> => {
  const { scope } = ctx
  if (covers(scope, teamId)) return
  const team = teamId
    ? await ctx.db.selectFrom('teams').select('name').where('id', '=', teamId).executeTakeFirst()
    : null
  throw new AppError(
    'forbidden',
    team
      ? `${name} belongs to ${team.name}: only its leads and administrators may change it.`
      : `${name} belongs to no team: only administrators may change it.`,
  )
}

/** Throws `stale` when the caller read another version than the one that stands. */
export const requireVersion = (ctx: Context, name: string, version: number): void => {
  if (ctx.expected !== null && ctx.expected !== version) {
    throw new AppError('stale', `${name} was changed since you read it. Load it again and repeat your change.`)
  }
}

/**
 * Takes the row of a service for this transaction, after its existence, the row scope and the version the caller read.
 * With `archived: true` an archived one passes as well.
 */
export const lockService = async (ctx: Context, id: string, given: { archived?: boolean } = {}) => {
  const row = await ctx.db.selectFrom('services').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The service')
  await requireCovered(ctx, row.name, row.owner_team_id)
  requireVersion(ctx, row.name, row.version)
  const refusal = given.archived ? null : canService.change({ name: row.name, archived: row.archived_at !== null })
  if (refusal) throw conflict(refusal)
  return row
}

/** Something that a read of the service shows has changed: its ETag must change with it. */
export const touchService = async (ctx: Context, id: string): Promise<void> => {
  await ctx.db
    .updateTable('services')
    .set((eb) => ({ updated_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
