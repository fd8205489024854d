import { announcementInput } from '../../../contract/shift/index.ts'
import { notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { requireRoom } from './announce.ts'
import { announcementEnded, announcementRestored } from './events.ts'
import { standing } from './standing.ts'

/** Takes an announcement off the floor before its time. Sent again it changes nothing. */
export const endAnnouncement = verb('announcement.end', {
  permission: 'announcement.write',
  input: announcementInput,
  async run(ctx, { id }) {
    const row = await ctx.db.selectFrom('announcements').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw notFound('The announcement')
    const done = { ok: true as const }
    if (row.ended_at) return ctx.unchanged(done)
    await ctx.db.updateTable('announcements').set({ ended_at: ctx.now() }).where('id', '=', id).execute()
    ctx.record(announcementEnded, { subject: ref('announcement', id), data: { title: row.title } })
    return done
  },
})

/** Takes that back; one whose time is over stays away. */
export const restoreAnnouncement = verb('announcement.restore', {
  permission: 'announcement.write',
  input: announcementInput,
  async run(ctx, { id }) {
    const row = await ctx.db
      .selectFrom('announcements')
      .selectAll()
      .where('id', '=', id)
      .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', ctx.now())]))
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw notFound('The announcement')
    if (row.ended_at) {
      await requireRoom(ctx)
      await ctx.db.updateTable('announcements').set({ ended_at: null }).where('id', '=', id).execute()
      ctx.record(announcementRestored, { subject: ref('announcement', id), data: { title: row.title } })
    }
    const [stands] = await standing(ctx, id)
    if (!stands) throw notFound('The announcement')
    return row.ended_at ? stands : ctx.unchanged(stands)
  },
})
