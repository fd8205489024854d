import { randomUUID } from 'node:crypto'
import type { Role } from '../../contract/permissions.ts'
import type { Actor } from '../../server/platform/access.ts'
import type { TestHouse } from './house.ts'

export type Person = Actor & { kind: 'user' }

/** A person straight into the table: for tests in which how he came there does not matter. */
export const person = async (house: TestHouse, name: string, role: Role = 'responder'): Promise<Person> => {
  const id = randomUUID()
  const at = house.clock.now()
  await house.platform.db
    .insertInto('users')
    .values({
      id,
      name,
      email: `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@bank.example`.replace('.@', '@'),
      role,
      zone: 'Europe/London',
      created_at: at,
      updated_at: at,
    })
    .execute()
  return { kind: 'user', id, name, role, teams: [] }
}

/** A team with its members straight into the tables; the persons given become members as actors, too. */
export const team = async (
  house: TestHouse,
  name: string,
  members: [Person, 'responder' | 'lead'][],
): Promise<string> => {
  const id = randomUUID()
  const at = house.clock.now()
  await house.platform.db
    .insertInto('teams')
    .values({ id, slug: `t-${id}`, name, kind: 'l2', created_at: at, updated_at: at })
    .execute()
  for (const [p, role] of members) {
    await house.platform.db.insertInto('team_members').values({ team_id: id, user_id: p.id, role }).execute()
    p.teams.push({ id, role })
  }
  return id
}
