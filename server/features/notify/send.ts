import { sql } from 'kysely'
import { z } from 'zod'
import { millisBetween, plusMinutes } from '../../platform/clock.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import { effect } from '../../platform/effect.ts'
import { newId } from '../../platform/ids.ts'
import { decidePages } from './bundle.ts'
import { bundleInto, composeAll, letGo, urgencyOf } from './bundled.ts'
import { channels } from './channels.ts'
import type { DeliveryRow } from './compose.ts'
import type { SendOutcome } from './define-channel.ts'
import { deliveryBundled } from './events.ts'
import { allowedAt, LIMIT_MEMORY_MINUTES } from './limits.ts'
import type { Message } from './message.ts'
import { pushIdentity } from './push-identity.ts'
import { sendingOf } from './queue.ts'
import { settleDelivery, type Work } from './settle.ts'
import { SEALED_CONTACT } from './stored.ts'

/** What the channels need of the installation. */
export const settingsOf = async (given: Pick<ReadContext, 'db' | 'crypto' | 'config'>) => {
  const { SMTP_URL, MAIL_FROM, BASE_URL } = given.config
  const push = await pushIdentity(given)
  return {
    smtpUrl: SMTP_URL,
    from: MAIL_FROM,
    // Whom a push service tells when we misbehave.
    push: push && {
      ...push,
      subject: BASE_URL?.startsWith('https:') ? BASE_URL : 'mailto:watchfloor@localhost.localdomain',
    },
  }
}

/** One attempt to hand a delivery to its channel. See Effect: it may happen twice, never not at all. */
export const sendDelivery = effect('delivery.send', {
  input: z.object({ id: z.string() }),
  async begin(ctx, { id }): Promise<Work | null> {
    const delivery = await ctx.db
      .selectFrom('deliveries')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!delivery || !['queued', 'waiting', 'sending'].includes(delivery.state)) return null
    if (delivery.stopped) return giveUp(ctx, id)
    // One contact's messages are decided one after the other, over all processes: the storm rules look at them together.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${delivery.channel}:${delivery.address}`}, 0))`.execute(
      ctx.db,
    )
    const cutOff = delivery.state === 'sending' ? await closeLostAttempt(ctx, id) : false
    const decided = await decide(ctx, { ...delivery, may_repeat: delivery.may_repeat || cutOff }, cutOff)
    if (!decided) return null
    return startAttempt(ctx, decided.delivery, decided.message)
  },
  async perform(work, { platform, signal }): Promise<SendOutcome> {
    const channel = channels.get(work.delivery.channel)
    if (!channel) return { kind: 'refused', reason: `There is no channel ${work.delivery.channel} in this version.` }
    const started = platform.clock.now()
    const outcome = await channel.send(work.config, work.message, {
      net: platform.net,
      now: started,
      signal,
      settings: await settingsOf(platform),
    })
    platform.metrics.deliveries.inc({ channel: channel.kind, outcome: outcome.kind })
    if (outcome.kind === 'sent') {
      platform.metrics.deliverySeconds.observe(
        { channel: channel.kind },
        millisBetween(work.delivery.due_at, platform.clock.now()) / 1000,
      )
    }
    return outcome
  },
  settle: (ctx, work, outcome) => settleDelivery(ctx, work, outcome),
})

// Stopped while its process died under way: nobody needs it any more.
const giveUp = async (ctx: Context, id: string): Promise<null> => {
  await closeLostAttempt(ctx, id)
  await ctx.db.updateTable('deliveries').set({ state: 'cancelled' }).where('id', '=', id).execute()
  await letGo(ctx, [id])
  return null
}

// A crash came between the start of an attempt and its record: nobody knows whether it arrived.
const closeLostAttempt = async (ctx: Context, deliveryId: string): Promise<boolean> => {
  const { numUpdatedRows } = await ctx.db
    .updateTable('delivery_attempts')
    .set({
      outcome: 'unknown',
      finished_at: ctx.now(),
      detail: 'It was under way when its process ended; it may have arrived.',
    })
    .where('delivery_id', '=', deliveryId)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

type Ready = { delivery: DeliveryRow; message: Message } | null

/** Limits and bundling: now, later, or within one message with others that wait for the same contact. */
const decide = async (ctx: Context, delivery: DeliveryRow, cutOff: boolean): Promise<Ready> => {
  // What was under way when its process died goes out again at once, whatever the gap says.
  if (cutOff) return ready(ctx, delivery)
  const limits = channels.get(delivery.channel)?.limits ?? {}
  const sent = await sentTimes(ctx, delivery)
  if (delivery.class !== 'page') {
    const allowed = allowedAt(limits, sent, ctx.now())
    return allowed.reason ? postpone(ctx, delivery, allowed.at) : ready(ctx, delivery)
  }
  const waiting = await waitingPages(ctx, delivery)
  const urgency = await urgencyOf(ctx, waiting)
  const decision = decidePages({
    waiting: waiting.map((w) => ({ id: w.id, at: w.due_at, priority: urgency.get(w.id) })),
    sent,
    limits,
    now: ctx.now(),
  })
  if (decision.kind === 'wait') return postpone(ctx, delivery, decision.until)
  const others =
    decision.kind === 'send' ? waiting.filter((w) => w.id !== delivery.id && decision.ids.includes(w.id)) : []
  if (others.length > 0) await bundle(ctx, delivery, others)
  return ready(ctx, delivery)
}

const ready = async (ctx: Context, delivery: DeliveryRow): Promise<Ready> => ({
  delivery,
  message: await composeAll(ctx, delivery),
})

// One that is under way in another process counts as sent now: two must not both be the first.
const sentTimes = async (ctx: Context, d: DeliveryRow) => {
  const rows = await ctx.db
    .selectFrom('deliveries')
    .select('sent_at')
    .where('channel', '=', d.channel)
    .where('address', '=', d.address)
    .where('id', '!=', d.id)
    .where((eb) =>
      eb.or([eb('sent_at', '>', plusMinutes(ctx.now(), -LIMIT_MEMORY_MINUTES)), eb('state', '=', 'sending')]),
    )
    .$if(d.class === 'page', (q) => q.where('class', '=', 'page'))
    .execute()
  return rows.map((r) => r.sent_at ?? ctx.now())
}

const waitingPages = (ctx: Context, d: DeliveryRow) =>
  ctx.db
    .selectFrom('deliveries')
    .selectAll()
    .where('channel', '=', d.channel)
    .where('address', '=', d.address)
    .where('class', '=', 'page')
    .where((eb) => eb.or([eb('id', '=', d.id), eb.and([eb('state', '=', 'queued'), eb('due_at', '<=', ctx.now())])]))
    .orderBy('due_at')
    .limit(500)
    .forUpdate()
    .execute()

const postpone = (ctx: Context, delivery: DeliveryRow, until: Temporal.Instant): null => {
  ctx.due(sendingOf({ id: delivery.id, class: delivery.class, at: until, userId: delivery.user_id }))
  return null
}

const bundle = async (ctx: Context, delivery: DeliveryRow, others: DeliveryRow[]): Promise<void> => {
  await bundleInto(ctx, delivery, others)
  const all = [delivery, ...others]
  ctx.record(deliveryBundled, {
    subject: `delivery:${delivery.id}`,
    about: [...new Set(all.flatMap((d) => d.about))],
    data: { channel: delivery.channel, address: delivery.address, person: null, count: all.length },
  })
}

const startAttempt = async (ctx: Context, delivery: DeliveryRow, message: Message): Promise<Work> => {
  const attempt = delivery.attempts + 1
  const attemptId = newId()
  await ctx.db
    .updateTable('deliveries')
    .set({ state: 'sending', attempts: attempt, may_repeat: delivery.may_repeat })
    .where('id', '=', delivery.id)
    .execute()
  await ctx.db
    .insertInto('delivery_attempts')
    .values({ id: attemptId, delivery_id: delivery.id, number: attempt, started_at: ctx.now() })
    .execute()
  return {
    delivery,
    attemptId,
    attempt,
    config: await configOf(ctx, delivery),
    message: { ...message, mayRepeat: delivery.may_repeat },
  }
}

const configOf = async (ctx: Context, delivery: DeliveryRow): Promise<unknown> => {
  if (!delivery.method_id) return { address: delivery.address }
  const method = await ctx.db
    .selectFrom('contact_methods')
    .select('config')
    .where('id', '=', delivery.method_id)
    .executeTakeFirst()
  return method ? JSON.parse(ctx.crypto.open(SEALED_CONTACT, method.config)) : null
}
