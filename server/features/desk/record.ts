import type { Context } from '../../platform/context.ts'
import { type EventType, ref } from '../../platform/events.ts'
import { mirror } from './mirror.ts'
import { ruledActor, type Ticket, ticketRef } from './ticket.ts'

type Numbered = { number: string }
type How = {
  /** Belongs to the service's and the team's timelines as well. */
  milestone?: boolean
  /** The person who asked, and the watchers, may read it with all its data. */
  forRequester?: boolean
  about?: (string | null | undefined)[]
  /** Stands on the tickets that were merged into it as well. */
  mirrored?: boolean
}
export type HowRecorded = How

const maybe = (kind: string, id: string | null) => (id ? ref(kind, id) : null)

/** Records an event about a ticket; `ticket` is the row as it stands after the act. */
export const recordAbout = async <D extends Numbered>(
  ctx: Context,
  ticket: Ticket,
  type: EventType<D>,
  data: Omit<D, 'number'>,
  how: How = {},
): Promise<void> => {
  const followers = how.forRequester ? await followersOf(ctx, ticket.id) : []
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
  if (how.mirrored) await mirror(ctx, ticket, type, data)
}

/** Beyond these, people whom a disturbance hurts see it a minute later, by their page's own looking. */
const MOST_AFFECTED = 200

// What the desk tells reaches those whom it hurts as well; what a requester writes is between him and the desk.
const followersOf = async (ctx: Context, ticketId: string): Promise<string[]> => {
  const rows = await ctx.db.selectFrom('watchers').select('user_id').where('ticket_id', '=', ticketId).execute()
  const affected = ruledActor(ctx).desk
    ? await ctx.db
        .selectFrom('affected_people')
        .select('user_id')
        .where('ticket_id', '=', ticketId)
        .limit(MOST_AFFECTED)
        .execute()
    : []
  return [...rows, ...affected].map((r) => r.user_id)
}
