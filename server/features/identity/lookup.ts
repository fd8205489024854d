import type { TeamRole } from '../../../contract/identity/users.ts'
import type { Role } from '../../../contract/permissions.ts'
import type { Db } from '../../platform/db/pool.ts'

/** Look-ups for the features to the right. They check no permission and see disabled people and archived teams too. */

export type FoundUser = { id: string; name: string; email: string; zone: string; role: Role; disabled: boolean }

const columns = ['id', 'name', 'email', 'zone', 'role', 'disabled_at'] as const

/** A person by id. */
export const findUser = async (db: Db, id: string): Promise<FoundUser | null> =>
  found(await db.selectFrom('users').select(columns).where('id', '=', id).executeTakeFirst())

/** A person by mail address, however it is spelt. */
export const findUserByEmail = async (db: Db, email: string): Promise<FoundUser | null> =>
  found(await db.selectFrom('users').select(columns).where('email', '=', email.trim().toLowerCase()).executeTakeFirst())

const found = (
  row: { id: string; name: string; email: string; zone: string; role: string; disabled_at: unknown } | undefined,
): FoundUser | null =>
  row
    ? {
        id: row.id,
        name: row.name,
        email: row.email,
        zone: row.zone,
        role: row.role as Role,
        disabled: row.disabled_at !== null,
      }
    : null

/** Names by id; ids of nobody are left out. */
export const userNames = async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((r) => [r.id, r.name]))
}

/** A team by id. */
export const findTeam = async (
  db: Db,
  id: string,
): Promise<{ id: string; name: string; slug: string; kind: string; zone: string } | null> =>
  (await db
    .selectFrom('teams')
    .select(['id', 'name', 'slug', 'kind', 'zone'])
    .where('id', '=', id)
    .executeTakeFirst()) ?? null

/** Who can be reached in a team: its enabled members, leads first, then by name. */
export const teamMembers = async (db: Db, teamId: string): Promise<{ id: string; name: string; role: TeamRole }[]> => {
  const rows = await db
    .selectFrom('team_members as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['u.id', 'u.name', 'm.role'])
    .where('m.team_id', '=', teamId)
    .where('u.disabled_at', 'is', null)
    .orderBy('m.role')
    .orderBy('u.name')
    .orderBy('u.id')
    .execute()
  return rows.map((r) => ({ ...r, role: r.role as TeamRole }))
}
