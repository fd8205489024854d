import { createKeyInput } from '../../../contract/identity/keys.ts'
import { userOf } from '../../platform/access.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { addSecret } from './add-secret.ts'
import { keyCreated } from './events.ts'
import { loadKey } from './key-queries.ts'
import { requireReach } from './reach.ts'

/** Makes a key with scopes. Its secret is in the answer, this once. */
export const createKey = verb('key.create', {
  permission: 'key.write',
  input: createKeyInput,
  async run(ctx, { name, expiresAt, ...input }) {
    const scopes = [...new Set(input.scopes)].sort()
    requireReach(ctx.actor, scopes)
    const id = newId()
    await ctx.db
      .insertInto('api_keys')
      .values({ id, name, scopes, created_by: userOf(ctx.actor), created_at: ctx.now() })
      .execute()
    const { secret, hint } = await addSecret(ctx, id, expiresAt)
    ctx.record(keyCreated, { subject: ref('key', id), data: { name, scopes, hint } })
    return { ...(await loadKey(ctx.db, id, ctx.now())), secret }
  },
})
