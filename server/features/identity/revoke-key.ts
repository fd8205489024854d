import { keyId } from '../../../contract/identity/keys.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { keyRevoked } from './events.ts'
import { loadKey } from './key-queries.ts'
import { lockKey, touchKey } from './locked-key.ts'

/** Ends a key and all its secrets at once, for good. The record of it stays. */
export const revokeKey = verb('key.revoke', {
  permission: 'key.write',
  input: keyId,
  async run(ctx, { id }) {
    const key = await lockKey(ctx, id)
    if (key.revoked_at) return ctx.unchanged(await loadKey(ctx.db, id, ctx.now()))
    await ctx.db.updateTable('api_keys').set({ revoked_at: ctx.now() }).where('id', '=', id).execute()
    await touchKey(ctx, id)
    ctx.record(keyRevoked, { subject: ref('key', id), data: { name: key.name } })
    return loadKey(ctx.db, id, ctx.now())
  },
})
