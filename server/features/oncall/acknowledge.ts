import { millisBetween, plusMinutes } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { stopTelling } from '../notify/index.ts'
import { startAgain } from './advance.ts'
import { pageAcknowledged } from './events.ts'
import { briefOf, dueKey, openPage, type PageRow, place, policyOf, timeoutKey } from './page-record.ts'

/**
 * Who has what a page is about, and where it was said: on the page, on the ticket, on an alert of it, or by the tool
 * that sent that, which names nobody.
 */
export type Holder = { userId: string | null; name: string; via: 'page' | 'ticket' | 'alert' | 'tool' }

/** Nobody else is turned to, as long as the policy lets an acknowledgement stand. */
export const acknowledged = async (ctx: Context, page: PageRow, { userId, name, via }: Holder): Promise<void> => {
  await ctx.db
    .updateTable('pages')
    .set({ state: 'acknowledged', acknowledged_at: ctx.now(), acknowledged_by: userId })
    .where('id', '=', page.id)
    .execute()
  ctx.cancelDue(dueKey(page.id))
  await stopTelling(ctx, ref('page', page.id))
  const { ackTimeoutMinutes } = policyOf(page)
  if (ackTimeoutMinutes) {
    ctx.due({
      key: timeoutKey(page.id),
      at: plusMinutes(ctx.now(), ackTimeoutMinutes),
      run: { name: 'page.renew' },
      input: { pageId: page.id },
      subject: ref('page', page.id),
      priority: 0,
    })
  }
  const seconds = Math.round(millisBetween(page.started_at, ctx.now()) / 1000)
  ctx.record(pageAcknowledged, {
    ...place(page, userId ? [ref('user', userId)] : []),
    data: { userId, person: name, subject: page.subject, seconds, title: briefOf(page).title, via },
  })
}

/** Somebody has the subject and said so elsewhere than on its page: if people are still being turned to, that ends. */
export const acknowledgeFor = async (ctx: Context, subject: string, by: Holder): Promise<void> => {
  const page = await openPage(ctx, subject)
  if (page && page.state !== 'acknowledged') await acknowledged(ctx, page, by)
}

/** Whoever had the subject has it no more, and nobody else does: paging starts again, if it was ended by him. */
export const giveBackFor = async (
  ctx: Context,
  subject: string,
  by: { userId: string; name: string },
): Promise<void> => {
  const page = await openPage(ctx, subject)
  if (page?.state !== 'acknowledged' || page.acknowledged_by !== by.userId) return
  ctx.cancelDue(timeoutKey(page.id))
  await startAgain(ctx, page, `${by.name} gave it back.`)
}
