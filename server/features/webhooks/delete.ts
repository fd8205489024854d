import { webhookIdInput } from '../../../contract/webhooks/index.ts'
import { notFound } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { deliveryKey } from './deliver.ts'
import { webhookDeleted } from './events.ts'
import { aboutWebhook } from './rows.ts'

export const deleteWebhook = verb('webhook.delete', {
  permission: 'webhook.write',
  input: webhookIdInput,
  async run(ctx, { id }) {
    void ctx.scope
    const row = await ctx.db.deleteFrom('webhooks').where('id', '=', id).returningAll().executeTakeFirst()
    if (!row) throw notFound('The webhook')
    ctx.cancelDue(deliveryKey(id))
    ctx.record(webhookDeleted, aboutWebhook(row))
    return { ok: true as const }
  },
})
