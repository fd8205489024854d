import type { Context } from '../../platform/context.ts'
import { cut } from '../../platform/text.ts'
import { finishPage, pagedNow } from '../oncall/index.ts'
import { lapseEscalation } from './escalation/lapse.ts'
import type { Before } from './merged.ts'
import { saveTickets } from './save.ts'
import { type Ticket, ticketRef } from './ticket.ts'
import { notPending, wakeNoMore } from './wake.ts'

export type Merged = { ticket: Ticket; before: Before }

/** Duplicates are over: cancelled, with the link that says for what, and without their pages. */
export const finishMerged = async (ctx: Context, all: readonly Merged[], survivor: Ticket): Promise<Ticket[]> => {
  await ctx.db
    .insertInto('ticket_links')
    .values(
      all.map(({ ticket, before }) => ({
        from_id: ticket.id,
        kind: 'duplicate_of',
        to_id: survivor.id,
        at: ctx.now(),
        merge: JSON.stringify(before),
      })),
    )
    .onConflict((c) =>
      c.columns(['from_id', 'kind', 'to_id']).doUpdateSet((eb) => ({ merge: eb.ref('excluded.merge') })),
    )
    .execute()
  const happened = [{ what: 'merged', into: survivor.number } as const]
  const changes = { ...notPending, state: 'cancelled', merged_into_id: survivor.id, handled_at: ctx.now() }
  const saved = await saveTickets(
    ctx,
    all.map(({ ticket }) => ({ ticket, changes, happened })),
  )
  const paged = await pagedNow(ctx, saved.map(ticketRef))
  const over = []
  for (const one of saved) {
    wakeNoMore(ctx, one)
    over.push(await lapseEscalation(ctx, one))
    if (paged.has(ticketRef(one))) await endPageOf(ctx, one, survivor)
  }
  return over
}

const endPageOf = (ctx: Context, one: Ticket, survivor: Ticket) =>
  finishPage(ctx, ticketRef(one), {
    farewell: {
      title: `Merged: ${one.number} ${one.title}`,
      lines: [cut(`It goes on as ${survivor.number} ${survivor.title}.`, 600)],
    },
    reason: `The ticket ${one.number} was merged into ${survivor.number}.`,
  })
