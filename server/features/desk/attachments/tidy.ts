import { plusMinutes } from '../../../platform/clock.ts'
import { periodic } from '../../../platform/periodic.ts'
import { unlinkSoon } from './remove.ts'

/** A reply that was begun in the evening is sent in the morning, with what was attached to it. */
const KEPT_MINUTES = 24 * 60
const AT_ONCE = 500

/** Removes files that were sent and never attached, and what an upload that was cut off left behind. */
export const tidyAttachments = periodic(
  'attachment.tidy',
  3600,
  'Removes files that were sent a day ago and never attached',
  async (ctx) => {
    const rows = await ctx.db
      .deleteFrom('attachments')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('attachments')
          .select('id')
          .where('ticket_id', 'is', null)
          .where('uploaded_at', '<', plusMinutes(ctx.now(), -KEPT_MINUTES))
          .orderBy('uploaded_at')
          .limit(AT_ONCE),
      )
      .returning('id')
      .execute()
    for (const { id } of rows) unlinkSoon(ctx, id)
  },
)
