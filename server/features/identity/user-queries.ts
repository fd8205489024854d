import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import { listUsersInput, type TeamRole, type UserState, userId } from '../../../contract/identity/users.ts'
import type { Role } from '../../../contract/permissions.ts'
import type { Instant } from '../../platform/clock.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { byName, containing } from './search.ts'

export type User = {
  id: string
  name: string
  email: string
  role: Role
  zone: string
  state: UserState
  teams: { id: string; name: string; role: TeamRole }[]
  secondFactor: boolean
  createdAt: Instant
  version: number
}

const state = sql<UserState>`case when u.disabled_at is not null then 'disabled'
  when exists (select from accounts a where a.user_id = u.id) then 'active' else 'invited' end`

const teams = sql<User['teams']>`coalesce((
  select json_agg(json_build_object('id', t.id, 'name', t.name, 'role', m.role) order by lower(t.name))
  from team_members m join teams t on t.id = m.team_id where m.user_id = u.id and t.archived_at is null), '[]')`

const secondFactor = sql<boolean>`exists (
  select from second_factors f where f.user_id = u.id and f.confirmed_at is not null)`

const selectUsers = (db: Db) =>
  db
    .selectFrom('users as u')
    .select((eb) => [
      'u.id',
      'u.name',
      'u.email',
      'u.zone',
      'u.version',
      'u.created_at as createdAt',
      eb.ref('u.role').$castTo<Role>().as('role'),
      state.as('state'),
      teams.as('teams'),
      secondFactor.as('secondFactor'),
    ])

/** A person as the API shows it. Throws `not_found`. */
export const loadUser = async (db: Db, id: string): Promise<User> => {
  const row = await selectUsers(db).where('u.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('This person')
  return row
}

/** The statement behind a page of people: in order of (small-letter name, id), one row more than asked for. */
export const usersPage = (db: Db, input: z.output<typeof listUsersInput>) => {
  const sort = sql<string>`lower(u.name)`
  let page = selectUsers(db)
    .select(sort.as('sort'))
    .orderBy(sort)
    .orderBy('u.id')
    .limit(input.limit + 1)
  if (input.cursor) {
    const [name, id] = readCursor(input.cursor, byName)
    page = page.where(sql<SqlBool>`(lower(u.name), u.id) > (${name}::text, ${id}::uuid)`)
  }
  if (input.search) page = page.where(containing(sql`lower(u.name) || ' ' || u.email`, input.search))
  if (input.role) page = page.where('u.role', '=', input.role)
  if (input.state) page = page.where(state, '=', input.state)
  if (input.team) {
    const team = input.team
    page = page.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('team_members as m')
          .select('m.user_id')
          .whereRef('m.user_id', '=', 'u.id')
          .where('m.team_id', '=', team),
      ),
    )
  }
  return page
}

export const listUsers = query('user.list', {
  permission: 'people.read',
  input: listUsersInput,
  async run(ctx, input) {
    return toPage(await usersPage(ctx.db, input).execute(), input.limit, (u) => [u.sort, u.id])
  },
})

export const readUser = query('user.read', {
  permission: 'people.read',
  input: userId,
  run: (ctx, { id }) => loadUser(ctx.db, id),
})
