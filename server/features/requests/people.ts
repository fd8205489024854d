import { containing } from '../../platform/db/like.ts'
import type { Db } from '../../platform/db/pool.ts'
import { teamMembers } from '../identity/index.ts'

export type Person = { id: string; name: string }

const MOST = 8

/** A few people by a part of their name, and nothing of them but the name. */
export const peopleCalled = (db: Db, search: string): Promise<Person[]> =>
  db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('disabled_at', 'is', null)
    .where('name', 'ilike', containing(search))
    .orderBy('name')
    .orderBy('id')
    .limit(MOST)
    .execute()

/** Who leads a team and has not left. */
export const leadsOf = async (db: Db, teamId: string): Promise<Person[]> =>
  (await teamMembers(db, teamId)).filter((m) => m.role === 'lead').map(({ id, name }) => ({ id, name }))

export const administrators = (db: Db): Promise<Person[]> =>
  db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .execute()

/** Those of these people who have not left. */
export const stillHere = async (db: Db, ids: readonly string[]): Promise<Person[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('users')
        .select(['id', 'name'])
        .where('id', 'in', [...ids])
        .where('disabled_at', 'is', null)
        .execute()
