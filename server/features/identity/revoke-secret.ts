import { revokeSecretInput } from '../../../contract/identity/keys.ts'
import { notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { secretRevoked } from './events.ts'
import { loadKey } from './key-queries.ts'
import { lockKey, touchKey } from './locked-key.ts'

/** Ends one secret of a key at once; the other goes on. */
export const revokeSecret = verb('key.revoke_secret', {
  permission: 'key.write',
  input: revokeSecretInput,
  async run(ctx, { id, secretId }) {
    const key = await lockKey(ctx, id)
    const secret = await ctx.db
      .selectFrom('api_key_secrets')
      .select(['hint', 'revoked_at'])
      .where('id', '=', secretId)
      .where('key_id', '=', id)
      .executeTakeFirst()
    if (!secret) throw notFound('This secret')
    if (secret.revoked_at) return ctx.unchanged(await loadKey(ctx.db, id, ctx.now()))
    await ctx.db.updateTable('api_key_secrets').set({ revoked_at: ctx.now() }).where('id', '=', secretId).execute()
    await touchKey(ctx, id)
    ctx.record(secretRevoked, { subject: ref('key', id), data: { name: key.name, hint: secret.hint } })
    return loadKey(ctx.db, id, ctx.now())
  },
})
