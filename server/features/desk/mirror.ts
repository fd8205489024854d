import type { Context } from '../../platform/context.ts'
import type { EventType } from '../../platform/events.ts'
import { ref } from '../../platform/events.ts'
import { followersOf, mergedInto } from './family.ts'
import { ruledActor, type Ticket, ticketRef } from './ticket.ts'

type Numbered = { number: string }

/**
 * What happens in public to tickets stands on those that were merged into them as well, so that whoever asked for one of
 * them learns it there and never reads the other. What somebody who asks did would name him: it stands on no other.
 */
export const mirror = async <D extends Numbered>(
  ctx: Context,
  all: readonly { ticket: Ticket; data: Omit<D, 'number'> }[],
  type: EventType<D>,
): Promise<void> => {
  const actor = ruledActor(ctx)
  if (!actor.desk) return
  const told = all.filter(({ ticket }) => actor.userId === null || actor.userId !== ticket.requester_id)
  const merged = await mergedInto(
    ctx,
    told.map(({ ticket }) => ticket.id),
  )
  if (merged.length === 0) return
  const followers = await followersOf(
    ctx,
    merged.map((t) => t.id),
  )
  const by = new Map(told.map((one) => [one.ticket.id, one]))
  for (const { id, number, into } of merged) {
    const one = by.get(into)
    if (!one) continue
    ctx.record(type, {
      subject: ticketRef({ id }),
      about: (followers.get(id) ?? []).map((user) => ref('user', user)),
      team: one.ticket.team_id,
      audience: 'requester',
      data: { ...one.data, number } as unknown as D,
    })
  }
}
