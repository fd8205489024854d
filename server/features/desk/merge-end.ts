import type { Context } from '../../platform/context.ts'
import { cut } from '../../platform/text.ts'
import { finishPage } from '../oncall/index.ts'
import { lapseEscalation } from './escalation/lapse.ts'
import type { Before } from './merged.ts'
import { saveTicket } from './save.ts'
import { type Ticket, ticketRef } from './ticket.ts'
import { notPending, wakeNoMore } from './wake.ts'

/** A duplicate is over: cancelled, with the link that says for what, and without its page. */
export const finishMerged = async (ctx: Context, one: Ticket, survivor: Ticket, before: Before): Promise<Ticket> => {
  const merge = JSON.stringify(before)
  await ctx.db
    .insertInto('ticket_links')
    .values({ from_id: one.id, kind: 'duplicate_of', to_id: survivor.id, at: ctx.now(), merge })
    .onConflict((c) => c.columns(['from_id', 'kind', 'to_id']).doUpdateSet({ merge }))
    .execute()
  const ended = { what: 'merged', into: survivor.number } as const
  const saved = await saveTicket(
    ctx,
    one,
    {
      ...notPending,
      state: 'cancelled',
      merged_into_id: survivor.id,
      handled_at: ctx.now(),
    },
    [ended],
  )
  wakeNoMore(ctx, saved)
  const lapsed = await lapseEscalation(ctx, saved)
  await finishPage(ctx, ticketRef(one), {
    farewell: {
      title: `Merged: ${one.number} ${one.title}`,
      lines: [cut(`It goes on as ${survivor.number} ${survivor.title}.`, 600)],
    },
    reason: `The ticket ${one.number} was merged into ${survivor.number}.`,
  })
  return lapsed
}
