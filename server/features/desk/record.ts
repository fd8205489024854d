import type { Context } from '../../platform/context.ts'
import { type EventType, ref } from '../../platform/events.ts'
import { type Ticket, ticketRef } from './ticket.ts'

type Numbered = { number: string }
type How = {
  /** Belongs to the service's and the team's timelines as well. */
  milestone?: boolean
  /** The person who asked, and the watchers, may read it with all its data. */
  forRequester?: boolean
  about?: (string | null | undefined)[]
}

const maybe = (kind: string, id: string | null) => (id ? ref(kind, id) : null)

/** Records an event about a ticket; `ticket` is the row as it stands after the act. */
export const recordAbout = async <D extends Numbered>(
  ctx: Context,
  ticket: Ticket,
  type: EventType<D>,
  data: Omit<D, 'number'>,
  how: How = {},
): Promise<void> => {
  const followers = how.forRequester ? await watchersOf(ctx, ticket.id) : []
  ctx.record(type, {
    subject: ticketRef(ticket),
    about: [
      maybe('user', ticket.assignee_id),
      ...(how.forRequester ? [maybe('user', ticket.requester_id), ...followers.map((id) => ref('user', id))] : []),
      ...(how.milestone ? [maybe('service', ticket.service_id), maybe('team', ticket.team_id)] : []),
      ...(how.about ?? []),
    ],
    team: ticket.team_id,
    audience: how.forRequester ? 'requester' : 'internal',
    data: { ...data, number: ticket.number } as unknown as D,
  })
}

const watchersOf = async (ctx: Context, ticketId: string): Promise<string[]> => {
  const rows = await ctx.db.selectFrom('watchers').select('user_id').where('ticket_id', '=', ticketId).execute()
  return rows.map((r) => r.user_id)
}
