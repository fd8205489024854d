import { canSource } from '../../../contract/alerts/can.ts'
import { revokeSourceKeyInput, sourceIdInput } from '../../../contract/alerts/source.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { sourceKeyAdded, sourceKeyRevoked } from './events.ts'
import { giveKey, lockSource, touchSource } from './source-guard.ts'
import { showSource, showSourceWithKey } from './source-view.ts'

/** A second key, valid beside the first, so that a tool can change over without a gap. */
export const addSourceKey = verb('source.add_key', {
  permission: 'source.write',
  input: sourceIdInput,
  async run(ctx, { id }) {
    const { row, state } = await lockSource(ctx, id)
    const refusal = canSource.addKey(state)
    if (refusal) throw conflict(refusal)
    const { key, hint } = await giveKey(ctx, id, row.kind)
    await touchSource(ctx, id)
    ctx.record(sourceKeyAdded, { subject: ref('source', id), team: row.team_id, data: { name: row.name, hint } })
    return showSourceWithKey(ctx, id, key)
  },
})

/** Ends a key; every process stops to take it within seconds. */
export const revokeSourceKey = verb('source.revoke_key', {
  permission: 'source.write',
  input: revokeSourceKeyInput,
  async run(ctx, { id, keyId }) {
    const { row } = await lockSource(ctx, id)
    const revoked = await ctx.db
      .updateTable('source_keys')
      .set({ revoked_at: ctx.now() })
      .where('id', '=', keyId)
      .where('source_id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('hint')
      .executeTakeFirst()
    if (!revoked) throw notFound('A valid key of this id')
    await touchSource(ctx, id)
    ctx.record(sourceKeyRevoked, {
      subject: ref('source', id),
      team: row.team_id,
      data: { name: row.name, hint: revoked.hint },
    })
    return showSource(ctx, id)
  },
})
