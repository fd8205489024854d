import { announceInput, mostAnnouncements } from '../../../contract/shift/index.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { announcementMade } from './events.ts'
import { standing } from './standing.ts'

/** Tells everybody at the desk something, on the floor. */
export const announce = verb('announcement.make', {
  permission: 'announcement.write',
  input: announceInput,
  async run(ctx, { title, body, until }) {
    if (until && Temporal.Instant.compare(until, ctx.now()) <= 0)
      throw invalid('until', 'must be in the future; choose a later time')
    await requireRoom(ctx)
    const id = newId()
    await ctx.db
      .insertInto('announcements')
      .values({
        id,
        title,
        body,
        posted_by: JSON.stringify(actorRow(ctx.actor)),
        posted_at: ctx.now(),
        until_at: until,
      })
      .execute()
    ctx.record(announcementMade, { subject: ref('announcement', id), data: { title } })
    const [made] = await standing(ctx, id)
    if (!made) throw new AppError('conflict', 'It was over before it was kept.')
    return made
  },
})

/** A floor full of notes is read by nobody. */
export const requireRoom = async (ctx: Context): Promise<void> => {
  if ((await standing(ctx)).length >= mostAnnouncements)
    throw conflict(`There are ${mostAnnouncements} announcements already. End one that is over first.`)
}
