import { changeViewInput, viewIdInput } from '../../../../contract/desk/views.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { viewChanged, viewDeleted } from './events.ts'
import { requireMyTeam, requireView, takeView, toldOf } from './rows.ts'

/** Changes a saved view: its owner, and leads of the team that it is shared with. */
export const changeView = verb('view.change', {
  permission: 'view.write',
  input: changeViewInput,
  async run(ctx, { id, ...given }) {
    void ctx.scope
    const before = await takeView(ctx, id)
    const next = {
      name: given.name ?? before.name,
      filter: given.filter ?? before.filter,
      team_id: given.teamId === undefined ? (before.team?.id ?? null) : given.teamId,
    }
    if (next.name === before.name && next.filter === before.filter && next.team_id === (before.team?.id ?? null))
      return ctx.unchanged(before)
    if (next.team_id !== (before.team?.id ?? null)) await requireMyTeam(ctx, next.team_id)
    await ctx.db
      .updateTable('saved_views')
      .set((eb) => ({ ...next, updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    const view = await requireView(ctx, id)
    ctx.record(viewChanged, {
      subject: ref('view', id),
      about: [ref('user', view.owner.id)],
      team: next.team_id,
      data: { ...toldOf(view), before: toldOf(before) },
    })
    return view
  },
})

/** Deletes a saved view; the tickets stay. */
export const deleteView = verb('view.delete', {
  permission: 'view.write',
  input: viewIdInput,
  async run(ctx, { id }) {
    void ctx.scope
    const view = await takeView(ctx, id)
    await ctx.db.deleteFrom('saved_views').where('id', '=', id).execute()
    ctx.record(viewDeleted, {
      subject: ref('view', id),
      about: [ref('user', view.owner.id)],
      team: view.team?.id ?? null,
      data: toldOf(view),
    })
    return { ok: true as const }
  },
})
