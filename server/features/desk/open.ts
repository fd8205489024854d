import { type OpenTicketInput, openTicketInput } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { openTicket } from './open-ticket.ts'
import { findLiveTeam, findPerson, findWorker, requireLiveService } from './people.ts'
import { acted } from './save.ts'
import { ruledActor, type Ticket } from './ticket.ts'

/** Nobody looks at a ticket that a requester opens until somebody is told: P1 and P2 call for a human at once. */
export const callsForSomebody = (ticket: Ticket): boolean => ticket.priority <= 2

/** Opens a ticket. Requesters open incidents and requests for themselves; the rest of the fields is the desk's. */
export const openByHand = verb('ticket.open', {
  permission: 'ticket.open',
  input: openTicketInput,
  async run(ctx, input) {
    // The scope says nothing of rows here, but what a requester may not see, he may not set either.
    const actor = ruledActor(ctx)
    if (!actor.desk) refuseDeskFields(input, actor.userId)
    if (input.serviceId) await requireLiveService(ctx, 'serviceId', input.serviceId)
    await refuseUnknown(ctx, input)
    const opened = await openTicket(ctx, {
      ...input,
      via: input.via ?? (ctx.actor.kind === 'key' ? 'api' : actor.desk ? 'desk' : 'portal'),
      requesterId: input.requesterId ?? (actor.desk ? null : actor.userId),
      page: input.page ?? (actor.desk ? false : callsForSomebody),
    })
    return { ...(await acted(ctx, opened.ticket)), page: ctx.scope.internal ? opened.page : null }
  },
})

const deskFields = ['impact', 'urgency', 'teamId', 'assigneeId', 'page', 'via'] as const

const refuseDeskFields = (input: OpenTicketInput, userId: string | null) => {
  if (input.kind === 'problem' || input.kind === 'change')
    throw invalid('kind', 'must be incident or request; the support desk opens the others')
  if (input.requesterId !== undefined && input.requesterId !== userId)
    throw invalid('requesterId', 'must be yourself; leave it out')
  for (const field of deskFields)
    if (input[field] !== undefined) throw invalid(field, 'is set by the support desk; leave it out')
}

const refuseUnknown = async (ctx: Context, input: OpenTicketInput) => {
  if (input.teamId) await findLiveTeam(ctx, 'teamId', input.teamId)
  if (input.assigneeId) await findWorker(ctx, 'assigneeId', input.assigneeId)
  if (input.requesterId) await findPerson(ctx, 'requesterId', input.requesterId)
}
