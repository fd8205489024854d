import type { Context } from '../../platform/context.ts'
import { type EventType, ref } from '../../platform/events.ts'
import { followersOf } from './family.ts'
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
export const recordAbout = <D extends Numbered>(
  ctx: Context,
  ticket: Ticket,
  type: EventType<D>,
  data: Omit<D, 'number'>,
  how: How = {},
): Promise<void> => recordAboutAll(ctx, [{ ticket, data }], type, how)

/** The same kind of event about several tickets. */
export const recordAboutAll = async <D extends Numbered>(
  ctx: Context,
  all: readonly { ticket: Ticket; data: Omit<D, 'number'> }[],
  type: EventType<D>,
  how: How = {},
): Promise<void> => {
  const followers = how.forRequester
    ? await followersFor(
        ctx,
        all.map(({ ticket }) => ticket.id),
      )
    : new Map()
  for (const { ticket, data } of all)
    ctx.record(type, {
      subject: ticketRef(ticket),
      about: [
        maybe('user', ticket.assignee_id),
        ...(followers.get(ticket.id) ?? []).map((id: string) => ref('user', id)),
        ...(how.milestone ? [maybe('service', ticket.service_id), maybe('team', ticket.team_id)] : []),
        ...(how.about ?? []),
      ],
      team: ticket.team_id,
      audience: how.forRequester ? 'requester' : 'internal',
      data: { ...data, number: ticket.number } as unknown as D,
    })
  if (how.mirrored) await mirror(ctx, all, type)
}

// What the desk tells reaches those whom it hurts as well; what a requester writes is between him and the desk.
const followersFor = (ctx: Context, ids: readonly string[]) => followersOf(ctx, ids, ruledActor(ctx).desk)
