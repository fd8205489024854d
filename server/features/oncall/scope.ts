import type { Context } from '../../platform/context.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { findTeam } from '../identity/index.ts'

/** Throws `invalid` for a team that is not there. */
export const requireKnownTeam = async (ctx: Context, teamId: string | null): Promise<void> => {
  if (teamId && !(await findTeam(ctx.db, teamId)))
    throw invalid('teamId', 'there is no such team; choose one from the list of teams')
}

/** Refuses what belongs to a team outside the actor's row scope. */
export const requireTeam = async (ctx: Context, teamId: string | null): Promise<void> => {
  const { scope } = ctx
  if (scope.rows === 'all') return
  if (scope.rows === 'team' && teamId && scope.teamIds.includes(teamId)) return
  throw new AppError('forbidden', 'This belongs to another team. Ask one of its leads or an administrator.')
}
