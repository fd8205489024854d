import { sql } from 'kysely'
import type { TeamRole } from '../../../contract/identity/users.ts'
import type { Role } from '../../../contract/permissions.ts'
import type { Actor } from '../../platform/access.ts'
import type { Platform } from '../../platform/platform.ts'
import { extendedEnd } from './session-life.ts'

/**
 * Who a session token stands for, or null. One indexed query at every request and no cache, so that a person who is
 * disabled, demoted or taken out of a team is so at once.
 */
export const readSession = async (platform: Platform, token: string): Promise<Actor | null> => {
  const now = platform.clock.now()
  const row = await platform.db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .select([
      's.id as session',
      's.expires_at',
      's.created_at',
      'u.id',
      'u.name',
      'u.role',
      sql<
        { id: string; role: TeamRole }[]
      >`coalesce((select json_agg(json_build_object('id', m.team_id, 'role', m.role))
        from team_members m join teams t on t.id = m.team_id where m.user_id = u.id and t.archived_at is null), '[]')`.as(
        'teams',
      ),
    ])
    .where('s.token', '=', token)
    .where('s.expires_at', '>', now)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const end = extendedEnd({ createdAt: row.created_at, expiresAt: row.expires_at }, now)
  // That a session was used is no event; it is written once a day.
  if (end)
    await platform.db
      .updateTable('sessions')
      .set({ expires_at: end, updated_at: now })
      .where('id', '=', row.session)
      .execute()
  return { kind: 'user', id: row.id, name: row.name, role: row.role as Role, teams: row.teams }
}
