import { can } from '../../../contract/identity/can.ts'
import { rotateKeyInput } from '../../../contract/identity/keys.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { addSecret } from './add-secret.ts'
import { keyRotated } from './events.ts'
import { loadKey } from './key-queries.ts'
import { lockKey, touchKey } from './locked-key.ts'
import { requireReach } from './reach.ts'

/** Makes a second secret, valid at once beside the old one, so that programs can change over without a gap. */
export const rotateKey = verb('key.rotate', {
  permission: 'key.write',
  input: rotateKeyInput,
  async run(ctx, { id, expiresAt }) {
    const key = await lockKey(ctx, id)
    requireReach(ctx.actor, key.scopes)
    const { secrets } = await loadKey(ctx.db, id, ctx.now())
    const refusal = can.rotate({
      revoked: key.revoked_at !== null,
      validSecrets: secrets.filter((s) => s.state === 'valid').length,
    })
    if (refusal) throw conflict(refusal)
    const { secret, hint } = await addSecret(ctx, id, expiresAt)
    await touchKey(ctx, id)
    ctx.record(keyRotated, { subject: ref('key', id), data: { name: key.name, hint } })
    return { ...(await loadKey(ctx.db, id, ctx.now())), secret }
  },
})
