import { sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import type { Scope } from '../../platform/access.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import { AppError, invalid, notFound } from '../../platform/errors.ts'
import { watchService } from '../alerts/index.ts'
import { findService } from '../catalog/index.ts'
import { findTeam } from '../identity/index.ts'

/** Whether the row scope covers what belongs to this team. What belongs to no team is for those who may touch all. */
const covers = (scope: Scope, teamId: string | null): boolean =>
  scope.rows === 'all' || (scope.rows === 'team' && teamId !== null && scope.teamIds.includes(teamId))

/** A team that a monitor is given to must exist and be one of the actor's own, unless the actor may touch all. */
export const requireOwnTeam = async (ctx: ReadContext, teamId: string | null): Promise<void> => {
  if (!covers(ctx.scope, teamId)) {
    const problem = 'choose one of your own teams; only an administrator may choose another, or none.'
    throw new AppError('forbidden', `teamId: ${problem}`, { fields: [{ field: 'teamId', problem }] })
  }
  if (teamId !== null && !(await findTeam(ctx.db, teamId)))
    throw invalid('teamId', 'there is no such team; choose one from the list of teams.')
}

/** Throws unless the monitor is one of the actor's teams'. */
export const requireCovered = async (ctx: ReadContext, name: string, teamId: string | null): Promise<void> => {
  if (covers(ctx.scope, teamId)) return
  const team = teamId ? await findTeam(ctx.db, teamId) : null
  throw new AppError(
    'forbidden',
    team
      ? `${name} belongs to ${team.name}: only its people and administrators may do this.`
      : `${name} belongs to no team: only administrators may do this.`,
  )
}

/** The service of a monitor must be there, and run in its environment. Answers the team that owns it. */
export const requireService = async (ctx: ReadContext, serviceId: string | null, environment: string) => {
  if (serviceId === null) return { ownerTeamId: null }
  const service = await findService(ctx.db, serviceId)
  if (!service) throw invalid('serviceId', 'there is no such service; choose one from the list of services.')
  if (service.archived) throw invalid('serviceId', `${service.name} is archived; choose another.`)
  if (!service.environments.includes(environment))
    throw invalid(
      'environment',
      `${service.name} does not run in ${environment}; it runs in ${service.environments.join(', ')}.`,
    )
  return service
}

export const requireRule = (rule: { downAfter: number; ofLooks: number }): void => {
  if (rule.downAfter > rule.ofLooks)
    throw invalid('downAfter', `must be at most ofLooks (${rule.ofLooks}): so many of the last ${rule.ofLooks} looks.`)
}

export const requireTime = (timeoutSeconds: number, intervalSeconds: number): void => {
  if (timeoutSeconds > intervalSeconds)
    throw invalid(
      'config.timeoutSeconds',
      `must be at most the interval (${intervalSeconds} s), so that looks do not overtake each other.`,
    )
}

/** Takes the row of a monitor for this transaction, after its existence, the row scope and the version the caller read. */
export const lockMonitor = async (ctx: Context, id: string) => {
  const row = await ctx.db.selectFrom('monitors').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The monitor')
  await requireCovered(ctx, row.name, row.team_id)
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `${row.name} was changed since you read it. Load it again and repeat your change.`)
  return row
}

/** Those who look see that something changed in this shard; and from now on somebody watches the service. */
export const noteChange = async (
  ctx: Context,
  shard: number,
  watched?: { serviceId: string | null; environment: string },
): Promise<void> => {
  await sql`update monitor_shards set changes = changes + 1 where shard = ${shard}`.execute(ctx.db)
  if (watched?.serviceId) await watchService(ctx, watched.serviceId, watched.environment as Environment)
}
