import { requestTypeInput } from '../../../contract/requests/index.ts'
import type { Context } from '../../platform/context.ts'
import { type EventType, ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { requestTypeRestored, requestTypeRetired } from './events.ts'
import { lockType } from './type-rows.ts'

const done = { ok: true as const }

const turn = async (ctx: Context, given: string, retired: boolean, event: EventType<{ name: string }>) => {
  const type = await lockType(ctx, given)
  if ((type.retired_at !== null) === retired) return ctx.unchanged(done)
  await ctx.db
    .updateTable('request_types')
    .set({ retired_at: retired ? ctx.now() : null, updated_at: ctx.now(), version: type.version + 1 })
    .where('id', '=', type.id)
    .execute()
  ctx.record(event, { subject: ref('request_type', type.id), team: type.team_id, data: { name: type.name } })
  return done
}

/** Takes it out of the catalogue. What was asked for goes on. */
export const retireRequestType = verb('request_type.retire', {
  permission: 'request_type.write',
  input: requestTypeInput,
  run: (ctx, { id }) => turn(ctx, id, true, requestTypeRetired),
})

export const restoreRequestType = verb('request_type.restore', {
  permission: 'request_type.write',
  input: requestTypeInput,
  run: (ctx, { id }) => turn(ctx, id, false, requestTypeRestored),
})
