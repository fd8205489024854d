import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import { listTeamsInput, teamId, type teamKind } from '../../../contract/identity/teams.ts'
import type { TeamRole, UserState } from '../../../contract/identity/users.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { byName, containing } from './search.ts'

type TeamKind = z.output<typeof teamKind>
type Member = { id: string; name: string; email: string; role: TeamRole; state: UserState }

const members = sql<Member[]>`coalesce((
  select json_agg(json_build_object('id', u.id, 'name', u.name, 'email', u.email, 'role', m.role,
      'state', case when u.disabled_at is not null then 'disabled'
        when exists (select from accounts a where a.user_id = u.id) then 'active' else 'invited' end)
    order by m.role, lower(u.name))
  from team_members m join users u on u.id = m.user_id where m.team_id = t.id), '[]')`

const leads = sql<string[]>`array(
  select u.name from team_members m join users u on u.id = m.user_id
  where m.team_id = t.id and m.role = 'lead' and u.disabled_at is null order by lower(u.name))`

const memberCount = sql<number>`(select count(*) from team_members m join users u on u.id = m.user_id
  where m.team_id = t.id and u.disabled_at is null)`

const selectTeams = (db: Db) =>
  db
    .selectFrom('teams as t')
    .select((eb) => [
      't.id',
      't.slug',
      't.name',
      't.zone',
      't.version',
      eb.ref('t.kind').$castTo<TeamKind>().as('kind'),
      sql<boolean>`t.archived_at is not null`.as('archived'),
    ])

/** A team with its members as the API shows it. Throws `not_found`. */
export const loadTeam = async (db: Db, id: string) => {
  const row = await selectTeams(db)
    .select(['t.description', members.as('members')])
    .where('t.id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('This team')
  return row
}

/** The statement behind a page of teams: in order of (small-letter name, id), one row more than asked for. */
export const teamsPage = (db: Db, input: z.output<typeof listTeamsInput>) => {
  const sort = sql<string>`lower(t.name)`
  let page = selectTeams(db)
    .select([leads.as('leads'), memberCount.as('members'), sort.as('sort')])
    .where('t.archived_at', input.archived === 'yes' ? 'is not' : 'is', null)
    .orderBy(sort)
    .orderBy('t.id')
    .limit(input.limit + 1)
  if (input.cursor) {
    const [name, id] = readCursor(input.cursor, byName)
    page = page.where(sql<SqlBool>`(lower(t.name), t.id) > (${name}::text, ${id}::uuid)`)
  }
  if (input.search) page = page.where(containing(sort, input.search))
  return page
}

export const listTeams = query('team.list', {
  permission: 'team.read',
  input: listTeamsInput,
  async run(ctx, input) {
    return toPage(await teamsPage(ctx.db, input).execute(), input.limit, (t) => [t.sort, t.id])
  },
})

export const readTeam = query('team.read', {
  permission: 'team.read',
  input: teamId,
  run: (ctx, { id }) => loadTeam(ctx.db, id),
})
