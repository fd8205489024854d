import { canRequest, stepInput } from '../../../contract/requests/index.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { heldBack, recordOn } from '../desk/index.ts'
import { stepDone, stepUndone } from './events.ts'
import { missingSteps } from './hold-words.ts'
import { lockRequest, stepsLeft } from './request-rows.ts'
import { viewOf } from './request-view.ts'

const turn = async (ctx: Context, { id, stepId }: { id: string; stepId: string }, done: boolean) => {
  const request = await lockRequest(ctx, id)
  if (!request) throw notFound('The request')
  const why = canRequest.tick(request)
  if (why) throw conflict(why)
  const who = actorRow(ctx.actor)
  const step = await ctx.db
    .updateTable('request_steps')
    .set(
      done
        ? { done_at: ctx.now(), done_by: who.kind === 'user' ? who.id : null, done_by_name: who.name }
        : { done_at: null, done_by: null, done_by_name: null },
    )
    .where('id', '=', stepId)
    .where('request_id', '=', id)
    .where('done_at', done ? 'is' : 'is not', null)
    .returning('title')
    .executeTakeFirst()
  if (!step) {
    const known = await ctx.db
      .selectFrom('request_steps')
      .select('id')
      .where('id', '=', stepId)
      .where('request_id', '=', id)
      .executeTakeFirst()
    if (!known) throw notFound('The step')
    // Somebody has ticked it already: it stays theirs.
    return ctx.unchanged(await viewOf(ctx, id))
  }
  const left = await stepsLeft(ctx.db, id)
  await heldBack(ctx, request.ticket_id, missingSteps(request.number, left))
  if (done) await recordOn(ctx, request.ticket_id, stepDone, { title: step.title, left: left.length })
  else await recordOn(ctx, request.ticket_id, stepUndone, { title: step.title })
  return viewOf(ctx, id)
}

/** A step of the checklist is done; the first who says so stands there. */
export const tickStep = verb('request.tick', {
  permission: 'ticket.work',
  input: stepInput,
  run: (ctx, input) => turn(ctx, input, true),
})

export const untickStep = verb('request.untick', {
  permission: 'ticket.work',
  input: stepInput,
  run: (ctx, input) => turn(ctx, input, false),
})
