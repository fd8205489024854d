import { type Context, requireUser } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'

type Person = { id: string; name: string }

const peopleWithWork = (ctx: Pick<Context, 'db'>, ids: readonly string[]) =>
  ctx.db
    .selectFrom('users')
    .select((eb) => [
      'id',
      'name',
      'role',
      'disabled_at',
      eb.exists(eb.selectFrom('team_members').select('user_id').whereRef('user_id', '=', 'users.id')).as('in_team'),
    ])
    .where('id', 'in', [...ids])
    .execute()

const worksTickets = ({ role, in_team }: { role: string; in_team: unknown }) =>
  Boolean(in_team) || (role !== 'requester' && role !== 'stakeholder')

/** Of these, those who still work tickets. */
export const liveWorkers = async (ctx: Pick<Context, 'db'>, ids: readonly string[]): Promise<Person[]> => {
  if (ids.length === 0) return []
  const rows = await peopleWithWork(ctx, ids)
  return rows.filter((row) => !row.disabled_at && worksTickets(row)).map(({ id, name }) => ({ id, name }))
}

/** Somebody who works tickets: a responder, a lead, an administrator, or a member of a team. Throws `invalid_input`. */
export const findWorker = async (ctx: Context, field: string, userId: string): Promise<Person> => {
  const [row] = await peopleWithWork(ctx, [userId])
  if (!row) throw invalid(field, 'there is no such person; choose somebody from the list of people')
  if (row.disabled_at) throw invalid(field, `${row.name} has been disabled; choose somebody else`)
  if (!worksTickets(row))
    throw invalid(field, `${row.name} does not work tickets; choose a responder, or put ${row.name} into a team first`)
  return { id: row.id, name: row.name }
}

/** Who takes something: whom the input names, else whoever acts; a key is nobody and must name somebody. */
export const takerOf = (ctx: Context, assigneeId: string | undefined, who: string): string => {
  if (assigneeId) return assigneeId
  if (ctx.actor.kind === 'key') throw invalid('assigneeId', `must name ${who} who takes it`)
  return requireUser(ctx)
}

/** Anybody who is not disabled. Throws `invalid_input`. */
export const findPerson = async (ctx: Context, field: string, userId: string): Promise<Person> => {
  const row = await ctx.db
    .selectFrom('users')
    .select(['id', 'name', 'disabled_at'])
    .where('id', '=', userId)
    .executeTakeFirst()
  if (!row) throw invalid(field, 'there is no such person; choose somebody from the list of people')
  if (row.disabled_at) throw invalid(field, `${row.name} has been disabled; choose somebody else`)
  return { id: row.id, name: row.name }
}

/** A team that is not archived. Throws `invalid_input`. */
export const findLiveTeam = async (ctx: Context, field: string, teamId: string): Promise<Person> => {
  const row = await ctx.db
    .selectFrom('teams')
    .select(['id', 'name', 'archived_at'])
    .where('id', '=', teamId)
    .executeTakeFirst()
  if (!row) throw invalid(field, 'there is no such team; choose one from the list of teams')
  if (row.archived_at) throw invalid(field, `${row.name} is archived; choose another team`)
  return { id: row.id, name: row.name }
}

/** Refuses a service that is not there, or archived. Throws `invalid_input`. */
export const requireLiveService = async (ctx: Context, field: string, serviceId: string): Promise<void> => {
  const row = await ctx.db
    .selectFrom('services')
    .select(['name', 'archived_at'])
    .where('id', '=', serviceId)
    .executeTakeFirst()
  if (!row) throw invalid(field, 'there is no such service; choose one from the list of services')
  if (row.archived_at) throw invalid(field, `${row.name} is archived; choose another service`)
}

/** Somebody's name, and the team's, for events. */
export const personOf = async (ctx: Context, userId: string | null): Promise<Person | null> =>
  userId === null
    ? null
    : ((await ctx.db.selectFrom('users').select(['id', 'name']).where('id', '=', userId).executeTakeFirst()) ?? null)

export const teamOf = async (ctx: Context, teamId: string | null): Promise<Person | null> =>
  teamId === null
    ? null
    : ((await ctx.db.selectFrom('teams').select(['id', 'name']).where('id', '=', teamId).executeTakeFirst()) ?? null)

export const isMember = async (ctx: Context, teamId: string, userId: string): Promise<boolean> =>
  (await ctx.db
    .selectFrom('team_members')
    .select('user_id')
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst()) !== undefined
