import { resolveAlertInput } from '../../../contract/alerts/alert.ts'
import { canAlert } from '../../../contract/alerts/can.ts'
import type { Context } from '../../platform/context.ts'
import { conflict } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { takeAlert } from './alert-guard.ts'
import { inTurn } from './alert-rows.ts'
import { showAlert } from './alert-view.ts'
import { endKey } from './end-key.ts'
import { keyHash } from './flip-due.ts'

/** Ends an alert by hand, for tools that never say that it is over. */
export const resolveAlert = verb('alert.resolve', {
  permission: 'alert.work',
  input: resolveAlertInput,
  async run(ctx, { id, reason }) {
    const seen = await showAlert(ctx.db, id)
    // The key before the row, as flips do.
    await inTurn(ctx, `key ${keyHash({ sourceId: seen.source.id, dedupKey: await keyOfAlert(ctx, id) })}`)
    const { alert, state } = await takeAlert(ctx, id)
    const refusal = canAlert.resolve(state)
    if (refusal) throw conflict(refusal)
    await endKey(ctx, alert, { how: 'hand', reason })
    return showAlert(ctx.db, id)
  },
})

const keyOfAlert = async (ctx: Context, id: string): Promise<string> =>
  (await ctx.db.selectFrom('alerts').select('dedup_key').where('id', '=', id).executeTakeFirstOrThrow()).dedup_key
