import { type RawBuilder, sql } from 'kysely'
import type { SavedView } from '../../../../contract/desk/views.ts'
import { type Context, requireUser } from '../../../platform/context.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { AppError, invalid, notFound } from '../../../platform/errors.ts'

/** Views as a person sees them: his own and those of his teams, whose leads may change them as well. */
export const viewsOf = async (db: Db, userId: string, where: RawBuilder<unknown> = sql`true`): Promise<SavedView[]> => {
  const { rows } = await sql<SavedView>`
    select v.id, v.name, v.filter, v.version, json_build_object('id', o.id, 'name', o.name) as owner,
      case when t.id is not null then json_build_object('id', t.id, 'name', t.name) end as team,
      v.owner_id = ${userId}::uuid or coalesce(m.role = 'lead', false) as "mayChange"
    from saved_views v
    join users o on o.id = v.owner_id
    left join teams t on t.id = v.team_id
    left join team_members m on m.team_id = v.team_id and m.user_id = ${userId}::uuid
    where (v.owner_id = ${userId}::uuid or m.user_id is not null) and ${where}
    order by v.team_id is not null, lower(v.name), v.id`.execute(db)
  return rows
}

export const requireView = async (ctx: Context, id: string): Promise<SavedView> => {
  const [view] = await viewsOf(ctx.db, requireUser(ctx), sql`v.id = ${id}::uuid`)
  if (!view) throw notFound('The view')
  return view
}

/** The view, locked, for somebody who may change it. Throws `not_found`, `forbidden`, `stale`. */
export const takeView = async (ctx: Context, id: string): Promise<SavedView> => {
  await sql`select id from saved_views where id = ${id}::uuid for update`.execute(ctx.db)
  const view = await requireView(ctx, id)
  if (!view.mayChange)
    throw new AppError('forbidden', `${view.name} is ${view.owner.name}'s, or may be changed by a lead of the team.`)
  if (ctx.expected !== null && ctx.expected !== view.version)
    throw new AppError('stale', `${view.name} was changed since you read it. Load it again and repeat your change.`)
  return view
}

/** A view is shared with a team that its owner is in. */
export const requireMyTeam = async (ctx: Context, teamId: string | null): Promise<void> => {
  if (teamId === null) return
  const mine = await ctx.db
    .selectFrom('team_members')
    .select('team_id')
    .where('team_id', '=', teamId)
    .where('user_id', '=', requireUser(ctx))
    .executeTakeFirst()
  if (!mine)
    throw invalid('teamId', 'is no team of yours; share the view with one of your teams, or keep it for yourself')
}

export const toldOf = (view: SavedView) => ({ name: view.name, filter: view.filter, team: view.team?.name ?? null })
