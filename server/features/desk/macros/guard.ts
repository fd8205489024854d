import type { Scope } from '../../../platform/access.ts'
import type { Context, ReadContext } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import { findLiveTeam } from '../people.ts'

export const covers = (scope: Scope, teamId: string | null): boolean =>
  scope.rows === 'all' || (scope.rows === 'team' && teamId !== null && scope.teamIds.includes(teamId))

/** What belongs to a team is for its leads; what is for all, for administrators. Throws `forbidden`. */
export const requireTeamOf = (ctx: Pick<ReadContext, 'scope'>, teamId: string | null): void => {
  if (covers(ctx.scope, teamId)) return
  const problem =
    teamId === null
      ? 'only an administrator may do this for all teams; choose a team that you lead.'
      : 'only its leads and administrators may do this; choose a team that you lead.'
  throw new AppError('forbidden', `teamId: ${problem}`, { fields: [{ field: 'teamId', problem }] })
}

export const requireNewTeam = async (ctx: Context, teamId: string | null): Promise<void> => {
  requireTeamOf(ctx, teamId)
  if (teamId) await findLiveTeam(ctx, 'teamId', teamId)
}

type Versioned = { team_id: string | null; name: string; version: number }

export const requireMine = (ctx: Context, row: Versioned): void => {
  requireTeamOf(ctx, row.team_id)
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `${row.name} was changed since you read it. Load it again and repeat your change.`)
}
