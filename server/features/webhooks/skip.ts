import { webhookIdInput } from '../../../contract/webhooks/index.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import { inWords } from '../../platform/timeline.ts'
import { verb } from '../../platform/verb.ts'
import { deliveryDue, nextFor } from './deliver.ts'
import { webhookSkipped } from './events.ts'
import { aboutWebhook } from './rows.ts'

/**
 * Goes on behind the one event that is refused, which else holds up all that follow it. What is being posted at this moment
 * loses its turn by the new due row, so that the place is moved by one alone.
 */
export const skipEvent = verb('webhook.skip', {
  permission: 'webhook.write',
  input: webhookIdInput,
  async run(ctx, { id }) {
    void ctx.scope
    const row = await ctx.db.selectFrom('webhooks').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw notFound('The webhook')
    if (!row.failing_since) throw conflict(`${row.name} takes what is posted: there is nothing to skip.`)
    // Who asked for it a moment ago, too, meant that one: what follows has not been posted yet.
    if (row.failures === 0)
      throw conflict(
        `What ${row.name} refused was skipped a moment ago. Wait until it is known what becomes of the next one.`,
      )
    const refused = await nextFor(ctx.db, row)
    if (!refused) throw conflict(`${row.name} has been told all there is: there is nothing to skip.`)
    const { text } = inWords(ctx.registry, refused)
    await ctx.db
      .updateTable('webhooks')
      .set({ place_xid: refused.xid, place_seq: refused.seq, failures: 0 })
      .where('id', '=', id)
      .execute()
    const about = aboutWebhook(row)
    ctx.record(webhookSkipped, { ...about, data: { ...about.data, type: refused.type, event: refused.id, text } })
    ctx.due(deliveryDue(id, ctx.now()))
    return { type: refused.type, text }
  },
})
