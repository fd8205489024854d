import { sql } from 'kysely'
import type { TeamRole } from '../../../contract/identity/users.ts'
import type { Role } from '../../../contract/permissions.ts'
import type { Actor } from '../../platform/access.ts'
import type { Instant } from '../../platform/clock.ts'
import { prepared } from '../../platform/db/prepared.ts'
import type { Platform } from '../../platform/platform.ts'
import { extendedEnd } from './session-life.ts'

type Row = {
  session: string
  expires_at: Instant
  created_at: Instant
  id: string
  name: string
  role: Role
  teams: { id: string; role: TeamRole }[]
}

/**
 * Who a session token stands for, or null. One indexed query at every request and no cache, so that a person who is
 * disabled, demoted or taken out of a team is so at once.
 */
export const readSession = async (platform: Platform, token: string): Promise<Actor | null> => {
  const now = platform.clock.now()
  const { rows } = await sql<Row>`${prepared}
    select s.id as session, s.expires_at, s.created_at, u.id, u.name, u.role,
      coalesce((select json_agg(json_build_object('id', m.team_id, 'role', m.role))
        from team_members m join teams t on t.id = m.team_id
        where m.user_id = u.id and t.archived_at is null), '[]') as teams
    from sessions s join users u on u.id = s.user_id
    where s.token = ${token} and s.expires_at > ${now} and u.disabled_at is null`.execute(platform.db)
  const [row] = rows
  if (!row) return null
  const end = extendedEnd({ createdAt: row.created_at, expiresAt: row.expires_at }, now)
  if (end) await extend(platform, row.session, end)
  return { kind: 'user', id: row.id, name: row.name, role: row.role, teams: row.teams, session: row.session }
}

/** That a session was used is no event: it is written here, without a verb, once a day. */
const extend = async (platform: Platform, session: string, end: Instant) => {
  await platform.db
    .updateTable('sessions')
    .set({ expires_at: end, updated_at: platform.clock.now() })
    .where('id', '=', session)
    .where('expires_at', '<', end)
    .execute()
}
