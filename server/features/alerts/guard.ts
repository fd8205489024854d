import type { Scope } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, invalid } from '../../platform/errors.ts'

/** Whether the row scope covers what belongs to this team. What belongs to no team is for those who may touch all. */
const covers = (scope: Scope, teamId: string | null): boolean =>
  scope.rows === 'all' || (scope.rows === 'team' && teamId !== null && scope.teamIds.includes(teamId))

/** A team that something is given to must exist and be one of the actor's own, unless he may touch all. */
export const requireOwnTeam = async (ctx: Context, teamId: string | null): Promise<void> => {
  if (!covers(ctx.scope, teamId)) {
    const problem = 'choose one of your own teams; only an administrator may choose another, or none.'
    throw new AppError('forbidden', `teamId: ${problem}`, { fields: [{ field: 'teamId', problem }] })
  }
  if (teamId === null) return
  const team = await ctx.db.selectFrom('teams').select('archived_at').where('id', '=', teamId).executeTakeFirst()
  if (!team) throw invalid('teamId', 'there is no such team; choose one from the list of teams.')
  if (team.archived_at !== null) throw invalid('teamId', 'this team is archived; choose another.')
}

/** The team for which somebody silences: the one that he names, else his only one, else (for those who may touch all) none. */
export const teamToSilence = async (ctx: Context, given: string | null | undefined): Promise<string | null> => {
  const { scope } = ctx
  const [only, another] = scope.teamIds
  const teamId = given === undefined ? (scope.rows === 'all' ? null : another ? null : (only ?? null)) : given
  if (teamId === null && scope.rows !== 'all') throw invalid('teamId', 'say for which of your teams this is.')
  await requireOwnTeam(ctx, teamId)
  return teamId
}

/** Throws `forbidden` unless the thing is one of the actor's teams'. */
export const requireCovered = (ctx: Context, what: string, teamId: string | null): void => {
  if (covers(ctx.scope, teamId)) return
  throw new AppError(
    'forbidden',
    teamId
      ? `${what} belongs to another team: only its own people and administrators may do this.`
      : `${what} belongs to no team: only administrators may do this.`,
  )
}

/** Throws `stale` when the caller read another version than the one that stands. */
export const requireVersion = (ctx: Context, what: string, version: number): void => {
  if (ctx.expected !== null && ctx.expected !== version)
    throw new AppError('stale', `${what} was changed since you read it. Load it again and repeat your change.`)
}
