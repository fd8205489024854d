import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { goOnApproved, recordOn } from '../desk/index.ts'
import { tellUser } from '../notify/index.ts'
import { end } from './decide.ts'
import { approvalExpired } from './events.ts'
import { hasExpired } from './hold-words.ts'
import { leadsOf } from './people.ts'
import { lockRequest, type RequestRow } from './request-rows.ts'

/** Nobody answered in time: the desk has the ticket again, cannot resolve it, and its leads are told. */
export const expireApproval = verb('approval.expire', {
  permission: 'system',
  input: z.object({ requestId: z.uuid(), stage: z.number().int() }),
  async run(ctx, { requestId, stage }) {
    const request = await lockRequest(ctx, requestId)
    if (request?.state !== 'waiting' || request.stage !== stage || !request.ticketOpen) return ctx.unchanged(null)
    const people = await end(ctx, request, undefined, 'expired')
    await ctx.db.updateTable('requests').set({ state: 'expired' }).where('id', '=', request.id).execute()
    await recordOn(ctx, request.ticket_id, approvalExpired, { people }, { milestone: true })
    await goOnApproved(ctx, request.ticket_id, hasExpired(request.number))
    await tellLeads(ctx, request, people)
    return null
  },
})

const tellLeads = async (ctx: Context, request: RequestRow, people: readonly string[]) => {
  for (const lead of await leadsOf(ctx.db, request.team_id))
    await tellUser(ctx, {
      userId: lead.id,
      class: 'conversation',
      urgency: 'low',
      message: {
        title: `Nobody approved ${request.number} ${request.title}`,
        lines: [
          `${people.join(', ') || 'Nobody'} had been asked, and the time for it has run out.`,
          'Ask again, or cancel it with a reason: whoever asked for it still waits.',
        ],
        links: [{ label: `Open ${request.number}`, url: `/tickets/${request.number}`, primary: true }],
      },
      subject: ref('request', request.id),
      about: [ref('ticket', request.ticket_id)],
      reason: 'You lead the team that fulfils it.',
    })
}
