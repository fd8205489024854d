import { byId, changeReplyInput, createReplyInput } from '../../../../contract/desk/index.ts'
import type { Context } from '../../../platform/context.ts'
import { notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { verb } from '../../../platform/verb.ts'
import { replyDeleted, replySaved } from './events.ts'
import { requireMine, requireNewTeam } from './guard.ts'
import { requireFreeName } from './names.ts'
import { replyOf } from './views.ts'

/** Writes a canned reply for a team, or for all. */
export const createReply = verb('canned_reply.create', {
  permission: 'macro.write',
  input: createReplyInput,
  async run(ctx, { teamId, name, body }) {
    await requireNewTeam(ctx, teamId)
    await requireFreeName(ctx, 'canned_replies', { teamId, name })
    const id = newId()
    const at = { created_at: ctx.now(), updated_at: ctx.now() }
    await ctx.db
      .insertInto('canned_replies')
      .values({ id, team_id: teamId, name, body, ...at })
      .execute()
    ctx.record(replySaved, { subject: ref('canned_reply', id), team: teamId, data: { name, body, created: true } })
    return replyOf(ctx, id)
  },
})

export const changeReply = verb('canned_reply.change', {
  permission: 'macro.write',
  input: changeReplyInput,
  async run(ctx, { id, name, body }) {
    const row = await lock(ctx, id)
    if (name) await requireFreeName(ctx, 'canned_replies', { teamId: row.team_id, name, but: id })
    const after = { name: name ?? row.name, body: body ?? row.body }
    await ctx.db
      .updateTable('canned_replies')
      .set({ ...after, updated_at: ctx.now(), version: row.version + 1 })
      .where('id', '=', id)
      .execute()
    ctx.record(replySaved, { subject: ref('canned_reply', id), team: row.team_id, data: { ...after, created: false } })
    return replyOf(ctx, id)
  },
})

export const deleteReply = verb('canned_reply.delete', {
  permission: 'macro.write',
  input: byId,
  async run(ctx, { id }) {
    const row = await lock(ctx, id)
    await ctx.db.deleteFrom('canned_replies').where('id', '=', id).execute()
    ctx.record(replyDeleted, { subject: ref('canned_reply', id), team: row.team_id, data: { name: row.name } })
    return { ok: true as const }
  },
})

const lock = async (ctx: Context, id: string) => {
  const row = await ctx.db.selectFrom('canned_replies').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The canned reply')
  requireMine(ctx, row)
  return row
}
