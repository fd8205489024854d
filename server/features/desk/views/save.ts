import { sql } from 'kysely'
import { mostViews, saveViewInput } from '../../../../contract/desk/views.ts'
import { requireUser } from '../../../platform/context.ts'
import { conflict } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { verb } from '../../../platform/verb.ts'
import { viewSaved } from './events.ts'
import { requireMyTeam, requireView, toldOf } from './rows.ts'

/** Saves a filter under a name, for oneself or for a team that one is in. */
export const saveView = verb('view.save', {
  permission: 'view.write',
  input: saveViewInput,
  async run(ctx, { name, filter, teamId }) {
    const ownerId = ctx.scope.userId ?? requireUser(ctx)
    await requireMyTeam(ctx, teamId)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from saved_views where owner_id = ${ownerId}::uuid`.execute(ctx.db)
    if ((rows[0]?.n ?? 0) >= mostViews)
      throw conflict(`You have ${mostViews} saved views, which is the most there can be. Delete one first.`)
    const id = newId()
    await ctx.db
      .insertInto('saved_views')
      .values({ id, owner_id: ownerId, team_id: teamId, name, filter, created_at: ctx.now(), updated_at: ctx.now() })
      .execute()
    const view = await requireView(ctx, id)
    ctx.record(viewSaved, {
      subject: ref('view', id),
      about: [ref('user', ownerId)],
      team: teamId,
      data: toldOf(view),
    })
    return view
  },
})
