import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { userNames } from '../identity/index.ts'
import { deliveriesOf, stopTelling, tellUser } from '../notify/index.ts'
import { pageDone } from './events.ts'
import { dueKey, openPage, type PageRow, place, timeoutKey } from './page-record.ts'

/**
 * Ends the paging for a subject, if there is any: nothing more is sent, and everyone who was told of it is told once
 * that it is over.
 */
export const finishPage = async (
  ctx: Context,
  subject: string,
  given: { farewell: { title: string; lines: string[] } | null; reason: string },
): Promise<void> => {
  const page = await openPage(ctx, subject)
  if (!page) return
  const informed = await peopleTold(ctx, page)
  await ctx.db.updateTable('pages').set({ state: 'done', done_at: ctx.now() }).where('id', '=', page.id).execute()
  ctx.cancelDue(dueKey(page.id))
  ctx.cancelDue(timeoutKey(page.id))
  await stopTelling(ctx, ref('page', page.id))
  if (given.farewell) for (const userId of informed) await bidFarewell(ctx, page, userId, given.farewell)
  const names = await userNames(ctx.db, informed)
  ctx.record(pageDone, {
    ...place(
      page,
      informed.map((u) => ref('user', u)),
    ),
    data: { reason: given.reason, told: given.farewell ? [...names.values()] : [] },
  })
}

const REACHED = ['sending', 'sent', 'delivered', 'bundled']

const peopleTold = async (ctx: Context, page: PageRow): Promise<string[]> => {
  const deliveries = await deliveriesOf(ctx.db, ref('page', page.id))
  const told = deliveries.filter((d) => REACHED.includes(d.state) || d.attempts.length > 0)
  return [...new Set(told.flatMap((d) => (d.user ? [d.user.id] : [])))]
}

const bidFarewell = (ctx: Context, page: PageRow, userId: string, farewell: { title: string; lines: string[] }) =>
  tellUser(ctx, {
    userId,
    class: 'conversation',
    urgency: page.urgency as 'high' | 'low',
    message: farewell,
    subject: ref('page', page.id),
    about: [page.subject],
    reason: 'You were paged for it, and it is over.',
  })
