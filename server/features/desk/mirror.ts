import type { Context } from '../../platform/context.ts'
import type { EventType } from '../../platform/events.ts'
import { ref } from '../../platform/events.ts'
import { followersOf, relatives } from './family.ts'
import { ruledActor, type Ticket, ticketRef } from './ticket.ts'

type Numbered = { number: string }

/**
 * What happens in public to a ticket stands on those that were merged into it as well, so that whoever asked for one of
 * them learns it there and never reads the other. What somebody who asks did would name him: it stands on no other.
 */
export const mirror = async <D extends Numbered>(
  ctx: Context,
  ticket: Ticket,
  type: EventType<D>,
  data: Omit<D, 'number'>,
): Promise<void> => {
  const actor = ruledActor(ctx)
  if (!actor.desk || (actor.userId !== null && actor.userId === ticket.requester_id)) return
  const merged = await relatives(ctx, ticket.id, false)
  if (merged.length === 0) return
  const followers = await followersOf(
    ctx,
    merged.map((t) => t.id),
  )
  for (const { id, number } of merged)
    ctx.record(type, {
      subject: ticketRef({ id }),
      about: (followers.get(id) ?? []).map((user) => ref('user', user)),
      team: ticket.team_id,
      audience: 'requester',
      data: { ...data, number } as unknown as D,
    })
}
