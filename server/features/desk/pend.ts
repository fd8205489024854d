import { type PendingReason, pendInput, ticketInput } from '../../../contract/desk/index.ts'
import { isBefore } from '../../platform/clock.ts'
import { invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { ticketPended, ticketResumed } from './events.ts'
import { recordAbout } from './record.ts'
import { acted, saveTicket } from './save.ts'
import { type Ticket, takeTicket } from './ticket.ts'
import { notPending, wakeLater, wakeNoMore } from './wake.ts'
import { workingState } from './working-state.ts'

const pendAgain = (t: Ticket) => ({
  act: 'pend' as const,
  input: {
    id: t.id,
    reason: t.pending_reason as PendingReason,
    ...(t.pending_until ? { until: t.pending_until.toString() } : {}),
  },
})

/** Lets a ticket wait, with its clocks standing still. A ticket that waits already may be given another reason or time. */
export const pendTicket = verb('ticket.pend', {
  permission: 'ticket.work',
  input: pendInput,
  async run(ctx, { id, reason, until }) {
    if (until && !isBefore(ctx.now(), until)) throw invalid('until', 'must be in the future; choose a later time')
    const ticket = await takeTicket(ctx, id, 'pend')
    const saved = await saveTicket(ctx, ticket, {
      state: 'pending',
      pending_reason: reason,
      pending_until: until ?? null,
      handled_at: ctx.now(),
    })
    wakeLater(ctx, saved)
    await recordAbout(ctx, saved, ticketPended, { reason, until: until?.toString() ?? null }, { forRequester: true })
    return acted(
      ctx,
      saved,
      ticket.state === 'pending' ? pendAgain(ticket) : { act: 'resume', input: { id: ticket.id } },
    )
  },
})

/** Goes on with a ticket that waited. */
export const resumeTicket = verb('ticket.resume', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await takeTicket(ctx, id, 'resume')
    const saved = await saveTicket(ctx, ticket, {
      ...notPending,
      state: workingState(ticket),
      handled_at: ctx.now(),
    })
    wakeNoMore(ctx, saved)
    await recordAbout(ctx, saved, ticketResumed, { by: 'hand' }, { forRequester: true })
    return acted(ctx, saved, pendAgain(ticket))
  },
})
