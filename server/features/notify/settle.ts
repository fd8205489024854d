import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { afterFailure } from './backoff.ts'
import { letGo } from './bundled.ts'
import type { DeliveryRow } from './compose.ts'
import type { SendOutcome } from './define-channel.ts'
import { deliveryFailed, deliveryRetried, deliverySent } from './events.ts'
import type { Message } from './message.ts'
import { sendingOf } from './queue.ts'
import { bringForward } from './recovered.ts'

/** One attempt under way. */
export type Work = { delivery: DeliveryRow; attemptId: string; attempt: number; config: unknown; message: Message }

type Failure = Exclude<SendOutcome, { kind: 'sent' }>

/** Writes down how an attempt ended, and what follows: nothing, a retry, the person's next method. */
export const settleDelivery = async (ctx: Context, work: Work, outcome: SendOutcome): Promise<void> => {
  await ctx.db
    .updateTable('delivery_attempts')
    .set({
      outcome: outcome.kind,
      finished_at: ctx.now(),
      detail: outcome.kind === 'sent' ? outcome.detail : outcome.reason,
    })
    .where('id', '=', work.attemptId)
    .execute()
  if (outcome.kind === 'sent') await settleSent(ctx, work, outcome.receipt)
  else await settleFailure(ctx, work, outcome)
}

const place = async (ctx: Context, d: DeliveryRow) => {
  const person = d.user_id
    ? await ctx.db.selectFrom('users').select('name').where('id', '=', d.user_id).executeTakeFirst()
    : null
  return {
    event: {
      subject: ref('delivery', d.id),
      about: [...d.about, d.subject, d.user_id ? ref('user', d.user_id) : null],
    },
    where: { channel: d.channel, address: d.address, person: person?.name ?? null },
  }
}

const settleSent = async (ctx: Context, { delivery, attempt }: Work, receipt: string) => {
  await ctx.db
    .updateTable('deliveries')
    .set({ state: 'sent', sent_at: ctx.now(), finished_at: ctx.now(), receipt, last_error: null })
    .where('id', '=', delivery.id)
    .execute()
  await bringForward(ctx, delivery.channel)
  const { event, where } = await place(ctx, delivery)
  const title = (delivery.message as { title: string }).title
  ctx.record(deliverySent, { ...event, data: { ...where, title, attempt, mayRepeat: delivery.may_repeat } })
}

const settleFailure = async (ctx: Context, { delivery, attempt }: Work, failure: Failure) => {
  const next = await nextWaiting(ctx, delivery)
  const first = await ctx.db
    .selectFrom('delivery_attempts')
    .select('started_at')
    .where('delivery_id', '=', delivery.id)
    .orderBy('number')
    .executeTakeFirstOrThrow()
  const follows = afterFailure(
    {
      class: delivery.class as 'page',
      outcome: failure,
      attempts: attempt,
      firstTriedAt: first.started_at,
      now: ctx.now(),
      hasNext: next !== undefined,
    },
    Math.random,
  )
  // Stopped meanwhile (somebody acknowledged while it was under way): the attempt is recorded, and nothing follows.
  const stopped = await wasStopped(ctx, delivery.id)
  const retryAt = stopped ? null : follows.retryAt
  await ctx.db
    .updateTable('deliveries')
    .set({
      state: retryAt ? 'queued' : stopped ? 'cancelled' : 'failed',
      last_error: failure.reason,
      our_fault: failure.kind === 'retry' && failure.ours === true,
      may_repeat: delivery.may_repeat || (failure.kind === 'retry' && failure.maybeSent === true),
      ...(retryAt ? { due_at: retryAt } : { finished_at: ctx.now() }),
    })
    .where('id', '=', delivery.id)
    .execute()
  if (retryAt) ctx.due(sendingOf({ id: delivery.id, class: delivery.class, at: retryAt, userId: delivery.user_id }))
  else await letGo(ctx, [delivery.id])
  if (follows.fallBack && next && !stopped) await pullForward(ctx, next)
  const { event, where } = await place(ctx, delivery)
  const words = stopped ? 'It is not needed any more.' : follows.reason
  ctx.record(retryAt ? deliveryRetried : deliveryFailed, {
    ...event,
    data: { ...where, attempt, reason: failure.reason, next: words },
  })
}

const nextWaiting = (ctx: Context, d: DeliveryRow) =>
  ctx.db
    .selectFrom('deliveries')
    .selectAll()
    .where('subject', '=', d.subject)
    .where('user_id', '=', d.user_id)
    .where('state', '=', 'waiting')
    .where('created_at', '=', d.created_at)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()

const wasStopped = async (ctx: Context, id: string): Promise<boolean> =>
  (await ctx.db.selectFrom('deliveries').select('stopped').where('id', '=', id).forUpdate().executeTakeFirst())
    ?.stopped ?? true

const pullForward = async (ctx: Context, next: DeliveryRow) => {
  await ctx.db
    .updateTable('deliveries')
    .set({
      state: 'queued',
      due_at: ctx.now(),
      reason: `${next.reason} Brought forward: the way before it did not get through.`,
    })
    .where('id', '=', next.id)
    .execute()
  ctx.due(sendingOf({ id: next.id, class: next.class, at: ctx.now(), userId: next.user_id }))
}
