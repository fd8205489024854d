import type { Context, ReadContext } from '../../platform/context.ts'
import { bundleMessage } from './bundle.ts'
import { composeMessage, type DeliveryRow, priorityOf } from './compose.ts'
import type { Message, Priority } from './message.ts'
import { sendingOf } from './queue.ts'

/** The pages that go out in the message of another one and are still wanted. */
export const travellersWith = (ctx: ReadContext, leaderId: string): Promise<DeliveryRow[]> =>
  ctx.db
    .selectFrom('deliveries')
    .selectAll()
    .where('bundle_id', '=', leaderId)
    .where('state', '=', 'bundled')
    .where('stopped', '=', false)
    .orderBy('due_at')
    .execute()

/** The most urgent priority in each message that waits, over the page itself and those that travel with it. */
export const urgencyOf = async (ctx: ReadContext, waiting: DeliveryRow[]): Promise<Map<string, Priority>> => {
  const travellers = await ctx.db
    .selectFrom('deliveries')
    .select(['bundle_id', 'message'])
    .where(
      'bundle_id',
      'in',
      waiting.map(({ id }) => id),
    )
    .where('state', '=', 'bundled')
    .where('stopped', '=', false)
    .execute()
  const most = new Map<string, Priority>()
  const count = (id: string | null, priority: Priority | undefined) => {
    const known = id && most.get(id)
    if (id && priority && (!known || priority < known)) most.set(id, priority)
  }
  for (const d of waiting) count(d.id, priorityOf(d))
  for (const t of travellers) count(t.bundle_id, priorityOf(t))
  return most
}

/** Puts pages into the message of `leader`, together with those that travelled with them. */
export const bundleInto = async (ctx: Context, leader: DeliveryRow, others: DeliveryRow[]): Promise<void> => {
  const ids = others.map((d) => d.id)
  await ctx.db.updateTable('deliveries').set({ bundle_id: leader.id }).where('bundle_id', 'in', ids).execute()
  await ctx.db
    .updateTable('deliveries')
    .set({ state: 'bundled', bundle_id: leader.id, finished_at: ctx.now() })
    .where('id', 'in', ids)
    .execute()
  for (const id of ids) ctx.cancelDue(`delivery:${id}`)
}

/** The message of a delivery and of all that travels with it; the same again when it is tried again. */
export const composeAll = async (ctx: ReadContext, delivery: DeliveryRow): Promise<Message> => {
  const travellers = await travellersWith(ctx, delivery.id)
  const own = await composeMessage(ctx, delivery)
  if (travellers.length === 0) return own
  const messages = [own]
  for (const d of travellers) messages.push(await composeMessage(ctx, d))
  const base = ctx.config.BASE_URL ?? `http://localhost:${ctx.config.PORT}`
  return bundleMessage(messages, { id: delivery.id, at: ctx.now().toString(), listUrl: `${base}/queue` })
}

/** Deliveries that will not be sent after all let go of what travelled with them: it goes on by itself, at once. */
export const letGo = async (ctx: Context, leaderIds: string[]): Promise<void> => {
  if (leaderIds.length === 0) return
  const left = await ctx.db
    .updateTable('deliveries')
    .set((eb) => ({
      state: eb.case().when('stopped', '=', true).then('cancelled').else('queued').end(),
      bundle_id: null,
      due_at: ctx.now(),
      finished_at: eb.case().when('stopped', '=', true).then(eb.ref('finished_at')).else(null).end(),
    }))
    .where('bundle_id', 'in', leaderIds)
    .where('state', '=', 'bundled')
    .returning(['id', 'class', 'user_id', 'state'])
    .execute()
  for (const d of left)
    if (d.state === 'queued') ctx.due(sendingOf({ id: d.id, class: d.class, at: ctx.now(), userId: d.user_id }))
}
