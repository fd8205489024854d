import { z } from 'zod'
import type { ReadContext } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { pushIdentityMade } from './events.ts'

/** What the private key is sealed for. */
export const SEALED_PUSH = 'push'

type Identity = { publicKey: string; privateKey: string }

/** Who we are to the push services, or null while no browser has asked for it. */
export const pushIdentity = async ({ db, crypto }: Pick<ReadContext, 'db' | 'crypto'>): Promise<Identity | null> => {
  const row = await db.selectFrom('push_identity').select(['public_key', 'private_key']).executeTakeFirst()
  return row ? { publicKey: row.public_key, privateKey: crypto.open(SEALED_PUSH, row.private_key) } : null
}

/** The public key that a browser subscribes with; the first one who asks has the pair made. */
export const readyForPush = verb('push.ready', {
  permission: 'contact.write',
  input: z.object({}),
  async run(ctx) {
    // Nothing in it belongs to anybody.
    void ctx.scope
    const known = await pushIdentity(ctx)
    if (known) return ctx.unchanged({ publicKey: known.publicKey })
    const { generateVAPIDKeys } = (await import('web-push')).default
    const made = generateVAPIDKeys()
    const row = await ctx.db
      .insertInto('push_identity')
      .values({
        id: 1,
        public_key: made.publicKey,
        private_key: ctx.crypto.seal(SEALED_PUSH, made.privateKey),
        created_at: ctx.now(),
      })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    // Two asked at once: the other one's stands.
    if (!row) return ctx.unchanged({ publicKey: (await pushIdentity(ctx))?.publicKey ?? '' })
    ctx.record(pushIdentityMade, { subject: ref('system', 'push'), data: {} })
    return { publicKey: made.publicKey }
  },
})
