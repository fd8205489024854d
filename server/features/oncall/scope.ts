import type { Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'

/** Refuses what belongs to a team outside the actor's row scope. */
export const requireTeam = async (ctx: Context, teamId: string | null): Promise<void> => {
  const { scope } = ctx
  if (scope.rows === 'all') return
  if (scope.rows === 'team' && teamId && scope.teamIds.includes(teamId)) return
  throw new AppError('forbidden', 'This belongs to another team. Ask one of its leads or an administrator.')
}
