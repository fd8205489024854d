import { createTeamInput } from '../../../contract/identity/teams.ts'
import { slugOf } from '../../../contract/slug.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { teamCreated } from './events.ts'
import { loadTeam } from './team-queries.ts'

/** Adds a team. Leads change the teams they have; a new one is the administrators' business. */
export const createTeam = verb('team.create', {
  permission: 'team.write',
  input: createTeamInput,
  async run(ctx, { name, kind, description, zone, slug = slugOf(name) }) {
    if (ctx.scope.rows !== 'all')
      throw new AppError(
        'forbidden',
        'Only an administrator may add a team. Ask one to add it and to make you its lead.',
      )
    if (!slug) throw invalid('slug', 'must be given: the name has no letter or digit that one could be made of')
    const id = newId()
    const row = await ctx.db
      .insertInto('teams')
      .values({
        id,
        slug,
        name,
        kind,
        description,
        created_at: ctx.now(),
        updated_at: ctx.now(),
        ...(zone ? { zone } : {}),
      })
      .onConflict((c) => c.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw invalid('slug', `${slug} is taken by another team, perhaps an archived one; choose another`)
    ctx.record(teamCreated, { subject: ref('team', id), team: id, data: { name } })
    return loadTeam(ctx.db, id)
  },
})
