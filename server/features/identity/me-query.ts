import { z } from 'zod'
import { permissionNames } from '../../../contract/identity/scopes.ts'
import type { TeamRole } from '../../../contract/identity/users.ts'
import type { Permission, Role, Rows } from '../../../contract/permissions.ts'
import { scopeFor } from '../../platform/access.ts'
import { type ReadContext, requireUser } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'

/** The person who asks, loaded under the scope "own". Throws `forbidden` for keys, which are nobody. */
export const loadMe = async (ctx: Pick<ReadContext, 'actor' | 'scope' | 'db'>) => {
  const actor = ctx.actor
  const self = requireUser(ctx)
  const row = await ctx.db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'role', 'zone', 'version'])
    .where('id', '=', ctx.scope.userId ?? self)
    .executeTakeFirst()
  if (!row) throw notFound('This person')
  const teams = await ctx.db
    .selectFrom('team_members as m')
    .innerJoin('teams as t', 't.id', 'm.team_id')
    .select(['t.id', 't.name', 't.slug', 't.kind', 'm.role'])
    .where('m.user_id', '=', row.id)
    .where('t.archived_at', 'is', null)
    .orderBy('t.name')
    .execute()
  const may: Partial<Record<Permission, Rows>> = {}
  for (const permission of permissionNames) {
    const rows = scopeFor(actor, permission)?.rows
    if (rows && rows !== 'ids') may[permission] = rows
  }
  return {
    ...row,
    role: row.role as Role,
    teams: teams.map((t) => ({ ...t, role: t.role as TeamRole })),
    may,
    internal: scopeFor(actor, 'event.read')?.internal ?? false,
  }
}

export const readMe = query('me.read', { permission: 'me.read', input: z.object({}), run: (ctx) => loadMe(ctx) })
